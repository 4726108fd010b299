//! Sending a product to be checked.

use bantin_model::id::RecordId;
use bantin_view::product_act;
use bantin_wire::ipc::product::ProductForm;
use rand_core::Rng;

use crate::{Engine, Result};

impl Engine {
    /// Sends a product to the agency. Returns the conversation that follows it, once all of it is safe
    /// on this device; `once` names the act.
    ///
    /// # Errors
    /// A field of the form; [`bantin_wire::Code::NoAgencyKey`]; no room.
    pub async fn submit_product(&self, form: &ProductForm, once: &str) -> Result<String> {
        let mut random = [0u8; 10];
        self.with_rng(|rng| rng.fill_bytes(&mut random));
        let act = product_act(form, RecordId::new(self.now(), random))?;
        self.begin_conversation(act, "product", once).await
    }
}

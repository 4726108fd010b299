//! Asking the agency.

use bantin_view::question_act;
use bantin_wire::ipc::conversation::Question;

use crate::{Engine, Result};

impl Engine {
    /// Asks the agency of the followed place, or the nearest above it that has one. Returns the
    /// conversation once all of it is safe on this device; `once` names the act.
    ///
    /// # Errors
    /// A field of the question; [`bantin_wire::Code::NoAgencyKey`]; no room.
    pub async fn ask(&self, question: &Question, once: &str) -> Result<String> {
        self.begin_conversation(question_act(question)?, "ask", once)
            .await
    }
}

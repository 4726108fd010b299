//! Which places a hub carries.

use bantin_model::budget::DataKind;
use bantin_view::Pairing;
use bantin_wire::Code;
use bantin_wire::http::Offer;

use crate::{Engine, Result};

impl Engine {
    /// The pairing link this build or machine comes with.
    pub fn pairing_default(&self) -> Option<String> {
        self.inner.config.pairing.clone()
    }

    /// Asks the hub of a link which places it carries. The list is unverified; following one is not.
    ///
    /// # Errors
    /// [`Code::LinkDamaged`]; [`Code::RootMismatch`] if the hub names another root than the link;
    /// [`Code::Offline`], [`Code::NotAHub`] and what a hub refuses with.
    pub async fn places_offered(&self, link: &str) -> Result<Offer> {
        let pairing = Pairing::parse(link)?;
        let hub = self.inner.wire.hub(&pairing.url).for_kind(DataKind::Other);
        let offer = self.metered(hub.offer()).await?;
        if offer.root != pairing.root.to_string() {
            return Err(Code::RootMismatch.into());
        }
        Ok(offer)
    }
}

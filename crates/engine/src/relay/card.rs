//! Asking an address whether it is a relay, and for which root.

use bantin_view::Pairing;
use bantin_wire::Code;
use bantin_wire::http::RelayCard;

use crate::hub::HubError;
use crate::{Engine, Result};

/// The version of the protocol that is spoken here.
const VERSION: u32 = 1;

impl Engine {
    /// What the relay at an address says of itself; none if what is there is a hub.
    ///
    /// # Errors
    /// [`Code::Offline`]; [`Code::NotAHub`] if it is a relay of another time.
    pub async fn relay_card(&self, base: &str) -> Result<Option<RelayCard>> {
        match self.inner.wire.hub(base).relay_card().await {
            Ok(card) => checked(card).map(Some),
            Err(HubError::Refused { .. } | HubError::NotAHub) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }
}

/// An address from a stranger must at least be one.
fn checked(mut card: RelayCard) -> Result<RelayCard> {
    let hub = Pairing::parse(&format!("{}#root={}", card.hub, card.root));
    match hub {
        Ok(hub) if card.version == VERSION => {
            card.hub = hub.url;
            Ok(card)
        }
        _ => Err(Code::NotAHub.into()),
    }
}

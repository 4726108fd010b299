//! Feeds this hub speaks for: founding them, changing them, signing them again, serving their heads.

mod agency;
mod author;
mod changes;
mod delegate;
pub(crate) mod dictionary;
mod epoch;
mod found;
mod hand;
mod heads;
mod pack;
mod publish;
mod request;
mod root;
mod rotate;
mod settle;
mod sign;
mod warn;

pub use changes::PastHeads;
pub use delegate::{Delegated, DelegationError};
pub use dictionary::Dictionary;
pub use epoch::Epoch;
#[cfg(unix)]
pub(crate) use found::restrict;
pub use found::{Above, Founded, NewPlace};
pub use heads::{HeadsAnswer, HeadsCache};
pub use publish::{Edit, Item, PublishedAs, Signer};
pub use root::{CeremonyError, RootInstalled, RootWish};
pub use settle::Settled;

use bantin_model::id::{PlaceId, RecordId};
use bantin_model::time::Seconds;

/// The record by which a place lets `child` speak: one name for all its revisions.
pub(crate) fn delegation_id(child: &PlaceId) -> RecordId {
    RecordId::derived(Seconds(0), format!("delegation {child}").as_bytes())
}

/// The record in which a place says below which place another one stands now, that was handed on.
pub(crate) fn handed_id(child: &PlaceId) -> RecordId {
    RecordId::derived(Seconds(0), format!("handed {child}").as_bytes())
}

/// The record in which a place says what it is.
pub(crate) fn place_id(place: &PlaceId) -> RecordId {
    RecordId::derived(Seconds(0), format!("place {place}").as_bytes())
}

/// The record of a place's agency.
pub(crate) fn agency_id(place: &PlaceId) -> RecordId {
    RecordId::derived(Seconds(0), format!("agency {place}").as_bytes())
}

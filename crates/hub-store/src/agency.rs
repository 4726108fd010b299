//! Agencies that a letter can be passed on to: those of this hub, those of hubs below, and those the hub
//! above tells about, each with the parcel that proves its keys.

use async_trait::async_trait;
use bantin_model::id::{Hash, KeyId, PlaceId};
use bantin_model::time::Seconds;

use crate::Result;

/// Where an agency is from here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// This hub is its home.
    Home,
    /// The node of this place below told about it.
    Below(PlaceId),
    /// The hub above told about it.
    Above,
}

/// An agency that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyRow {
    /// Whose.
    pub place: PlaceId,
    /// Where.
    pub side: Side,
    /// SHA-256 of the parcel.
    pub hash: Hash,
    /// A verified [`bantin_model::feed::Parcel`].
    pub parcel: Vec<u8>,
    /// Short name of the key that letters are sealed to.
    pub key: KeyId,
    /// (epoch, version) of its feed then; never goes back.
    pub order: (u32, u64),
    /// When that version was signed.
    pub issued_at: Seconds,
}

/// Known agencies.
#[async_trait]
pub trait Agencies {
    /// Those on one side that still count, by place.
    async fn agencies(&self, side: &Side) -> Result<Vec<AgencyRow>>;
    /// Nodes below that told about agencies.
    async fn agency_nodes(&self) -> Result<Vec<PlaceId>>;
    /// Keeps one, and hands again what went down to a node whose feed has begun a new life: it came back
    /// from a backup. An older version than one held changes nothing. Its key is remembered for ever: letters
    /// sealed to it may still be on their way. A key that another place has published stays that one's.
    async fn keep_agency(&self, row: &AgencyRow) -> Result<()>;
    /// Of this side only those with one of these parcels count from now on.
    async fn keep_only(&self, side: &Side, parcels: &[Hash]) -> Result<()>;
    /// Where the agency is that publishes, or once published, this seal key.
    async fn agency_side(&self, key: &KeyId) -> Result<Option<(PlaceId, Side)>>;
}

//! The archive: every revision that was ever in a feed, with its author's signature.

use std::collections::BTreeMap;

use async_trait::async_trait;
use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::record::Kind;
use bantin_model::time::Seconds;

use crate::Result;

/// One revision of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// Leaf hash.
    pub leaf: Hash,
    /// In whose feed.
    pub place: PlaceId,
    /// Name, the same for all revisions.
    pub id: RecordId,
    /// 1 for the first.
    pub revision: u32,
    /// What it is.
    pub kind: Kind,
    /// When the revision was issued.
    pub issued_at: Seconds,
    /// The leaf's exact bytes.
    pub bytes: Vec<u8>,
    /// Envelope with the author's signature over `bytes`; none for what the hub itself publishes.
    pub signed: Option<Vec<u8>>,
    /// Sign-in name of the author; none for what the hub itself publishes.
    pub officer: Option<String>,
    /// Version of the feed that brought it.
    pub version: u64,
}

/// The end of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Which.
    pub id: RecordId,
    /// By whom; none if by the hub itself.
    pub officer: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Seconds,
}

/// Records, in feeds and in the archive.
#[async_trait]
pub trait Records {
    /// The revision that is in a feed now.
    async fn record(&self, id: &RecordId) -> Result<Option<RecordRow>>;
    /// What a feed holds of these kinds, newest first.
    async fn records(
        &self,
        place: &PlaceId,
        kinds: &[Kind],
        offset: u32,
        limit: u32,
    ) -> Result<Vec<RecordRow>>;
    /// The records that files of an import became, by the files' names.
    async fn named(&self, place: &PlaceId) -> Result<BTreeMap<String, RecordId>>;
    /// All revisions of a record, oldest first, also of one that was withdrawn.
    async fn revisions(&self, id: &RecordId) -> Result<Vec<RecordRow>>;
}

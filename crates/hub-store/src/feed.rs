//! Feeds of the places this hub is home to: the signed head, and what its segments do.

use async_trait::async_trait;
use bantin_model::feed::{Ledger, SegmentRef};
use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::time::Seconds;

use crate::{Once, RecordRow, Result, Withdrawal};

/// A feed as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Whose.
    pub place: PlaceId,
    /// The place above.
    pub parent: Option<PlaceId>,
    /// Life of the feed.
    pub epoch: u32,
    /// Newest version; 0 before the first.
    pub version: u64,
    /// Envelope of the newest head; empty before the first.
    pub head: Vec<u8>,
    /// When the head was signed.
    pub issued_at: Seconds,
}

/// A listed segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentRow {
    /// As the head names it.
    pub listed: SegmentRef,
    /// What it does.
    pub ledger: Ledger,
}

/// A new version of a feed and everything that must be kept with it.
#[derive(Clone, Debug)]
pub struct Advance {
    /// (epoch, version) this was made from; if the feed has moved since, nothing happens.
    pub from: (u32, u64),
    /// The feed afterwards.
    pub to: FeedRow,
    /// All listed segments, oldest first.
    pub segments: Vec<SegmentRow>,
    /// Revisions that are now in the feed.
    pub records: Vec<RecordRow>,
    /// Records that no longer are.
    pub withdrawn: Vec<Withdrawal>,
    /// Names of files with the records they become here. A name that is taken fails the whole act.
    pub named: Vec<(String, RecordId)>,
    /// Blobs that anybody may fetch from now on.
    pub blobs: Vec<Hash>,
    /// Names the act, so that a repetition has no effect.
    pub once: Option<Once>,
}

/// What became of an [`Advance`] or of a new signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdvanceOutcome {
    /// Kept.
    Done,
    /// The feed has moved meanwhile: read it again and make the change anew.
    Moved,
    /// The act was done before, with this result.
    Already(String),
}

/// Feeds and the root documents above them.
#[async_trait]
pub trait Feeds {
    /// All feeds, by place.
    async fn feeds(&self) -> Result<Vec<FeedRow>>;
    /// One feed.
    async fn feed(&self, place: &PlaceId) -> Result<Option<FeedRow>>;
    /// Its listed segments, oldest first.
    async fn segments(&self, place: &PlaceId) -> Result<Vec<SegmentRow>>;
    /// Whether any feed ever listed the segment.
    async fn is_segment(&self, hash: &Hash) -> Result<bool>;
    /// Begins a feed at epoch 1, version 0; [`crate::StoreError::Taken`] if there is one.
    async fn found_feed(&self, place: &PlaceId, parent: Option<&PlaceId>) -> Result<()>;
    /// Keeps a new version, all of it or nothing.
    async fn advance(&self, advance: &Advance) -> Result<AdvanceOutcome>;
    /// Keeps a new signature over the same version; nothing happens if the feed has moved.
    async fn resign(&self, feed: &FeedRow) -> Result<AdvanceOutcome>;
    /// Envelopes of the root documents, first version first.
    async fn roots(&self) -> Result<Vec<Vec<u8>>>;
    /// Adds root document `version`; [`crate::StoreError::Taken`] if there is one.
    async fn add_root(&self, version: u32, envelope: &[u8]) -> Result<()>;
    /// Puts one first root document in the place of all others: the old root keys are lost.
    async fn replace_roots(&self, envelope: &[u8]) -> Result<()>;
}

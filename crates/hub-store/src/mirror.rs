//! What a hub holds of the places above its own: their feeds, as the hub above serves them.
//!
//! Texts stay in the segment files. The rows hold what the hub itself must know: how far each feed
//! came (trusted state, never set back), what each listed segment does, the records that say who a
//! place is, whom it lets speak and which keys its agency has, and which blobs the records name.

use async_trait::async_trait;
use bantin_model::feed::{Known, Ledger, SegmentRef};
use bantin_model::id::{Hash, KeyId, PlaceId, RecordId};
use bantin_model::record::Kind;
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;

use crate::Result;

/// A mirrored feed as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MirrorRow {
    /// Whose.
    pub place: PlaceId,
    /// The newest head believed.
    pub known: Known,
    /// Signs receipts of the place's node; none before the first whole document.
    pub receipt: Option<PublicKey>,
    /// Listed segments, oldest first.
    pub segments: Vec<SegmentRef>,
}

/// A record that the hub itself must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MirrorRecord {
    /// In whose feed.
    pub place: PlaceId,
    /// Its name.
    pub id: RecordId,
    /// What it is.
    pub kind: Kind,
    /// The leaf's exact bytes.
    pub bytes: Vec<u8>,
}

/// A blob that a record of a mirrored feed names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MirrorBlob {
    /// In whose feed the record is.
    pub place: PlaceId,
    /// The record.
    pub id: RecordId,
    /// SHA-256 of the bytes.
    pub hash: Hash,
    /// Size in bytes, as the record says.
    pub bytes: u64,
    /// Media type, as the record says.
    pub mime: String,
    /// When the record was issued.
    pub issued_at: Seconds,
}

/// A mirrored feed moves to a new version.
#[derive(Clone, Debug)]
pub struct MirrorChange {
    /// Whose.
    pub place: PlaceId,
    /// (epoch, version) this was made from; if the feed has moved since, nothing happens.
    pub from: Option<(u32, u64)>,
    /// The head it moves to.
    pub known: Known,
    /// All listed segments, oldest first.
    pub listed: Vec<SegmentRef>,
    /// What the segments that come new do; those of the others are here already.
    pub ledgers: Vec<(Hash, Ledger)>,
    /// Nothing held of the place counts any more.
    pub anew: bool,
    /// Records that left the set or are replaced.
    pub gone: Vec<RecordId>,
    /// New revisions the hub must know.
    pub records: Vec<MirrorRecord>,
    /// Blobs that new revisions name.
    pub blobs: Vec<MirrorBlob>,
    /// Seal keys that the place's agency publishes.
    pub agency_keys: Vec<KeyId>,
}

/// The newest heads document of the hub above, and what it proves.
#[derive(Clone, Debug)]
pub struct MirrorHeads {
    /// Its exact bytes; none if some feed did not reach its version.
    pub document: Option<Vec<u8>>,
    /// For the next `If-None-Match`.
    pub etag: Option<String>,
    /// Root documents by version.
    pub roots: Vec<(u32, Vec<u8>)>,
    /// Newest root version.
    pub root_version: u32,
    /// Heads that were reached, from the top down, with the key that signs receipts there.
    pub heads: Vec<(PlaceId, Known, PublicKey)>,
    /// Proof that the place above lets this hub's own place speak (CBOR); empty if it does not.
    pub own: Vec<u8>,
    /// When this hub asked.
    pub checked_at: Seconds,
}

/// What is served of the places above.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MirrorState {
    /// The newest heads document all of whose feeds are here; empty before the first.
    pub document: Vec<u8>,
    /// Its `ETag` at the hub above.
    pub etag: Option<String>,
    /// Newest root version seen.
    pub root_version: u32,
    /// See [`MirrorHeads::own`]; belongs to `document`.
    pub own: Vec<u8>,
    /// When the hub above last answered.
    pub checked_at: Seconds,
}

/// Mirrored feeds.
#[async_trait]
pub trait Mirrors {
    /// What is served of the places above.
    async fn mirror_state(&self) -> Result<MirrorState>;
    /// The mirrored feeds, from the top down.
    async fn mirror_feeds(&self) -> Result<Vec<MirrorRow>>;
    /// Ledgers of these segments; one that is not here is left out.
    async fn mirror_ledgers(&self, segments: &[Hash]) -> Result<Vec<(Hash, Ledger)>>;
    /// Records of a kind, by place.
    async fn mirror_records(&self, kind: Kind) -> Result<Vec<MirrorRecord>>;
    /// The place whose agency publishes, or once published, this seal key: an agency opens also what was
    /// sealed to an earlier key.
    async fn mirror_agency(&self, key: &KeyId) -> Result<Option<PlaceId>>;
    /// Every blob that a mirrored record names: newest record first, of one record the smallest first.
    async fn mirror_blobs(&self) -> Result<Vec<MirrorBlob>>;
    /// Size and media type of a blob that a mirrored record names.
    async fn mirror_blob(&self, hash: &Hash) -> Result<Option<(u64, String)>>;
    /// Moves a feed, all of it or nothing. In a new epoch the hub above came back from a backup: what
    /// was carried up and is still here is to be offered again, in the same transaction. False if the
    /// feed has moved meanwhile.
    async fn mirror(&self, change: &MirrorChange) -> Result<bool>;
    /// Keeps a document, all of it or nothing. Places a whole document does not name are forgotten.
    /// False if some feed is at another version than the document says.
    async fn mirror_heads(&self, heads: &MirrorHeads) -> Result<bool>;
    /// The document held is still the newest.
    async fn mirror_checked(&self, at: Seconds) -> Result<()>;
    /// Forgets everything mirrored: the hub follows another root from now on.
    async fn mirror_forget(&self) -> Result<()>;
}

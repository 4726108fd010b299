//! What is kept of the news besides the segments: what is followed and how far each feed came.

use bantin_model::feed::{Known, Pin, TrustedHead};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{ReceiptKey, Signer};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use bantin_view::FeedMark;
use serde::{Deserialize, Serialize};

/// What this device follows and what it last learned about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// The followed place.
    pub place: PlaceId,
    /// Fingerprint of the pinned root.
    pub root: Hash,
    /// Newest root version seen.
    pub root_version: u32,
    /// The root came with the page's origin, not with a link.
    pub trusts_origin: bool,
    /// For `If-None-Match`.
    pub etag: Option<String>,
    /// When news were last fetched or found unchanged.
    pub checked_at: Option<Seconds>,
    /// The newest signed time ever seen.
    pub newest_signed: Seconds,
    /// The clock cannot be right.
    pub clock_wrong: bool,
    /// Keys that sign receipts.
    pub receipt_keys: Vec<KeyRow>,
}

impl Follow {
    /// Before the first sync.
    pub fn new(place: PlaceId, root: Hash, trusts_origin: bool) -> Self {
        Self {
            place,
            root,
            root_version: 0,
            trusts_origin,
            etag: None,
            checked_at: None,
            newest_signed: Seconds(0),
            clock_wrong: false,
            receipt_keys: Vec::new(),
        }
    }

    /// What documents are checked against.
    pub fn pin(&self) -> Pin {
        Pin {
            root: self.root,
            root_version: self.root_version,
        }
    }
}

/// A key that signs receipts as *hub*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRow {
    /// The key.
    pub key: PublicKey,
    /// For which place.
    pub place: PlaceId,
}

impl From<&ReceiptKey> for KeyRow {
    fn from(known: &ReceiptKey) -> Self {
        Self {
            key: known.key,
            place: known.place.clone(),
        }
    }
}

impl KeyRow {
    /// As the session takes it.
    pub fn to_key(&self) -> ReceiptKey {
        ReceiptKey {
            key: self.key,
            place: self.place.clone(),
            signer: Signer::Hub,
        }
    }
}

/// How far one feed came. It stays when another place is followed, so that nobody can roll it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedRow {
    /// Life of the feed.
    pub epoch: u32,
    /// Version.
    pub version: u64,
    /// Merkle root at that version.
    pub root: Hash,
    /// When the newest head was signed.
    pub issued_at: Seconds,
    /// When it becomes old.
    pub expires_at: Seconds,
    /// Held segments, oldest first; empty if none are held.
    pub segments: Vec<Hash>,
    /// The place above; none at the top, and where it is not known.
    #[serde(default)]
    pub above: Option<PlaceId>,
}

impl FeedRow {
    /// The row after the feed moved to `head`.
    pub fn of(trusted: &TrustedHead) -> Self {
        let head = &trusted.head;
        Self {
            epoch: head.epoch,
            version: head.version,
            root: head.root,
            issued_at: head.issued_at,
            expires_at: head.expires_at,
            segments: head.segments.iter().map(|listed| listed.hash).collect(),
            above: trusted.above.clone(),
        }
    }

    /// For the session. A feed whose segments are not here must be fetched again at its own version, so
    /// it is stated one version lower; an older offer is still refused, because its root differs.
    pub fn known(&self) -> Known {
        let version = if self.segments.is_empty() {
            self.version.saturating_sub(1)
        } else {
            self.version
        };
        Known {
            order: (self.epoch, version),
            root: self.root,
            issued_at: self.issued_at,
        }
    }

    /// For the views.
    pub fn mark(&self) -> FeedMark {
        FeedMark {
            version: self.version,
            signed_at: self.issued_at,
            expires_at: self.expires_at,
        }
    }
}

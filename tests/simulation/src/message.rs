//! What travels between nodes. The bytes inside are those of the formats.

use std::sync::Arc;

use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::MailboxId;
use bantin_model::sync::Trouble;

use crate::trace::digest;

/// Somebody who asks or answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// A hub, by its position in the cast.
    Hub(usize),
    /// A phone, by its number.
    Phone(usize),
    /// Somebody who answers as if he were a hub.
    Rogue,
}

/// A request, as `docs/formats/http.md` has it.
#[derive(Clone, Debug)]
pub enum Ask {
    /// The heads document of a place.
    Heads {
        /// Which.
        place: PlaceId,
        /// The one that is held.
        etag: Option<String>,
        /// What is different from it is enough.
        changes: bool,
    },
    /// A segment.
    Segment(Hash),
    /// A sealed letter.
    Letter(Arc<[u8]>),
    /// A poll request.
    Poll(Vec<u8>),
    /// What is new in these mailboxes, for a hub that carries their letters.
    Answers(Vec<(MailboxId, u64)>),
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A heads document.
    Heads {
        /// The document.
        bytes: Arc<[u8]>,
        /// Its tag.
        etag: Option<String>,
    },
    /// What is different from the document that is held.
    Changes {
        /// The changes.
        bytes: Arc<[u8]>,
        /// The tag of the newer document.
        etag: Option<String>,
    },
    /// The document that is held.
    Unchanged,
    /// Pages of mailboxes.
    Pages(Arc<[u8]>),
    /// Whatever else was asked for.
    Bytes(Arc<[u8]>),
    /// Entries of mailboxes with their cursor.
    Answers(Vec<(MailboxId, u64, Arc<[u8]>)>),
    /// A refusal, or none at all.
    Trouble(Trouble),
}

impl Reply {
    /// A short name of its bytes.
    pub fn digest(&self) -> u64 {
        match self {
            Self::Heads { bytes, .. }
            | Self::Changes { bytes, .. }
            | Self::Pages(bytes)
            | Self::Bytes(bytes) => digest(bytes),
            Self::Unchanged => 304,
            Self::Answers(entries) => entries
                .iter()
                .fold(entries.len() as u64, |sum, (_, cursor, bytes)| {
                    sum.wrapping_add(cursor ^ digest(bytes))
                }),
            Self::Trouble(trouble) => *trouble as u64,
        }
    }
}

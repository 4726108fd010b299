//! What a session asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::feed::{Ledger, OpenedSegment, Put, TrustedHead};
use crate::id::{Hash, PlaceId, RecordId};
use crate::letter::{
    ConversationId, LetterId, OpenedReply, PollRequest, ReceiptKey, VerifiedReceipt,
};
use crate::sign::PublicKey;
use crate::time::Seconds;

use super::{Trouble, Unopened};

/// What to do next. Requests may be carried out in any order or at once; applies one after the other in
/// the order in which they were asked for. While one becomes durable the session may be told of segments that
/// came, and of nothing else.
#[derive(Debug)]
pub enum Effect {
    /// Ask the store or the hub; answer with the event that fits, or with [`super::Event::Failed`].
    Request(Request),
    /// Call [`Unopened::open`], on whatever thread there is, and hand the event back. Several may be under way.
    /// If it cannot be done, say that [`Unopened::request`] failed.
    Open(Box<Unopened>),
    /// Make it durable, all or nothing, then say [`super::Event::Applied`].
    Apply(Box<Apply>),
    /// Nothing more to do.
    Finish(Summary),
}

/// Something to be read or moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `GET` the heads document.
    Heads {
        /// Of which place.
        place: PlaceId,
        /// For `If-None-Match`.
        etag: Option<String>,
        /// The document of that tag is held: what is different from it is enough.
        changes: bool,
    },
    /// Read ledgers of held segments from the store.
    Ledgers {
        /// Whose feed.
        place: PlaceId,
        /// Which.
        segments: Vec<Hash>,
    },
    /// `GET` a segment; parts that came before may be kept and continued.
    Segment {
        /// For which feed.
        place: PlaceId,
        /// Which.
        hash: Hash,
        /// Its size, as signed in the head.
        bytes: u64,
    },
    /// Read a dictionary that segments are packed with from the store, or `GET` it as a blob and keep it: it
    /// serves later syncs.
    Dictionary {
        /// Which. At most [`crate::feed::DICTIONARY_BYTES_MAX`].
        hash: Hash,
    },
    /// `PUT` an attachment.
    Attachment {
        /// Of which letter.
        letter: LetterId,
        /// Which.
        hash: Hash,
    },
    /// `POST` a letter, verbatim.
    Letter(LetterId),
    /// `POST` a poll.
    Poll(PollRequest),
}

/// A change of trusted or private state.
#[derive(Clone, Debug)]
#[cfg_attr(
    // Where pointers are short the variants are near enough in size.
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "it travels in the box of `Effect::Apply`"
    )
)]
pub enum Apply {
    /// News of one feed.
    Feed(FeedChange),
    /// The heads document held is still the newest.
    Unchanged {
        /// When this device asked, by its own clock.
        checked_at: Seconds,
        /// The device's clock cannot be right.
        clock_wrong: bool,
    },
    /// The heads of a newer document: freshness, keys and what proves them.
    Heads {
        /// The document's exact bytes, to be kept; none if some feed did not reach its version.
        document: Option<Vec<u8>>,
        /// For the next `If-None-Match`; none if some feed did not reach its version.
        etag: Option<String>,
        /// Heads whose feed is at their version, from the top down.
        heads: Vec<TrustedHead>,
        /// Newest root version.
        root_version: u32,
        /// Newest signed time. With a whole document what is kept is [`crate::time::signed_time_kept`], else
        /// the later one.
        newest_signed: Seconds,
        /// When this device asked, by its own clock.
        checked_at: Seconds,
        /// The device's clock cannot be right.
        clock_wrong: bool,
        /// Keys that sign receipts from now on.
        receipt_keys: Vec<ReceiptKey>,
    },
    /// A proof for a letter.
    Receipt(ReceiptChange),
    /// The hub will never take this letter; it stays on the device, marked.
    LetterRefused(LetterId),
    /// New entries of one mailbox.
    Mail(MailChange),
}

/// A feed moves to a new version.
#[derive(Clone, Debug)]
pub struct FeedChange {
    /// The head it moves to.
    pub head: TrustedHead,
    /// Segments that come new, with what they do.
    pub segments: Vec<NewSegment>,
    /// Ledgers that are no longer needed.
    pub forget: Vec<Hash>,
    /// Leaves of `segments` to be written; other puts of theirs are not current.
    pub put: BTreeSet<Hash>,
    /// Records that leave the set.
    pub remove: Vec<RecordId>,
    /// Nothing held was relied on: whatever is held of this place and not in `set` goes, and so do
    /// all ledgers but those of `segments`.
    pub anew: bool,
    /// The whole set afterwards.
    pub set: BTreeMap<RecordId, Hash>,
}

/// A verified segment.
#[derive(Clone, Debug)]
pub struct NewSegment {
    /// Its name.
    pub hash: Hash,
    /// What it does.
    pub ledger: Ledger,
    /// Its raw payload: [`crate::feed::Op::split`] reads it.
    pub raw: Vec<u8>,
    /// The leaves in it, in order.
    pub puts: Vec<Put>,
}

impl From<OpenedSegment> for NewSegment {
    fn from(opened: OpenedSegment) -> Self {
        let hash = opened.hash();
        let (raw, ledger, puts) = opened.into_parts();
        Self {
            hash,
            ledger,
            raw,
            puts,
        }
    }
}

/// A verified receipt of a letter of this device.
#[derive(Clone, Debug)]
pub struct ReceiptChange {
    /// Exact bytes, to be kept.
    pub bytes: Vec<u8>,
    /// What it proves.
    pub verified: VerifiedReceipt,
}

/// What came into one mailbox.
#[derive(Clone, Debug)]
pub struct MailChange {
    /// Whose.
    pub conversation: ConversationId,
    /// Verified and opened replies in order, with their cursor and exact bytes.
    pub replies: Vec<(u64, Vec<u8>, OpenedReply)>,
    /// Keys of agencies to which it was passed on meanwhile, to be kept with the conversation in the same
    /// transaction: their replies count from now on.
    pub passed: Vec<PublicKey>,
    /// Cursor from which the next session goes on. It may lie before some of `replies`: they then come
    /// again, and are to be kept once. 0 = it stays where it is.
    pub after: u64,
    /// The life that the cursor belongs to: it takes the place of any cursor of another life, also of a
    /// higher one.
    pub life: u64,
}

/// How a session went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records put or removed.
    pub records_changed: u32,
    /// Letters with a new receipt *accepted*.
    pub letters_accepted: u32,
    /// Replies that came; some may have come before.
    pub replies: u32,
    /// Entries of mailboxes that did not hold.
    pub entries_refused: u32,
    /// What went wrong, the most important first; empty if all went well.
    pub troubles: BTreeSet<Trouble>,
}

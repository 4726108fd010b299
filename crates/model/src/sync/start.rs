//! What a session must know before its first step.

use std::collections::BTreeMap;

use crate::feed::{Known, Pin};
use crate::id::{Hash, PlaceId};
use crate::letter::{ConversationSeed, LetterId, ReceiptKey};
use crate::sign::PublicKey;

/// What a session is to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// News, letters and answers.
    #[default]
    Everything,
    /// Letters leave and nothing is asked: one request for a letter without attachments.
    Letters,
}

/// The state of a device, as its store holds it.
#[derive(Clone, Debug)]
pub struct Start {
    /// What is to be done.
    pub scope: Scope,
    /// The place followed.
    pub place: PlaceId,
    /// The pinned root.
    pub pin: Pin,
    /// What is held of the followed place and those above it.
    pub feeds: BTreeMap<PlaceId, FeedState>,
    /// `ETag` of the newest heads document, if one is held.
    pub etag: Option<String>,
    /// That document's exact bytes; none where only its tag is kept.
    pub document: Option<Vec<u8>>,
    /// Letters no hub has accepted yet, oldest first.
    pub outbox: Vec<Outgoing>,
    /// Mailboxes of all conversations.
    pub mailboxes: Vec<MailboxState>,
    /// Hub keys known from earlier syncs, so that a letter can leave before news come.
    pub receipt_keys: Vec<ReceiptKey>,
}

/// What is held of one feed.
#[derive(Clone, Debug)]
pub struct FeedState {
    /// Newest head.
    pub known: Known,
    /// Segments whose ledgers are held, in the order in which that head lists them.
    pub segments: Vec<Hash>,
}

/// A sealed letter that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its identity.
    pub letter: LetterId,
    /// Ciphertexts that go before it.
    pub attachments: Vec<Hash>,
}

/// A mailbox to look into.
#[derive(Clone, Debug)]
pub struct MailboxState {
    /// From it come the keys of the conversation.
    pub seed: ConversationSeed,
    /// Cursor of the last entry held.
    pub after: u64,
    /// Keys with which the agency signs replies to this conversation.
    pub agency: Vec<PublicKey>,
}

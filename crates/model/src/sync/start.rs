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
    /// The place above, as [`TrustedHead::above`](crate::feed::TrustedHead::above) said it last; none at the
    /// top, and where it is not known.
    pub above: Option<PlaceId>,
}

/// A sealed letter that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its identity.
    pub letter: LetterId,
    /// Ciphertexts that go before it.
    pub attachments: Vec<Hash>,
}

/// In which life the hubs of a path are, by the epochs known of their feeds; never 0. A hub that was restored
/// begins a new epoch and may hand out cursors that it handed out before, so whoever counts by cursors begins
/// again when this number is another one.
pub fn life_of<'a>(epochs: impl Iterator<Item = (&'a PlaceId, u32)>) -> u64 {
    let sorted: BTreeMap<&PlaceId, u32> = epochs.collect();
    let mut all = Vec::new();
    for (place, epoch) in sorted {
        all.extend_from_slice(place.as_str().as_bytes());
        all.push(0);
        all.extend_from_slice(&epoch.to_be_bytes());
    }
    let Hash(hash) = Hash::of(&all);
    let first = hash.first_chunk().copied().unwrap_or_default();
    // Stores keep it as a signed number.
    (u64::from_be_bytes(first) >> 1).max(1)
}

/// A mailbox to look into.
#[derive(Clone, Debug)]
pub struct MailboxState {
    /// From it come the keys of the conversation.
    pub seed: ConversationSeed,
    /// Cursor of the last entry held.
    pub after: u64,
    /// The life that the cursor belongs to, as [`MailChange::life`](super::MailChange::life) said it; 0 =
    /// not known.
    pub life: u64,
    /// Keys with which the agency signs replies to this conversation.
    pub agency: Vec<PublicKey>,
}

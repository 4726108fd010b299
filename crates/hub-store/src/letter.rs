//! Letters as they came: sealed.

use async_trait::async_trait;
use bantin_model::id::{Hash, KeyId, PlaceId};
use bantin_model::letter::{ConversationId, LetterId, MailboxId, OuterAttachment};
use bantin_model::time::Seconds;

use crate::Result;

/// Where an accepted letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To an agency of this hub, which opens it.
    Home,
    /// To an agency of a place above: carried on as it is.
    Up,
    /// To an agency below: waits for this place's node to fetch it.
    Down(PlaceId),
}

/// A letter that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLetter {
    /// Where it goes.
    pub route: Route,
    /// Hash of the exact bytes.
    pub id: LetterId,
    /// Whose agency it is for.
    pub place: PlaceId,
    /// The agency's key it is sealed to.
    pub agency_key: KeyId,
    /// Where replies go.
    pub mailbox: MailboxId,
    /// The exact bytes.
    pub bytes: Vec<u8>,
    /// Its attachments, already durable.
    pub attachments: Vec<OuterAttachment>,
    /// When.
    pub at: Seconds,
}

/// A letter that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLetter {
    /// Hash of the exact bytes.
    pub id: LetterId,
    /// Whose agency it is for.
    pub place: PlaceId,
    /// The agency's key it is sealed to.
    pub agency_key: KeyId,
    /// The exact bytes.
    pub bytes: Vec<u8>,
    /// When it was accepted.
    pub accepted_at: Seconds,
    /// Its conversation, once opened.
    pub conversation: Option<ConversationId>,
    /// When an officer first saw it.
    pub seen_at: Option<Seconds>,
}

/// A letter that could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Which.
    pub id: LetterId,
    /// Whose agency it is for.
    pub place: PlaceId,
    /// When it was accepted.
    pub accepted_at: Seconds,
    /// Why; never a word of the letter.
    pub reason: String,
}

/// Letters.
#[async_trait]
pub trait Letters {
    /// Keeps all `letters` in one transaction and returns when each was accepted first: one already
    /// here keeps its moment and changes nothing. On return all are durable.
    async fn accept(&self, letters: &[NewLetter]) -> Result<Vec<Seconds>>;
    /// Letters neither opened nor quarantined, oldest first.
    async fn unopened(&self, limit: u32, skip: u32) -> Result<Vec<StoredLetter>>;
    /// One letter.
    async fn letter(&self, id: &LetterId) -> Result<Option<StoredLetter>>;
    /// The letters of a conversation in the order in which they were accepted.
    async fn letters_of(&self, id: &ConversationId) -> Result<Vec<StoredLetter>>;
    /// Puts a letter aside.
    async fn quarantine(&self, id: &LetterId, reason: &str) -> Result<()>;
    /// All letters put aside.
    async fn quarantined(&self) -> Result<Vec<Quarantined>>;
    /// Whether a letter that is kept, or kept to be carried, names this attachment.
    async fn is_attached(&self, hash: &Hash) -> Result<bool>;
}

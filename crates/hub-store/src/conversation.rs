//! Conversations: states, deadlines and keys; never words.

use async_trait::async_trait;
use bantin_model::conversation::{Status, StatusAt};
use bantin_model::id::PlaceId;
use bantin_model::letter::{ConversationId, LetterId, MailboxId, SealPublic};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;

use crate::{Mail, NewLetter, Once, Result};

/// What a conversation is about, which says which deadline rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConversationKind {
    /// A question or other feedback.
    Question,
    /// A product that somebody wants published.
    Product,
}

impl ConversationKind {
    /// As it is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Product => "product",
        }
    }

    /// From [`Self::as_str`].
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Question, Self::Product]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// A conversation as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationRow {
    /// Which.
    pub id: ConversationId,
    /// Whose agency has it.
    pub place: PlaceId,
    /// What it is about.
    pub kind: ConversationKind,
    /// Its state.
    pub status: Status,
    /// When its first letter was accepted.
    pub received_at: Seconds,
    /// When the agency must have answered; none while no clock runs.
    pub due_at: Option<Seconds>,
    /// Last change.
    pub changed_at: Seconds,
    /// When an officer last looked; none while a letter waits that no officer has seen.
    pub opened_at: Option<Seconds>,
    /// The person's rating, 1–5.
    pub rating: Option<u8>,
    /// Where replies go.
    pub mailbox: MailboxId,
    /// Signs the person's letters.
    pub sign: PublicKey,
    /// Replies are sealed to it.
    pub seal: SealPublic,
    /// Number of replies so far.
    pub replies: u32,
    /// The place whose agency has it now, if another hub is home to that one.
    pub passed_to: Option<PlaceId>,
    /// How often it was passed on before it came here, or from here.
    pub hops: u32,
    /// Counts changes, so that two at once cannot both be made from the same state.
    pub change: u64,
}

/// What the agency said, as a copy sealed to its own key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Whose agency said it.
    pub place: PlaceId,
    /// Its number among the replies.
    pub seq: u32,
    /// Sign-in name of the officer; none if the hub itself.
    pub officer: Option<String>,
    /// When.
    pub at: Seconds,
    /// Sealed to the agency's own key.
    pub copy: Vec<u8>,
}

/// One change of a conversation and everything that must be kept with it.
#[derive(Clone, Debug)]
pub struct Step {
    /// [`ConversationRow::change`] this was made from; none begins the conversation. The row below
    /// carries the same number; the store raises it.
    pub from: Option<u64>,
    /// The conversation afterwards.
    pub to: ConversationRow,
    /// State entered, if it changed.
    pub entered: Option<StatusAt>,
    /// The letter that did it, which is thereby opened.
    pub letter: Option<LetterId>,
    /// Letters that an officer sees by it for the first time.
    pub seen: Vec<LetterId>,
    /// Entries for the person.
    pub mail: Vec<Mail>,
    /// Letters sealed anew to the agency of another hub, with their way there.
    pub forwards: Vec<NewLetter>,
    /// The agency's own copy of a reply.
    pub answer: Option<AnswerRow>,
    /// Names the act, so that a repetition has no effect.
    pub once: Option<Once>,
}

/// What became of a [`Step`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    /// Kept.
    Done,
    /// The conversation has changed meanwhile: read it again and make the step anew.
    Moved,
    /// The act was done before, with this result.
    Already(String),
}

/// Which conversations a queue shows.
#[derive(Clone, Debug)]
pub struct QueueFilter {
    /// Of these places.
    pub places: Vec<PlaceId>,
    /// Only those in which the agency still owes something.
    pub open_only: bool,
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// Conversations.
#[async_trait]
pub trait Conversations {
    /// One conversation.
    async fn conversation(&self, id: &ConversationId) -> Result<Option<ConversationRow>>;
    /// Open ones first, among them by deadline; the others by last change.
    async fn queue(&self, filter: &QueueFilter) -> Result<Vec<ConversationRow>>;
    /// The states it went through, oldest first.
    async fn history(&self, id: &ConversationId) -> Result<Vec<StatusAt>>;
    /// What the agency said, oldest first.
    async fn answers(&self, id: &ConversationId) -> Result<Vec<AnswerRow>>;
    /// Keeps a change, all of it or nothing.
    async fn step(&self, step: &Step) -> Result<StepOutcome>;
}

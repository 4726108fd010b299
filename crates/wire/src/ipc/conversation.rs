//! Conversations: questions, answers, and what is proven about their way.

use bantin_model::id::RecordId;
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

use crate::commands;

/// One of the five stones; lit only when proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stone {
    /// `saved`, `accepted`, `delivered`, `opened` or `answered`.
    pub step: String,
    /// When, if proven.
    pub at: Option<Seconds>,
    /// Who proves it, by name; empty for this device.
    pub who: String,
}

/// One line of the list of conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationCard {
    /// Which; hex.
    pub id: String,
    /// First words of what was asked, or the product's name.
    pub title: String,
    /// `question` or `product`.
    pub kind: String,
    /// Agency it goes to, by name.
    pub agency: String,
    /// `saved`, `received`, `forwarded`, `needs-info`, `working`, `answered`, `closed`, `reopened` or `out-of-scope`;
    /// `unknown` as long as a conversation that was taken over has brought nothing.
    pub status: String,
    /// Last proven step, see [`Stone::step`]; empty if none is.
    pub step: String,
    /// When the agency must have answered.
    pub due_at: Option<Seconds>,
    /// Time of the last letter or answer.
    pub changed_at: Seconds,
    /// Something in it was not read yet.
    pub unread: bool,
    /// Taken over by its claim code: what was asked lies on another device, so `title` is empty.
    #[serde(default)]
    pub claimed: bool,
}

/// One bubble of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    /// True: from this device. False: from the agency.
    pub mine: bool,
    /// What it does: `question`, `reply`, `rate`, `close`, `reopen`, `submit-product`; or from the agency
    /// `needs-info`, `working`, `answered`, `forwarded`, `out-of-scope`, `closed`, `published`, `rejected`.
    pub verb: String,
    /// The words; may be empty.
    pub text: String,
    /// Who speaks for the agency; empty for mine.
    pub by: String,
    /// When it was written.
    pub at: Seconds,
    /// Photos with it.
    pub photos: Vec<PhotoView>,
    /// For mine: waits on this device for a network.
    pub waiting: bool,
    /// For mine while it waits: since when a neighbour's device carries it. Proves no step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_at: Option<Seconds>,
    /// Rating given, 1–5.
    pub rating: Option<u8>,
    /// What was published, if something was.
    pub record: Option<RecordId>,
    /// Agency it was passed on to, by name, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_to: Option<String>,
}

/// A photo of a letter, on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    /// Names its bytes for [`super::media::PHOTO_GET`].
    pub token: String,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
}

/// A whole conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    /// What the list shows.
    pub card: ConversationCard,
    /// The five stones of the first letter; without *saved* if that letter lies on another device.
    pub stones: Vec<Stone>,
    /// Everything said, oldest first.
    pub messages: Vec<MessageView>,
    /// The notice it is about.
    pub about: Option<RecordId>,
    /// Printed or photographed, it recovers the answer when the phone is lost.
    pub claim_code: String,
    /// Rule behind the deadline, with its legal basis, if the agency stated one.
    pub deadline_basis: Option<String>,
    /// Which of `reply`, `rate`, `close`, `reopen` can be done now.
    pub actions: Vec<String>,
}

/// What a person wants to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// `policy`, `health`, … as [`super::notice::NoticeCard::topic`].
    pub topic: String,
    /// The words, 1–20,000 characters.
    pub text: String,
    /// The notice it is about.
    pub about: Option<RecordId>,
    /// Tokens of photos, ≤ 8.
    pub photos: Vec<String>,
    /// Another person for whom this is written, if the writer says so.
    pub written_for: Option<String>,
    /// How to reach the writer, only if the writer wants to be known.
    pub contact: Option<String>,
}

commands! {
    /// All conversations, newest change first.
    ConversationList "conversation_list" {} -> Vec<ConversationCard>;
    /// One conversation; marks it as read.
    ConversationRead "conversation_read" {
        /// Which.
        id: String,
    } -> ConversationPage;
    /// Asks the agency of the followed place. Returns the conversation once it is safe on this device.
    ConversationAsk "conversation_ask" {
        /// What is asked.
        question: Question,
        /// Names this act, so that a double tap asks once.
        once: String,
    } -> String;
    /// Takes a conversation over by its claim code, as a person typed it; one that is here already stays
    /// as it is. Returns the conversation. Its answers come with the next sync; what was asked does not,
    /// for no hub keeps what a person could read it from.
    ConversationClaim "conversation_claim" {
        /// The code.
        code: String,
    } -> String;
    /// Adds a letter.
    ConversationReply "conversation_reply" {
        /// To which.
        id: String,
        /// The words.
        text: String,
        /// Tokens of photos.
        photos: Vec<String>,
        /// Names this act.
        once: String,
    } -> ();
    /// Says how good the answer was.
    ConversationRate "conversation_rate" {
        /// Which.
        id: String,
        /// 1–5.
        rating: u8,
        /// Optional words.
        text: String,
        /// Names this act.
        once: String,
    } -> ();
    /// Ends it.
    ConversationClose "conversation_close" {
        /// Which.
        id: String,
        /// Names this act.
        once: String,
    } -> ();
    /// Asks again.
    ConversationReopen "conversation_reopen" {
        /// Which.
        id: String,
        /// Why.
        text: String,
        /// Names this act.
        once: String,
    } -> ();
}

//! The queue and its threads.

use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

use crate::commands;

/// One row of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// Conversation, hex.
    pub id: String,
    /// Agency's place.
    pub place: PlaceId,
    /// First words, or the product's name.
    pub title: String,
    /// `question` or `product`.
    pub kind: String,
    /// Topic, as in notices.
    pub topic: String,
    /// See the citizen's [`crate::ipc::conversation::ConversationCard::status`]; `passed-on` while another
    /// hub's agency has it.
    pub status: String,
    /// When it came.
    pub received_at: Seconds,
    /// When it must be answered.
    pub due_at: Option<Seconds>,
    /// Seconds left; negative when overdue; none when no clock runs.
    pub left_s: Option<i64>,
    /// Last change.
    pub changed_at: Seconds,
    /// Not opened by any officer yet.
    pub unopened: bool,
    /// The citizen's rating, once given.
    pub rating: Option<u8>,
}

/// An attachment of a letter or answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentView {
    /// Its ciphertext's hash; fetch it opened under [`super::ATTACHMENT`].
    pub hash: Hash,
    /// Media type.
    pub mime: String,
    /// Size opened, in bytes.
    pub bytes: u64,
}

/// One entry of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskMessage {
    /// True: from the citizen.
    pub citizen: bool,
    /// As in [`crate::ipc::conversation::MessageView::verb`].
    pub verb: String,
    /// The words.
    pub text: String,
    /// Language of the words.
    pub lang: String,
    /// Officer's name, or empty.
    pub by: String,
    /// When.
    pub at: Seconds,
    /// Files with it.
    pub attachments: Vec<AttachmentView>,
    /// Rating, 1–5.
    pub rating: Option<u8>,
    /// Agency it was passed on to, by name, if it was.
    #[serde(default)]
    pub passed_to: Option<String>,
}

/// One step of a conversation from agency to agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailStep {
    /// Who passed it on, by name.
    pub from: String,
    /// To whom, by name.
    pub to: String,
    /// When.
    pub at: Seconds,
    /// Why.
    pub reason: String,
}

/// An agency that a conversation can be passed on to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyChoice {
    /// Its place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
}

/// A product somebody submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The record it becomes.
    pub record: RecordId,
    /// Name.
    pub name: String,
    /// Group, see [`crate::ipc::product::ProductCard::group`].
    pub group: String,
    /// Story.
    pub story: String,
    /// Price as text.
    pub price: String,
    /// Months 1–12.
    pub season: Vec<u8>,
    /// Village.
    pub village: String,
    /// Maker.
    pub maker: String,
    /// How to buy.
    pub how_to_buy: String,
    /// Stars claimed.
    pub stars: Option<u8>,
    /// Certificate number claimed, or empty.
    pub certificate_number: String,
    /// Already in the catalogue.
    pub published: bool,
}

/// A whole thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// What the queue shows.
    pub row: QueueRow,
    /// Everything said, oldest first.
    pub messages: Vec<DeskMessage>,
    /// The product, if this is a submission.
    pub submission: Option<Submission>,
    /// Record the question is about, with its title.
    pub about: Option<(RecordId, String)>,
    /// Someone else helped to write it for this person.
    pub written_for: Option<String>,
    /// How to reach the writer, if they said so.
    pub contact: Option<String>,
    /// Name and legal basis of the deadline rule.
    pub deadline_basis: Option<String>,
    /// The way from agency to agency, oldest step first.
    #[serde(default)]
    pub trail: Vec<TrailStep>,
    /// Which of `ask`, `answer`, `working`, `forward`, `out-of-scope`, `publish-product`, `reject-product` can be done now.
    pub actions: Vec<String>,
}

commands! {
    /// The queue: overdue first, then by deadline.
    QueueList "queue_list" {
        /// Only conversations that still need the agency.
        open_only: bool,
        /// How many to pass over.
        offset: u32,
        /// How many at most, ≤ 200.
        limit: u32,
    } -> Vec<QueueRow>;
    /// A thread. The first look of an officer sends the citizen the proof *opened*.
    ThreadRead "thread_read" {
        /// Which.
        id: String,
    } -> Thread;
    /// Says something to the citizen.
    ThreadReply "thread_reply" {
        /// To which.
        id: String,
        /// `needs-info`, `working`, `answered` or `out-of-scope`.
        verb: String,
        /// The words, 1–20,000 characters (may be empty for `working`).
        text: String,
        /// Names this act, so that a double click answers once.
        once: String,
    } -> ();
    /// Agencies that a conversation can be passed on to, by name; only those whose key is valid now.
    AgencyList "agency_list" {
        /// Which conversation.
        id: String,
    } -> Vec<AgencyChoice>;
    /// Passes a conversation on to another agency, and tells the citizen where to and why.
    ThreadForward "thread_forward" {
        /// Which.
        id: String,
        /// The agency's place.
        to: PlaceId,
        /// Why, 1–1,000 characters.
        text: String,
        /// Names this act, so that a double click passes it on once.
        once: String,
    } -> ();
    /// Publishes a submitted product, as checked. Needs the password again, as every publication.
    SubmissionPublish "submission_publish" {
        /// The conversation.
        id: String,
        /// The product as it is to appear.
        product: Submission,
        /// The certificate the officer has seen.
        certificate: Option<CertificateSeen>,
        /// The officer's password.
        password: String,
        /// Names this act.
        once: String,
    } -> RecordId;
    /// Sends a submitted product back with the reason.
    SubmissionReject "submission_reject" {
        /// The conversation.
        id: String,
        /// Why, and what would help.
        text: String,
        /// Names this act.
        once: String,
    } -> ();
}

/// A certificate an officer checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateSeen {
    /// Number.
    pub number: String,
    /// Issuer.
    pub issued_by: String,
    /// First day.
    pub issued: Seconds,
    /// First moment it no longer counts.
    pub expires: Seconds,
    /// 1–5.
    pub stars: u8,
}

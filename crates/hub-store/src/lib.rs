//! What a hub keeps, as one small trait per noun, and the embedded SQLite that implements them all.
//!
//! A trait's methods are whole acts: what must happen together is one method and one transaction, so
//! an implementation cannot leave half of it. Letters stay sealed as they came; of what an agency
//! answers only sealed copies are kept, so neither a database file nor a backup holds a person's words.
//! Files (segments, blobs, attachments) and keys are not in here.

pub mod agency;
pub mod ask;
pub mod below;
pub mod blob;
pub mod carried;
pub mod conversation;
pub mod draft;
mod error;
pub mod feed;
pub mod grant;
pub mod letter;
pub mod mail;
pub mod mirror;
pub mod officer;
pub mod once;
pub mod record;
pub mod sqlite;
pub mod state;

pub use agency::{Agencies, AgencyRow, Side};
pub use ask::{AskRow, Asks};
pub use below::{Belows, MailUp};
pub use blob::{BlobRow, Blobs};
pub use carried::{CarriedCount, CarriedLetter, Carriers};
pub use conversation::{
    AnswerRow, ConversationKind, ConversationRow, Conversations, QueueFilter, Step, StepOutcome,
};
pub use draft::{DraftRow, Drafts};
pub use error::StoreError;
pub use feed::{Advance, AdvanceOutcome, FeedRow, Feeds, SegmentRow};
pub use grant::{GrantRow, Grants, Role};
pub use letter::{Letters, NewLetter, Quarantined, Route, StoredLetter};
pub use mail::{Mail, MailPage, Mailboxes};
pub use mirror::{
    MirrorBlob, MirrorChange, MirrorHeads, MirrorRecord, MirrorRow, MirrorState, Mirrors,
};
pub use officer::{OfficerRow, Officers};
pub use once::{Once, OnceKeys};
pub use record::{RecordRow, Records, Withdrawal};
pub use sqlite::SqliteStore;
pub use state::States;

/// What every method returns.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Everything a hub keeps.
pub trait Store:
    Feeds
    + Records
    + Blobs
    + Letters
    + Mailboxes
    + Mirrors
    + Carriers
    + Conversations
    + Officers
    + Grants
    + Drafts
    + OnceKeys
    + Asks
    + Agencies
    + Belows
    + States
    + Send
    + Sync
{
}

impl<T> Store for T where
    T: Feeds
        + Records
        + Blobs
        + Letters
        + Mailboxes
        + Mirrors
        + Carriers
        + Mirrors
        + Carriers
        + Conversations
        + Officers
        + Grants
        + Drafts
        + OnceKeys
        + Asks
        + Agencies
        + Belows
        + States
        + Send
        + Sync
{
}

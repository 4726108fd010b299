//! One person's file: letters and their secrets, answers, drafts, settings, what was read and kept.
//! Nothing in it can be had again from anywhere else.

mod attachment;
mod carried;
mod conversation;
mod draft;
mod letter;
mod mail;
mod mark;
mod once;
mod photo;
mod receipt;
mod reply;
mod settings;

use std::path::Path;

pub use attachment::NewAttachment;
pub use carried::CarriedRow;
pub use conversation::ConversationRow;
pub use letter::{LetterRow, LetterState, NewLetter};
pub use mark::Mark;
pub use photo::PhotoRow;
pub use reply::ReplyRow;
pub use settings::SettingsRow;

use crate::database::{Database, Schema};
use crate::{Bounds, Result};

/// What is written here is little at a time and must be durable each time: small pages make small writes.
const PAGE_BYTES: u32 = 4 << 10;

const MIGRATIONS: &[&str] = &[
    settings::MIGRATION,
    mark::MIGRATION,
    draft::MIGRATION,
    photo::MIGRATION,
    once::MIGRATION,
    conversation::MIGRATION,
    letter::MIGRATION,
    attachment::MIGRATION,
    receipt::MIGRATION,
    reply::MIGRATION,
    carried::MIGRATION,
    conversation::CLAIMED_MIGRATION,
    conversation::LIFE_MIGRATION,
    letter::AGAIN_MIGRATION,
];

/// The private database of one person.
#[derive(Clone, Debug)]
pub struct Private {
    db: Database,
}

impl Private {
    /// Opens or makes the file at `path`.
    ///
    /// # Errors
    /// [`crate::StoreError`], also when a newer program wrote the file.
    pub async fn open(path: &Path, bounds: Bounds) -> Result<Self> {
        let schema = Schema {
            page_bytes: PAGE_BYTES,
            migrations: MIGRATIONS,
        };
        let db = Database::open(path, bounds, schema).await?;
        Ok(Self { db })
    }

    /// Waits for what runs and closes the file.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// Size of the file, in bytes.
    pub async fn bytes(&self) -> Result<u64> {
        self.db.bytes().await
    }
}

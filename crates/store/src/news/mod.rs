//! `news.db`: what comes down, with the indexes that find it. It can always be had again from a hub.

mod apply;
mod arrival;
mod blob;
mod feed;
mod follow;
mod freshness;
mod gone;
mod key;
mod ledger;
mod plan;
mod receipt_key;
mod record;
mod spent;
mod traffic;
mod words;

use std::path::Path;

pub use arrival::TextOf;
pub use feed::FeedRow;
pub use follow::Follow;
pub use freshness::{Freshness, HeadsApplied};
pub use record::{RecordRow, Window};
pub use words::RESULTS_MAX;

use crate::database::{Database, Schema};
use crate::{Bounds, Result};

/// Pages are larger than SQLite's usual ones: a record of 1.7 KiB leaves less of a page empty, and a first sync
/// writes a quarter of the pieces, into the log and out of it.
const PAGE_BYTES: u32 = 16 << 10;

const MIGRATIONS: &[&str] = &[
    follow::MIGRATION,
    freshness::MIGRATION,
    feed::MIGRATION,
    ledger::MIGRATION,
    record::MIGRATION,
    words::FIRST,
    gone::MIGRATION,
    receipt_key::MIGRATION,
    blob::MIGRATION,
    traffic::MIGRATION,
    words::BARE,
    follow::RELAY_MIGRATION,
    words::BACKWARDS,
    feed::ABOVE_MIGRATION,
    spent::MIGRATION,
    key::MIGRATION,
    words::MIGRATION,
    record::BY_KEY_MIGRATION,
];

/// The shared database of a device.
#[derive(Clone, Debug)]
pub struct News {
    db: Database,
}

impl News {
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

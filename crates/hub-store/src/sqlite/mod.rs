//! The embedded store: one SQLite file in WAL mode, `synchronous = FULL`, one writing connection and a
//! few reading ones. One file per table, its migration beside the statements that use it.

mod agency;
mod ask;
mod below;
mod blob;
mod carried;
mod column;
mod conversation;
mod draft;
mod feed;
mod grant;
mod letter;
mod mail;
mod migrate;
mod mirror;
mod officer;
mod once;
mod record;
mod root;
mod segment;
mod state;
mod step;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Sqlite, SqliteConnection, Transaction};

use crate::Result;

/// How long to wait for another process that writes, in seconds.
const BUSY_S: u64 = 10;
/// Connections that read at the same time.
const READERS: u32 = 4;
/// Size of a page, in bytes; SQLite's default, named because the size limit counts in pages.
const PAGE_BYTES: u64 = 4096;

/// The embedded store.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    read: SqlitePool,
    write: SqlitePool,
}

impl SqliteStore {
    /// Opens or creates a file and brings it to this version. `bytes_max` bounds its size; what does
    /// not fit any more is refused with [`crate::StoreError::Full`].
    pub async fn open(file: &Path, bytes_max: Option<u64>) -> Result<Self> {
        let mut options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(BUSY_S));
        if let Some(bytes) = bytes_max {
            options = options.pragma("max_page_count", (bytes / PAGE_BYTES).max(1).to_string());
        }
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .after_release(|connection, _| Box::pin(is_whole(connection)))
            .connect_with(options.clone())
            .await?;
        migrate::run(&write).await?;
        let readers = SqlitePoolOptions::new().max_connections(READERS);
        let read = readers
            .connect_with(options.pragma("query_only", "1"))
            .await?;
        Ok(Self { read, write })
    }

    /// Waits for what runs and closes the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Begins a change: takes the one writing connection and the write lock at once, so that what is
    /// read inside cannot change before it is written.
    async fn begin(&self) -> Result<Transaction<'_, Sqlite>> {
        Ok(self.write.begin_with("BEGIN IMMEDIATE").await?)
    }
}

/// Whether a connection that was given back may be used again. On a full disk SQLite ends the
/// transaction by itself; the rollback that follows then fails, and the driver believes for ever after
/// that one is open. Such a connection is closed.
async fn is_whole(connection: &mut SqliteConnection) -> std::result::Result<bool, sqlx::Error> {
    // The rollback is only queued: the answer to this comes after it was tried.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

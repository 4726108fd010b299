//! Table `blob`: which blob files are here.

use async_trait::async_trait;
use bantin_model::id::Hash;
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};

use super::SqliteStore;
use super::column::{Columns, int};
use super::migrate::Migration;
use crate::{BlobRow, Blobs, Result};

pub(super) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE blob (
        hash BLOB NOT NULL CONSTRAINT blob_key PRIMARY KEY,
        bytes INTEGER NOT NULL,
        mime TEXT NOT NULL,
        added_at INTEGER NOT NULL,
        -- 1 once a published record names it.
        public INTEGER NOT NULL DEFAULT 0 CONSTRAINT blob_public_flag CHECK (public IN (0, 1))
    ) STRICT, WITHOUT ROWID;",
)];

/// Anybody may fetch it from now on.
pub(super) async fn open_to_all(tx: &mut SqliteConnection, hash: &Hash) -> Result<()> {
    let update = query("UPDATE blob SET public = 1 WHERE hash = ?1 AND public = 0");
    update.bind(hash.as_bytes()).execute(tx).await?;
    Ok(())
}

#[async_trait]
impl Blobs for SqliteStore {
    async fn add_blob(&self, blob: &BlobRow) -> Result<()> {
        let insert = query(
            "INSERT INTO blob (hash, bytes, mime, added_at, public) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (hash) DO NOTHING",
        );
        insert
            .bind(blob.hash.as_bytes())
            .bind(int(blob.bytes))
            .bind(&blob.mime)
            .bind(int(blob.added_at.0))
            .bind(i64::from(blob.public))
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn blob(&self, hash: &Hash) -> Result<Option<BlobRow>> {
        let select = query("SELECT hash, bytes, mime, added_at, public FROM blob WHERE hash = ?1");
        let row = select
            .bind(hash.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.map(read).transpose()
    }

    async fn newest_blob(&self, mime: &str) -> Result<Option<BlobRow>> {
        let select = query(
            "SELECT hash, bytes, mime, added_at, public FROM blob WHERE mime = ?1
             ORDER BY added_at DESC, hash LIMIT 1",
        );
        let row = select.bind(mime).fetch_optional(&self.read).await?;
        row.map(read).transpose()
    }
}

fn read(row: SqliteRow) -> Result<BlobRow> {
    Ok(BlobRow {
        hash: row.hash("hash")?,
        bytes: row.number("bytes")?,
        mime: row.text("mime")?,
        added_at: row.time("added_at")?,
        public: row.flag("public")?,
    })
}

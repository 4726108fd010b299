//! Table `root`: the signed root documents.

use sqlx::query;

use super::SqliteStore;
use super::column::{Columns, inserted};
use super::migrate::Migration;
use crate::Result;

pub(super) const MIGRATIONS: &[Migration] = &[(
    2,
    "CREATE TABLE root (
        version INTEGER NOT NULL CONSTRAINT root_key PRIMARY KEY,
        envelope BLOB NOT NULL
    ) STRICT;",
)];

impl SqliteStore {
    pub(super) async fn all_roots(&self) -> Result<Vec<Vec<u8>>> {
        let rows = query("SELECT envelope FROM root ORDER BY version")
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(|row| row.blob("envelope")).collect()
    }

    pub(super) async fn insert_root(&self, version: u32, envelope: &[u8]) -> Result<()> {
        let insert = query(
            "INSERT INTO root (version, envelope) VALUES (?1, ?2) ON CONFLICT (version) DO NOTHING",
        );
        let done = insert
            .bind(i64::from(version))
            .bind(envelope)
            .execute(&self.write)
            .await?;
        inserted(done.rows_affected(), "root")
    }

    pub(super) async fn only_root(&self, envelope: &[u8]) -> Result<()> {
        let mut tx = self.begin().await?;
        query("DELETE FROM root").execute(&mut *tx).await?;
        let insert = query("INSERT INTO root (version, envelope) VALUES (1, ?1)");
        insert.bind(envelope).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

//! Table `once`: acts that were done.

use async_trait::async_trait;
use bantin_model::time::Seconds;
use sqlx::{SqliteConnection, query};

use super::SqliteStore;
use super::column::{Columns, int};
use super::migrate::Migration;
use crate::{Once, OnceKeys, Result};

pub(super) const MIGRATIONS: &[Migration] = &[(
    13,
    "CREATE TABLE once (
        key TEXT NOT NULL CONSTRAINT once_key PRIMARY KEY,
        result TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// Takes the name of an act; its result if it is taken already. Undone with the transaction.
pub(super) async fn claim(tx: &mut SqliteConnection, once: &Once) -> Result<Option<String>> {
    let known = query("SELECT result FROM once WHERE key = ?1").bind(&once.key);
    if let Some(row) = known.fetch_optional(&mut *tx).await? {
        return row.text("result").map(Some);
    }
    let insert = query("INSERT INTO once (key, result, at) VALUES (?1, ?2, ?3)");
    insert
        .bind(&once.key)
        .bind(&once.result)
        .bind(int(once.at.0))
        .execute(&mut *tx)
        .await?;
    Ok(None)
}

#[async_trait]
impl OnceKeys for SqliteStore {
    async fn once(&self, key: &str) -> Result<Option<String>> {
        let select = query("SELECT result FROM once WHERE key = ?1").bind(key);
        let row = select.fetch_optional(&self.read).await?;
        row.map(|row| row.text("result")).transpose()
    }

    async fn expire_once(&self, before: Seconds) -> Result<u64> {
        let delete = query("DELETE FROM once WHERE at < ?1").bind(int(before.0));
        Ok(delete.execute(&self.write).await?.rows_affected())
    }
}

//! Acts that were done, by the name the caller gave them, so that a double tap does one thing.

use sqlx::SqliteConnection;

use super::Private;
use crate::Result;

pub(super) const MIGRATION: &str = "
create table once (
    key text not null primary key,
    -- What the act returned.
    result text not null
) strict;
";

impl Private {
    /// What the act of that name returned, if it was done.
    pub async fn once(&self, key: &str) -> Result<Option<String>> {
        let sql = "select result from once where key = ?";
        Ok(sqlx::query_scalar(sql)
            .bind(key)
            .fetch_optional(&self.db.writer)
            .await?)
    }
}

/// Names an act within its own transaction; [`crate::StoreError::Taken`] if it was done already.
pub(super) async fn put(tx: &mut SqliteConnection, key: &str, result: &str) -> Result<()> {
    let sql = "insert into once (key, result) values (?, ?)";
    sqlx::query(sql).bind(key).bind(result).execute(tx).await?;
    Ok(())
}

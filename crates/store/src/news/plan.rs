//! The queries over many rows, and how SQLite would carry them out; a test reads it.

use sqlx::{AssertSqlSafe, Row};

use super::{News, record, text_index};
use crate::Result;

impl News {
    /// Queries that may meet ten thousand records, by name.
    pub const QUERIES: [(&str, &str); 6] = [
        ("urgent articles", record::URGENT),
        ("articles", record::ARTICLES),
        ("products", record::PRODUCTS),
        ("products of the season", record::PRODUCTS_COUNT),
        ("new notices", record::NOTICES_SINCE),
        ("a search", text_index::NEWEST),
    ];

    /// The steps of SQLite's plan for a query.
    pub async fn plan(&self, sql: &'static str) -> Result<Vec<String>> {
        let explain = format!("explain query plan {sql}");
        let rows = sqlx::query(AssertSqlSafe(explain))
            .fetch_all(&self.db.readers)
            .await?;
        let step = |row: &sqlx::sqlite::SqliteRow| Ok(row.try_get::<String, _>("detail")?);
        rows.iter().map(step).collect()
    }
}

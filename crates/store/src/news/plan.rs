//! The queries over many rows, and how SQLite would carry them out; a test reads it.

use sqlx::{AssertSqlSafe, Row};

use super::words::sql_of;
use super::{News, record};
use crate::Result;

impl News {
    /// Queries that may meet ten thousand records, by name.
    pub fn queries() -> [(&'static str, String); 6] {
        [
            ("urgent articles", record::URGENT.to_owned()),
            ("articles", record::ARTICLES.to_owned()),
            ("products", record::PRODUCTS.to_owned()),
            ("products of the season", record::PRODUCTS_COUNT.to_owned()),
            ("new notices", record::NOTICES_SINCE.to_owned()),
            ("a search", sql_of([false, true])),
        ]
    }

    /// The steps of SQLite's plan for a query.
    pub async fn plan(&self, sql: &str) -> Result<Vec<String>> {
        let explain = format!("explain query plan {sql}");
        let rows = sqlx::query(AssertSqlSafe(explain))
            .fetch_all(&self.db.readers)
            .await?;
        let step = |row: &sqlx::sqlite::SqliteRow| Ok(row.try_get::<String, _>("detail")?);
        rows.iter().map(step).collect()
    }
}

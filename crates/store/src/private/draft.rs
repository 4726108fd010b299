//! Half-filled forms.

use super::Private;
use crate::Result;

pub(super) const MIGRATION: &str = "
create table draft (
    key text not null primary key,
    text text not null
) strict;
";

impl Private {
    /// Keeps a form; an empty text removes it.
    pub async fn set_draft(&self, key: &str, text: &str) -> Result<()> {
        let query = if text.is_empty() {
            sqlx::query("delete from draft where key = ?").bind(key)
        } else {
            sqlx::query("insert or replace into draft (key, text) values (?, ?)")
                .bind(key)
                .bind(text)
        };
        query.execute(&self.db.writer).await?;
        Ok(())
    }

    /// A form, if it was begun.
    pub async fn draft(&self, key: &str) -> Result<Option<String>> {
        let sql = "select text from draft where key = ?";
        Ok(sqlx::query_scalar(sql)
            .bind(key)
            .fetch_optional(&self.db.readers)
            .await?)
    }

    /// The texts of all forms.
    pub async fn drafts(&self) -> Result<Vec<String>> {
        let sql = "select text from draft order by key";
        Ok(sqlx::query_scalar(sql).fetch_all(&self.db.readers).await?)
    }
}

//! Table `draft`: notices that are being written.

use async_trait::async_trait;
use bantin_model::id::PlaceId;
use sqlx::query;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::column::{Columns, int, places_json};
use super::migrate::Migration;
use crate::{DraftRow, Drafts, Result};

pub(super) const MIGRATIONS: &[Migration] = &[(
    12,
    "CREATE TABLE draft (
        id TEXT NOT NULL CONSTRAINT draft_key PRIMARY KEY,
        place TEXT NOT NULL CONSTRAINT draft_place REFERENCES feed (place),
        officer TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        form TEXT NOT NULL DEFAULT '',
        changed_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

fn read(row: &SqliteRow) -> Result<DraftRow> {
    Ok(DraftRow {
        id: row.text("id")?,
        place: row.place("place")?,
        officer: row.text("officer")?,
        title: row.text("title")?,
        form: row.text("form")?,
        changed_at: row.time("changed_at")?,
    })
}

#[async_trait]
impl Drafts for SqliteStore {
    async fn save_draft(&self, draft: &DraftRow) -> Result<()> {
        let insert = query(
            "INSERT INTO draft (id, place, officer, title, form, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET place = excluded.place, officer = excluded.officer,
                title = excluded.title, form = excluded.form, changed_at = excluded.changed_at",
        );
        insert
            .bind(&draft.id)
            .bind(draft.place.as_str())
            .bind(&draft.officer)
            .bind(&draft.title)
            .bind(&draft.form)
            .bind(int(draft.changed_at.0))
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn draft(&self, id: &str) -> Result<Option<DraftRow>> {
        let select =
            query("SELECT id, place, officer, title, form, changed_at FROM draft WHERE id = ?1");
        let row = select.bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(read).transpose()
    }

    async fn drafts(&self, places: &[PlaceId]) -> Result<Vec<DraftRow>> {
        let select = query(
            "SELECT id, place, officer, title, '' AS form, changed_at FROM draft
             WHERE place IN (SELECT value FROM json_each(?1)) ORDER BY changed_at DESC, id",
        );
        let rows = select
            .bind(places_json(places))
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(read).collect()
    }

    async fn drop_draft(&self, id: &str) -> Result<()> {
        query("DELETE FROM draft WHERE id = ?1")
            .bind(id)
            .execute(&self.write)
            .await?;
        Ok(())
    }
}

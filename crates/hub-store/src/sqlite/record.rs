//! Table `record`: every revision that was ever in a feed.

use std::collections::BTreeMap;

use async_trait::async_trait;
use bantin_model::id::{PlaceId, RecordId};
use bantin_model::record::Kind;
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};

use super::SqliteStore;
use super::column::{Columns, int};
use super::migrate::Migration;
use crate::{RecordRow, Records, Result, StoreError, Withdrawal};

pub(super) const MIGRATIONS: &[Migration] = &[
    (
        5,
        "CREATE TABLE record (
        leaf BLOB NOT NULL,
        place TEXT NOT NULL CONSTRAINT record_feed REFERENCES feed (place),
        id BLOB NOT NULL,
        revision INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        issued_at INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        signed BLOB,
        officer TEXT,
        version INTEGER NOT NULL,
        -- 1 while the feed holds this revision.
        current INTEGER NOT NULL DEFAULT 1 CONSTRAINT record_current_flag CHECK (current IN (0, 1)),
        withdrawn_by TEXT,
        withdrawn_why TEXT NOT NULL DEFAULT '',
        withdrawn_at INTEGER,
        CONSTRAINT record_key PRIMARY KEY (id, revision)
    ) STRICT;
    CREATE UNIQUE INDEX record_in_feed ON record (id) WHERE current = 1;
    CREATE INDEX record_by_time ON record (place, kind, issued_at) WHERE current = 1;",
    ),
    (
        17,
        "CREATE TABLE record_name (
            place TEXT NOT NULL CONSTRAINT record_name_feed REFERENCES feed (place),
            name TEXT NOT NULL,
            id BLOB NOT NULL,
            CONSTRAINT record_name_key PRIMARY KEY (place, name)
        ) STRICT, WITHOUT ROWID;",
    ),
];

fn read(row: &SqliteRow) -> Result<RecordRow> {
    let kind = u8::try_from(row.number("kind")?).map_err(|_| StoreError::Damaged("kind"))?;
    Ok(RecordRow {
        leaf: row.hash("leaf")?,
        place: row.place("place")?,
        id: row.record_id("id")?,
        revision: row.small("revision")?,
        kind: Kind(kind),
        issued_at: row.time("issued_at")?,
        bytes: row.blob("bytes")?,
        signed: row.maybe_blob("signed")?,
        officer: row.maybe_text("officer")?,
        version: row.number("version")?,
    })
}

/// Takes a record out of the feed; it stays in the archive.
pub(super) async fn withdraw(
    tx: &mut SqliteConnection,
    place: &PlaceId,
    end: &Withdrawal,
) -> Result<()> {
    let update = query(
        "UPDATE record SET current = 0, withdrawn_by = ?3, withdrawn_why = ?4, withdrawn_at = ?5
         WHERE place = ?1 AND id = ?2 AND current = 1",
    );
    update
        .bind(place.as_str())
        .bind(end.id.as_bytes())
        .bind(&end.officer)
        .bind(&end.reason)
        .bind(int(end.at.0))
        .execute(tx)
        .await?;
    Ok(())
}

/// Puts a revision into the feed in place of the one before.
pub(super) async fn insert(tx: &mut SqliteConnection, row: &RecordRow) -> Result<()> {
    let past = query("UPDATE record SET current = 0 WHERE id = ?1 AND current = 1");
    past.bind(row.id.as_bytes()).execute(&mut *tx).await?;
    let insert = query(
        "INSERT INTO record (leaf, place, id, revision, kind, issued_at, bytes, signed, officer, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    );
    insert
        .bind(row.leaf.as_bytes())
        .bind(row.place.as_str())
        .bind(row.id.as_bytes())
        .bind(i64::from(row.revision))
        .bind(i64::from(row.kind.0))
        .bind(int(row.issued_at.0))
        .bind(&row.bytes)
        .bind(&row.signed)
        .bind(&row.officer)
        .bind(int(row.version))
        .execute(tx)
        .await?;
    Ok(())
}

/// Remembers which record a file became.
pub(super) async fn name(
    tx: &mut SqliteConnection,
    place: &PlaceId,
    name: &str,
    id: &RecordId,
) -> Result<()> {
    let insert = query("INSERT INTO record_name (place, name, id) VALUES (?1, ?2, ?3)");
    insert
        .bind(place.as_str())
        .bind(name)
        .bind(id.as_bytes())
        .execute(tx)
        .await?;
    Ok(())
}

#[async_trait]
impl Records for SqliteStore {
    async fn record(&self, id: &RecordId) -> Result<Option<RecordRow>> {
        let select = query(
            "SELECT leaf, place, id, revision, kind, issued_at, bytes, signed, officer, version
             FROM record WHERE id = ?1 AND current = 1",
        );
        let row = select
            .bind(id.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.as_ref().map(read).transpose()
    }

    async fn records(
        &self,
        place: &PlaceId,
        kinds: &[Kind],
        offset: u32,
        limit: u32,
    ) -> Result<Vec<RecordRow>> {
        let kinds: Vec<String> = kinds.iter().map(|kind| kind.0.to_string()).collect();
        let select = query(
            "SELECT leaf, place, id, revision, kind, issued_at, bytes, signed, officer, version
             FROM record WHERE place = ?1 AND current = 1
             AND kind IN (SELECT value FROM json_each(?2))
             ORDER BY issued_at DESC, id LIMIT ?3 OFFSET ?4",
        );
        let rows = select
            .bind(place.as_str())
            .bind(format!("[{}]", kinds.join(",")))
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(read).collect()
    }

    async fn named(&self, place: &PlaceId) -> Result<BTreeMap<String, RecordId>> {
        let select = query("SELECT name, id FROM record_name WHERE place = ?1");
        let rows = select.bind(place.as_str()).fetch_all(&self.read).await?;
        rows.iter()
            .map(|row| Ok((row.text("name")?, row.record_id("id")?)))
            .collect()
    }

    async fn revisions(&self, id: &RecordId) -> Result<Vec<RecordRow>> {
        let select = query(
            "SELECT leaf, place, id, revision, kind, issued_at, bytes, signed, officer, version
             FROM record WHERE id = ?1 ORDER BY revision",
        );
        let rows = select.bind(id.as_bytes()).fetch_all(&self.read).await?;
        rows.iter().map(read).collect()
    }
}

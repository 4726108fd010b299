//! Table `segment`: what the listed segments of a feed do, and which files were ever listed.

use bantin_model::cbor;
use bantin_model::feed::{Ledger, SegmentRef};
use bantin_model::id::{Hash, PlaceId};
use sqlx::{SqliteConnection, query};

use super::SqliteStore;
use super::column::{Columns, int};
use super::migrate::Migration;
use crate::{Result, SegmentRow, StoreError};

pub(super) const MIGRATIONS: &[Migration] = &[(
    4,
    "CREATE TABLE segment (
        hash BLOB NOT NULL CONSTRAINT segment_key PRIMARY KEY,
        place TEXT NOT NULL CONSTRAINT segment_feed REFERENCES feed (place),
        -- Order in the head's list, from 0; -1 once no head lists it any more.
        position INTEGER NOT NULL DEFAULT -1,
        bytes INTEGER NOT NULL DEFAULT 0,
        ops INTEGER NOT NULL DEFAULT 0,
        -- CBOR of the ledger; empty once not listed.
        ledger BLOB NOT NULL DEFAULT x''
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX segment_listed ON segment (place, position) WHERE position >= 0;",
)];

impl SqliteStore {
    pub(super) async fn listed_segments(&self, place: &PlaceId) -> Result<Vec<SegmentRow>> {
        let select = query(
            "SELECT hash, bytes, ops, ledger FROM segment
             WHERE place = ?1 AND position >= 0 ORDER BY position",
        );
        let rows = select.bind(place.as_str()).fetch_all(&self.read).await?;
        let read = |row: &sqlx::sqlite::SqliteRow| {
            let ledger = row.blob("ledger")?;
            Ok(SegmentRow {
                listed: SegmentRef {
                    hash: row.hash("hash")?,
                    bytes: row.number("bytes")?,
                    ops: row.small("ops")?,
                },
                ledger: cbor::from_slice(&ledger, Ledger::BYTES_MAX)
                    .map_err(|_| StoreError::Damaged("ledger"))?,
            })
        };
        rows.iter().map(read).collect()
    }

    pub(super) async fn knows_segment(&self, hash: &Hash) -> Result<bool> {
        let select = query("SELECT 1 FROM segment WHERE hash = ?1").bind(hash.as_bytes());
        Ok(select.fetch_optional(&self.read).await?.is_some())
    }
}

/// Lists exactly `segments`.
pub(super) async fn list(
    tx: &mut SqliteConnection,
    place: &PlaceId,
    segments: &[SegmentRow],
) -> Result<()> {
    let unlist = query(
        "UPDATE segment SET position = -1, ledger = x'' WHERE place = ?1 AND position >= 0
         AND hash NOT IN (SELECT unhex(value) FROM json_each(?2))",
    );
    let kept: Vec<String> = segments
        .iter()
        .map(|s| format!("\"{}\"", s.listed.hash))
        .collect();
    let kept = format!("[{}]", kept.join(","));
    unlist
        .bind(place.as_str())
        .bind(kept)
        .execute(&mut *tx)
        .await?;
    for (position, segment) in segments.iter().enumerate() {
        let insert = query(
            "INSERT INTO segment (hash, place, position, bytes, ops, ledger)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (hash) DO UPDATE SET position = excluded.position, ledger = excluded.ledger",
        );
        insert
            .bind(segment.listed.hash.as_bytes())
            .bind(place.as_str())
            .bind(int(position as u64))
            .bind(int(segment.listed.bytes))
            .bind(i64::from(segment.listed.ops))
            .bind(cbor::to_vec(&segment.ledger))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

//! Tables `mirror*`: the feeds of the places above, as the hub above serves them.

mod change;

use async_trait::async_trait;
use bantin_model::cbor;
use bantin_model::feed::{Known, Ledger, SegmentRef};
use bantin_model::id::{Hash, KeyId, PlaceId};
use bantin_model::record::Kind;
use bantin_model::time::Seconds;
use sqlx::sqlite::SqliteRow;
use sqlx::{query, raw_sql};

use super::SqliteStore;
use super::column::{Columns, int};
use super::migrate::Migration;
use crate::{
    MirrorBlob, MirrorChange, MirrorHeads, MirrorRecord, MirrorRow, MirrorState, Mirrors, Result,
    StoreError,
};

pub(in crate::sqlite) const MIGRATIONS: &[Migration] = &[(
    14,
    "CREATE TABLE mirror (
        only INTEGER NOT NULL DEFAULT 1 CONSTRAINT mirror_one_row PRIMARY KEY CHECK (only = 1),
        -- The newest heads document all of whose feeds are here; empty before the first.
        document BLOB NOT NULL DEFAULT x'',
        -- Empty = ask for the document as if none were held.
        etag TEXT NOT NULL DEFAULT '',
        root_version INTEGER NOT NULL DEFAULT 0,
        -- CBOR of the proof that the place above lets our own place speak; empty if it does not.
        own BLOB NOT NULL DEFAULT x'',
        checked_at INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO mirror (only) VALUES (1);
    CREATE TABLE mirror_feed (
        place TEXT NOT NULL CONSTRAINT mirror_feed_key PRIMARY KEY,
        -- From the top down, from 0.
        position INTEGER NOT NULL DEFAULT 0,
        epoch INTEGER NOT NULL,
        version INTEGER NOT NULL,
        root BLOB NOT NULL,
        issued_at INTEGER NOT NULL,
        -- Key that signs receipts there; empty before the first whole document.
        receipt BLOB NOT NULL DEFAULT x''
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE mirror_segment (
        place TEXT NOT NULL CONSTRAINT mirror_segment_feed REFERENCES mirror_feed (place),
        hash BLOB NOT NULL,
        -- Order in the head's list, from 0.
        position INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        ops INTEGER NOT NULL,
        ledger BLOB NOT NULL DEFAULT x'',
        CONSTRAINT mirror_segment_key PRIMARY KEY (place, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mirror_segment_hash ON mirror_segment (hash);
    CREATE TABLE mirror_record (
        place TEXT NOT NULL CONSTRAINT mirror_record_feed REFERENCES mirror_feed (place),
        id BLOB NOT NULL,
        kind INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        CONSTRAINT mirror_record_key PRIMARY KEY (place, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mirror_record_kind ON mirror_record (kind, place);
    CREATE TABLE mirror_blob (
        place TEXT NOT NULL CONSTRAINT mirror_blob_feed REFERENCES mirror_feed (place),
        id BLOB NOT NULL,
        hash BLOB NOT NULL,
        bytes INTEGER NOT NULL,
        mime TEXT NOT NULL,
        issued_at INTEGER NOT NULL,
        CONSTRAINT mirror_blob_key PRIMARY KEY (place, id, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mirror_blob_hash ON mirror_blob (hash);
    -- Every seal key that a mirrored feed ever published.
    CREATE TABLE mirror_agency (
        key BLOB NOT NULL CONSTRAINT mirror_agency_key PRIMARY KEY,
        place TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

fn read_segment(row: &SqliteRow) -> Result<SegmentRef> {
    Ok(SegmentRef {
        hash: row.hash("hash")?,
        bytes: row.number("bytes")?,
        ops: row.small("ops")?,
    })
}

fn read_feed(row: &SqliteRow) -> Result<MirrorRow> {
    let receipt = row.blob("receipt")?;
    Ok(MirrorRow {
        place: row.place("place")?,
        known: Known {
            order: (row.small("epoch")?, row.number("version")?),
            root: row.hash("root")?,
            issued_at: row.time("issued_at")?,
        },
        receipt: match receipt.is_empty() {
            true => None,
            false => Some(row.public_key("receipt")?),
        },
        segments: Vec::new(),
    })
}

#[async_trait]
impl Mirrors for SqliteStore {
    async fn mirror_state(&self) -> Result<MirrorState> {
        let select = query("SELECT document, etag, root_version, own, checked_at FROM mirror");
        let row = select.fetch_one(&self.read).await?;
        Ok(MirrorState {
            document: row.blob("document")?,
            etag: Some(row.text("etag")?).filter(|etag| !etag.is_empty()),
            root_version: row.small("root_version")?,
            own: row.blob("own")?,
            checked_at: row.time("checked_at")?,
        })
    }

    async fn mirror_feeds(&self) -> Result<Vec<MirrorRow>> {
        // One moment for both: a feed that moves in between must not be seen with other segments.
        let mut tx = self.read.begin().await?;
        let select = query(
            "SELECT place, epoch, version, root, issued_at, receipt FROM mirror_feed
             ORDER BY position, place",
        );
        let rows = select.fetch_all(&mut *tx).await?;
        let mut feeds = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut feed = read_feed(row)?;
            let select = query(
                "SELECT hash, bytes, ops FROM mirror_segment WHERE place = ?1 ORDER BY position",
            );
            let segments = select.bind(feed.place.as_str()).fetch_all(&mut *tx).await?;
            feed.segments = segments.iter().map(read_segment).collect::<Result<_>>()?;
            feeds.push(feed);
        }
        Ok(feeds)
    }

    async fn mirror_ledgers(&self, segments: &[Hash]) -> Result<Vec<(Hash, Ledger)>> {
        let mut ledgers = Vec::with_capacity(segments.len());
        for hash in segments {
            let select = query("SELECT ledger FROM mirror_segment WHERE hash = ?1 LIMIT 1");
            let row = select
                .bind(hash.as_bytes())
                .fetch_optional(&self.read)
                .await?;
            let Some(row) = row else { continue };
            let ledger = cbor::from_slice(&row.blob("ledger")?, Ledger::BYTES_MAX);
            ledgers.push((*hash, ledger.map_err(|_| StoreError::Damaged("ledger"))?));
        }
        Ok(ledgers)
    }

    async fn mirror_records(&self, kind: Kind) -> Result<Vec<MirrorRecord>> {
        let select = query(
            "SELECT place, id, kind, bytes FROM mirror_record WHERE kind = ?1 ORDER BY place, id",
        );
        let rows = select.bind(i64::from(kind.0)).fetch_all(&self.read).await?;
        let read = |row: &SqliteRow| {
            Ok(MirrorRecord {
                place: row.place("place")?,
                id: row.record_id("id")?,
                kind,
                bytes: row.blob("bytes")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn mirror_agency(&self, key: &KeyId) -> Result<Option<PlaceId>> {
        let select = query("SELECT place FROM mirror_agency WHERE key = ?1");
        let row = select
            .bind(key.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.map(|row| row.place("place")).transpose()
    }

    async fn mirror_blobs(&self) -> Result<Vec<MirrorBlob>> {
        let select = query(
            "SELECT place, id, hash, bytes, mime, issued_at FROM mirror_blob
             ORDER BY issued_at DESC, id, bytes, hash",
        );
        let rows = select.fetch_all(&self.read).await?;
        let read = |row: &SqliteRow| {
            Ok(MirrorBlob {
                place: row.place("place")?,
                id: row.record_id("id")?,
                hash: row.hash("hash")?,
                bytes: row.number("bytes")?,
                mime: row.text("mime")?,
                issued_at: row.time("issued_at")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn mirror_blob(&self, hash: &Hash) -> Result<Option<(u64, String)>> {
        let select = query("SELECT bytes, mime FROM mirror_blob WHERE hash = ?1 LIMIT 1");
        let row = select
            .bind(hash.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.map(|row| Ok((row.number("bytes")?, row.text("mime")?)))
            .transpose()
    }

    async fn mirror(&self, change: &MirrorChange) -> Result<bool> {
        let mut tx = self.begin().await?;
        if !change::stand(&mut tx, change).await? {
            return Ok(false);
        }
        if change.anew {
            change::forget_rows(&mut tx, &change.place).await?;
        }
        change::list(&mut tx, change).await?;
        change::replace(&mut tx, change).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn mirror_heads(&self, heads: &MirrorHeads) -> Result<bool> {
        let mut tx = self.begin().await?;
        for (version, envelope) in &heads.roots {
            let insert = query(
                "INSERT INTO root (version, envelope) VALUES (?1, ?2)
                 ON CONFLICT (version) DO NOTHING",
            );
            insert
                .bind(i64::from(*version))
                .bind(envelope)
                .execute(&mut *tx)
                .await?;
        }
        for (position, head) in heads.heads.iter().enumerate() {
            if !change::reach(&mut tx, position, head).await? {
                return Ok(false);
            }
        }
        let update = query(
            "UPDATE mirror SET root_version = max(root_version, ?1), checked_at = ?2, etag = ?3",
        );
        update
            .bind(i64::from(heads.root_version))
            .bind(int(heads.checked_at.0))
            .bind(heads.etag.as_deref().unwrap_or_default())
            .execute(&mut *tx)
            .await?;
        if let Some(document) = &heads.document {
            let update = query("UPDATE mirror SET document = ?1, own = ?2");
            update
                .bind(document)
                .bind(&heads.own)
                .execute(&mut *tx)
                .await?;
            let named: Vec<PlaceId> = heads.heads.iter().map(|head| head.0.clone()).collect();
            change::prune(&mut tx, &named).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn mirror_checked(&self, at: Seconds) -> Result<()> {
        let update = query("UPDATE mirror SET checked_at = ?1").bind(int(at.0));
        update.execute(&self.write).await?;
        Ok(())
    }

    async fn mirror_forget(&self) -> Result<()> {
        let mut tx = self.begin().await?;
        raw_sql(
            "DELETE FROM mirror_segment; DELETE FROM mirror_record; DELETE FROM mirror_blob;
             DELETE FROM mirror_agency; DELETE FROM mirror_feed; DELETE FROM root;
             UPDATE mirror SET document = x'', etag = '', root_version = 0, own = x'', checked_at = 0;",
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

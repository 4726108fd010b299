//! Table `feed`: the newest head of each place.

use async_trait::async_trait;
use bantin_model::id::{Hash, PlaceId};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};

use super::column::{Columns, inserted, int};
use super::migrate::Migration;
use super::{SqliteStore, blob, once, record, segment};
use crate::{Advance, AdvanceOutcome, FeedRow, Feeds, Result, SegmentRow};

pub(super) const MIGRATIONS: &[Migration] = &[(
    3,
    "CREATE TABLE feed (
        place TEXT NOT NULL CONSTRAINT feed_key PRIMARY KEY,
        -- Empty at the top.
        parent TEXT NOT NULL DEFAULT '',
        epoch INTEGER NOT NULL DEFAULT 1,
        version INTEGER NOT NULL DEFAULT 0,
        head BLOB NOT NULL DEFAULT x'',
        issued_at INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;",
)];

fn read(row: &SqliteRow) -> Result<FeedRow> {
    let parent = row.text("parent")?;
    Ok(FeedRow {
        place: row.place("place")?,
        parent: if parent.is_empty() {
            None
        } else {
            Some(row.place("parent")?)
        },
        epoch: row.small("epoch")?,
        version: row.number("version")?,
        head: row.blob("head")?,
        issued_at: row.time("issued_at")?,
    })
}

/// Writes the head if the feed still is at `from`; whether it was.
async fn set_head(tx: &mut SqliteConnection, from: (u32, u64), to: &FeedRow) -> Result<bool> {
    let update = query(
        "UPDATE feed SET epoch = ?4, version = ?5, head = ?6, issued_at = ?7
         WHERE place = ?1 AND epoch = ?2 AND version = ?3",
    );
    let done = update
        .bind(to.place.as_str())
        .bind(i64::from(from.0))
        .bind(int(from.1))
        .bind(i64::from(to.epoch))
        .bind(int(to.version))
        .bind(&to.head)
        .bind(int(to.issued_at.0))
        .execute(tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

#[async_trait]
impl Feeds for SqliteStore {
    async fn feeds(&self) -> Result<Vec<FeedRow>> {
        let select =
            query("SELECT place, parent, epoch, version, head, issued_at FROM feed ORDER BY place");
        select
            .fetch_all(&self.read)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    async fn feed(&self, place: &PlaceId) -> Result<Option<FeedRow>> {
        let select = query(
            "SELECT place, parent, epoch, version, head, issued_at FROM feed WHERE place = ?1",
        );
        let row = select
            .bind(place.as_str())
            .fetch_optional(&self.read)
            .await?;
        row.as_ref().map(read).transpose()
    }

    async fn segments(&self, place: &PlaceId) -> Result<Vec<SegmentRow>> {
        self.listed_segments(place).await
    }

    async fn is_segment(&self, hash: &Hash) -> Result<bool> {
        self.knows_segment(hash).await
    }

    async fn found_feed(&self, place: &PlaceId, parent: Option<&PlaceId>) -> Result<()> {
        let insert = query(
            "INSERT INTO feed (place, parent) VALUES (?1, ?2) ON CONFLICT (place) DO NOTHING",
        );
        let parent = parent.map(PlaceId::as_str).unwrap_or_default();
        let done = insert
            .bind(place.as_str())
            .bind(parent)
            .execute(&self.write)
            .await?;
        inserted(done.rows_affected(), "feed")
    }

    async fn advance(&self, advance: &Advance) -> Result<AdvanceOutcome> {
        let mut tx = self.begin().await?;
        if let Some(once) = &advance.once
            && let Some(result) = once::claim(&mut tx, once).await?
        {
            return Ok(AdvanceOutcome::Already(result));
        }
        let place = &advance.to.place;
        if !set_head(&mut tx, advance.from, &advance.to).await? {
            return Ok(AdvanceOutcome::Moved);
        }
        segment::list(&mut tx, place, &advance.segments).await?;
        for withdrawn in &advance.withdrawn {
            record::withdraw(&mut tx, place, withdrawn).await?;
        }
        for row in &advance.records {
            record::insert(&mut tx, row).await?;
        }
        for (name, id) in &advance.named {
            record::name(&mut tx, place, name, id).await?;
        }
        for hash in &advance.blobs {
            blob::open_to_all(&mut tx, hash).await?;
        }
        tx.commit().await?;
        Ok(AdvanceOutcome::Done)
    }

    async fn resign(&self, feed: &FeedRow) -> Result<AdvanceOutcome> {
        let mut tx = self.begin().await?;
        let held = set_head(&mut tx, (feed.epoch, feed.version), feed).await?;
        tx.commit().await?;
        Ok(if held {
            AdvanceOutcome::Done
        } else {
            AdvanceOutcome::Moved
        })
    }

    async fn roots(&self) -> Result<Vec<Vec<u8>>> {
        self.all_roots().await
    }

    async fn add_root(&self, version: u32, envelope: &[u8]) -> Result<()> {
        self.insert_root(version, envelope).await
    }

    async fn replace_roots(&self, envelope: &[u8]) -> Result<()> {
        self.only_root(envelope).await
    }
}

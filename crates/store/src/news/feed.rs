//! Feeds held, one row per place: the newest trusted head and the keys of its node.

use std::collections::BTreeMap;

use bantin_model::cbor;
use bantin_model::feed::{HEADS_BYTES_MAX, Head, Known, TrustedHead};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::sign::Envelope;
use bantin_model::sync::FeedState;
use bantin_model::time::Seconds;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};

use super::{News, words};
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table feed (
    place text not null primary key,
    -- 0 is the top.
    depth integer not null default 0,
    epoch integer not null,
    version integer not null,
    root blob not null,
    issued_at integer not null,
    expires_at integer not null,
    -- Exact bytes, to be passed on.
    envelope blob not null
) strict, without rowid;
";

/// The newest head of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Whose feed.
    pub place: PlaceId,
    /// Steps below the top.
    pub depth: u32,
    /// Life of the feed.
    pub epoch: u32,
    /// Its version.
    pub version: u64,
    /// Its Merkle root.
    pub root: Hash,
    /// When the head was signed.
    pub issued_at: Seconds,
    /// From then on it is shown as old.
    pub expires_at: Seconds,
    /// The place above; none at the top, and where it is not known.
    pub above: Option<PlaceId>,
}

pub(super) const ABOVE_MIGRATION: &str = "
-- The place above that was believed last; empty at the top, and where it is not known yet.
alter table feed add column above text not null default '';
";

impl News {
    /// Feeds held, from the top down.
    pub async fn feeds(&self) -> Result<Vec<FeedRow>> {
        let sql = "select place, depth, epoch, version, root, issued_at, expires_at, above
                   from feed order by depth, place";
        let rows = sqlx::query(sql).fetch_all(&self.db.readers).await?;
        rows.iter().map(read).collect()
    }

    /// Feeds as a sync must know them.
    pub async fn feed_states(&self) -> Result<BTreeMap<PlaceId, FeedState>> {
        let mut states = BTreeMap::new();
        for feed in self.feeds().await? {
            let known = Known {
                order: (feed.epoch, feed.version),
                root: feed.root,
                issued_at: feed.issued_at,
            };
            let segments = self.replayed(&feed.place).await?;
            let above = feed.above;
            states.insert(
                feed.place,
                FeedState {
                    known,
                    segments,
                    above,
                },
            );
        }
        Ok(states)
    }

    /// Segments held, in the order in which their operations count. Only the head knows it; where it cannot be
    /// read, the session finds out and fetches the feed anew.
    async fn replayed(&self, place: &PlaceId) -> Result<Vec<Hash>> {
        let mut held = self.segments(place).await?;
        let sql = "select envelope from feed where place = ?";
        let envelope: Vec<u8> = sqlx::query_scalar(sql)
            .bind(place.as_str())
            .fetch_one(&self.db.readers)
            .await?;
        let head: Option<Head> = Envelope::from_bytes(&envelope, HEADS_BYTES_MAX)
            .ok()
            .and_then(|envelope| cbor::from_slice(&envelope.payload, HEADS_BYTES_MAX).ok());
        let listed = head.into_iter().flat_map(|head| head.segments);
        let order: BTreeMap<Hash, usize> = listed
            .enumerate()
            .map(|(at, listed)| (listed.hash, at))
            .collect();
        held.sort_by_key(|hash| order.get(hash).copied());
        Ok(held)
    }
}

/// A row of the table.
pub(super) fn read(row: &SqliteRow) -> Result<FeedRow> {
    let above: String = row.try_get("above")?;
    Ok(FeedRow {
        place: column::place(row.try_get("place")?)?,
        depth: u32::try_from(row.try_get::<i64, _>("depth")?).unwrap_or_default(),
        epoch: u32::try_from(row.try_get::<i64, _>("epoch")?).unwrap_or_default(),
        version: column::unsigned(row.try_get("version")?),
        root: column::hash(row.try_get("root")?)?,
        issued_at: column::seconds(row.try_get("issued_at")?),
        expires_at: column::seconds(row.try_get("expires_at")?),
        above: match above.is_empty() {
            true => None,
            false => Some(column::place(above)?),
        },
    })
}

/// Moves a place to a head. Without `depth` the place keeps the one it has.
pub(super) async fn put(
    tx: &mut SqliteConnection,
    trusted: &TrustedHead,
    depth: Option<usize>,
) -> Result<()> {
    let head = &trusted.head;
    sqlx::query(
        "insert into feed (place, depth, epoch, version, root, issued_at, expires_at, envelope,
             above)
         values (?1, coalesce(?2, 0), ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         on conflict (place) do update set depth = coalesce(?2, depth), epoch = ?3, version = ?4,
             root = ?5, issued_at = ?6, expires_at = ?7, envelope = ?8, above = ?9",
    )
    .bind(head.place.as_str())
    .bind(depth.and_then(|depth| i64::try_from(depth).ok()))
    .bind(i64::from(head.epoch))
    .bind(column::int(head.version))
    .bind(head.root.as_bytes())
    .bind(column::int(head.issued_at.0))
    .bind(column::int(head.expires_at.0))
    .bind(&trusted.envelope)
    .bind(trusted.above.as_ref().map_or("", |above| above.as_str()))
    .execute(tx)
    .await?;
    Ok(())
}

/// After the followed place was changed: drops the feeds that are not among `places`.
pub(super) async fn prune(tx: &mut SqliteConnection, places: &[&str]) -> Result<()> {
    let wanted: i64 = sqlx::query_scalar("select prune from follow")
        .fetch_one(&mut *tx)
        .await?;
    if wanted == 0 {
        return Ok(());
    }
    let held: Vec<String> = sqlx::query_scalar("select place from feed")
        .fetch_all(&mut *tx)
        .await?;
    for place in held
        .iter()
        .filter(|place| !places.contains(&place.as_str()))
    {
        for sql in [
            "insert or ignore into stale (key) select key from record where place = ?",
            "delete from record where place = ?",
            "delete from gone where place = ?",
            "delete from ledger where place = ?",
            "delete from feed where place = ?",
        ] {
            sqlx::query(AssertSqlSafe(sql))
                .bind(place)
                .execute(&mut *tx)
                .await?;
        }
    }
    // Thousands may have gone: no search should read their keys.
    words::merge(tx).await?;
    sqlx::query("update follow set prune = 0")
        .execute(&mut *tx)
        .await?;
    Ok(())
}

//! Records that are current in some feed held here: exact bytes once, and the columns lists need.
//!
//! A record's key is its moment and a number within that second ([`super::key`]).

use std::sync::LazyLock;

use bantin_model::id::{PlaceId, RecordId};
use bantin_model::record::{Body, Kind, Record};
use bantin_model::time::Seconds;
use sqlx::{FromRow, Row, SqliteConnection};

use super::News;
use super::arrival::Ready;
use super::words::RESULTS_MAX;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table record (
    key integer not null primary key,
    place text not null,
    id blob not null,
    kind integer not null,
    issued_at integer not null,
    -- Topic of an article, group of a product.
    topic integer not null default 0,
    urgent integer not null default 0,
    force_until integer not null default 9223372036854775807,
    -- Products: bit 0 is January; 0 while there is none.
    months integer not null default 0,
    received_at integer not null,
    leaf blob not null,
    bytes blob not null,
    unique (id, place)
) strict;
create index record_newest on record (
    kind, issued_at desc, id desc, topic, urgent, force_until, months);
create index record_urgent on record (kind, issued_at desc, id desc, topic, force_until)
    where urgent = 1;
create index record_received on record (kind, received_at);
create index record_place on record (place);
";

/// Keys are in the order of time, so lists need no other order, and a first sync, which brings the oldest first,
/// writes these indexes from one end to the other.
pub(super) const BY_KEY_MIGRATION: &str = "
drop index record_newest;
drop index record_urgent;
create index record_newest on record (kind, key, topic, urgent, force_until, months);
create index record_urgent on record (kind, key, topic, force_until) where urgent = 1;
";

/// Everything that news consist of, before another root of trust is followed.
pub(super) const DELETE_ALL: &str = "
delete from run; delete from word; delete from stale; delete from record; delete from gone; delete from ledger;
delete from feed; delete from receipt_key;
update freshness set etag = null, document = null, newest_signed = 0, checked_at = 0, clock_wrong = 0;
";

/// Records that are read by one statement.
const KEYS_AT_ONCE: usize = RESULTS_MAX as usize;

/// A record as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// Orders by time.
    pub key: i64,
    /// Whose feed it is in.
    pub place: PlaceId,
    /// Exact bytes: [`Record::from_bytes`] reads them.
    pub bytes: Vec<u8>,
}

impl<'r> FromRow<'r, sqlx::sqlite::SqliteRow> for RecordRow {
    fn from_row(row: &'r sqlx::sqlite::SqliteRow) -> sqlx::Result<Self> {
        let place: String = row.try_get("place")?;
        let place = PlaceId::new(place).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let (key, bytes) = (row.try_get("key")?, row.try_get("bytes")?);
        Ok(Self { key, place, bytes })
    }
}

/// A stretch of a list.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

impl Window {
    /// What is left of the window after a first part of the list with `count` items.
    fn after(self, count: usize) -> Self {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let taken = count.saturating_sub(self.offset).min(self.limit);
        Self {
            offset: self.offset.saturating_sub(count),
            limit: self.limit - taken,
        }
    }

    fn of(self, rows: Vec<RecordRow>) -> Vec<RecordRow> {
        let rows = rows.into_iter().skip(self.offset as usize);
        rows.take(self.limit as usize).collect()
    }
}

/// Urgent articles in force, newest first.
pub(super) const URGENT: &str = "select key, place, bytes from record
    where urgent = 1 and kind = ?1 and ?2 < force_until
        and (?3 is null or topic = ?3)
    order by key desc limit 200";

/// All other articles, newest first.
pub(super) const ARTICLES: &str = "select key, place, bytes from record
    where kind = ?1 and not (urgent = 1 and ?2 < force_until)
        and (?3 is null or topic = ?3)
    order by key desc limit ?4 offset ?5";

/// Products that can (?4 = 1) or cannot be had in the month of bit ?2, newest first.
pub(super) const PRODUCTS: &str = "select key, place, bytes from record
    where kind = ?1 and (months & ?2 <> 0) = ?4 and (?3 is null or topic = ?3)
    order by key desc limit ?5 offset ?6";

/// How many products can be had in the month of bit ?2.
pub(super) const PRODUCTS_COUNT: &str = "select count(*) from record
    where kind = ?1 and months & ?2 <> 0 and (?3 is null or topic = ?3)";

/// How many records of a kind came after a moment.
pub(super) const NOTICES_SINCE: &str = "select count(*) from record
    where kind = ?1 and received_at > ?2";

impl News {
    /// Articles of a kind, urgent ones in force at `now` first, then newest first.
    pub async fn articles(
        &self,
        kind: Kind,
        topic: Option<u8>,
        now: Seconds,
        window: Window,
    ) -> Result<Vec<RecordRow>> {
        let (now, topic) = (column::int(now.0), topic.map(i64::from));
        let urgent: Vec<RecordRow> = sqlx::query_as(URGENT)
            .bind(i64::from(kind.0))
            .bind(now)
            .bind(topic)
            .fetch_all(&self.db.readers)
            .await?;
        let rest = window.after(urgent.len());
        let mut rows = window.of(urgent);
        if rest.limit > 0 {
            let others: Vec<RecordRow> = sqlx::query_as(ARTICLES)
                .bind(i64::from(kind.0))
                .bind(now)
                .bind(topic)
                .bind(i64::from(rest.limit))
                .bind(i64::from(rest.offset))
                .fetch_all(&self.db.readers)
                .await?;
            rows.extend(others);
        }
        Ok(rows)
    }

    /// Products, those that can be had in `month` (1–12) first, then newest first.
    pub async fn products(
        &self,
        group: Option<u8>,
        month: u32,
        window: Window,
    ) -> Result<Vec<RecordRow>> {
        let bit = 1i64 << (month.clamp(1, 12) - 1);
        let count: i64 = sqlx::query_scalar(PRODUCTS_COUNT)
            .bind(i64::from(Kind::PRODUCT.0))
            .bind(bit)
            .bind(group.map(i64::from))
            .fetch_one(&self.db.readers)
            .await?;
        let mut rows = self.products_where(group, bit, true, window).await?;
        let rest = window.after(usize::try_from(count).unwrap_or_default());
        if rest.limit > 0 {
            rows.extend(self.products_where(group, bit, false, rest).await?);
        }
        Ok(rows)
    }

    async fn products_where(
        &self,
        group: Option<u8>,
        bit: i64,
        there: bool,
        window: Window,
    ) -> Result<Vec<RecordRow>> {
        let rows = sqlx::query_as(PRODUCTS)
            .bind(i64::from(Kind::PRODUCT.0))
            .bind(bit)
            .bind(group.map(i64::from))
            .bind(i64::from(there))
            .bind(i64::from(window.limit))
            .bind(i64::from(window.offset))
            .fetch_all(&self.db.readers)
            .await?;
        Ok(rows)
    }

    /// The record of that name; if feeds of several places hold one, the uppermost place's.
    pub async fn record(&self, id: RecordId) -> Result<Option<RecordRow>> {
        let sql = "select record.key, record.place, record.bytes from record
                   join feed on feed.place = record.place
                   where record.id = ? order by feed.depth limit 1";
        let row = sqlx::query_as(sql)
            .bind(id.as_bytes())
            .fetch_optional(&self.db.readers)
            .await?;
        Ok(row)
    }

    /// Exact bytes of the records with these keys, in their order; what is gone is left out. No more keys than a
    /// search gives are looked at.
    ///
    /// They come as the columns of one row, always as many, so that the statement is prepared once: the driver wakes
    /// the asking thread for each row.
    pub async fn records_at(&self, keys: &[i64]) -> Result<Vec<Vec<u8>>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        static SQL: LazyLock<String> = LazyLock::new(|| {
            let columns = vec!["(select bytes from record where key = ?)"; KEYS_AT_ONCE];
            format!("select {}", columns.join(","))
        });
        let mut query = sqlx::query(SQL.as_str());
        for at in 0..KEYS_AT_ONCE {
            query = query.bind(keys.get(at));
        }
        let row = query.fetch_one(&self.db.readers).await?;
        let bytes = (0..KEYS_AT_ONCE).map(|at| row.try_get::<Option<Vec<u8>>, _>(at));
        Ok(bytes
            .filter_map(sqlx::Result::transpose)
            .collect::<sqlx::Result<_>>()?)
    }

    /// What feeds say about places and agencies.
    pub async fn directory(&self) -> Result<Vec<RecordRow>> {
        let sql = "select key, place, bytes from record where kind in (16, 17)";
        Ok(sqlx::query_as(sql).fetch_all(&self.db.readers).await?)
    }

    /// Exact bytes of the next current records after `key`, at most `limit`, each with its key.
    pub async fn record_bytes(&self, key: i64, limit: u32) -> Result<Vec<(i64, Vec<u8>)>> {
        let sql = "select key, bytes from record where key > ? order by key limit ?";
        let rows = sqlx::query_as(sql).bind(key).bind(i64::from(limit));
        Ok(rows.fetch_all(&self.db.readers).await?)
    }

    /// How many notices came after `since`.
    pub async fn notices_since(&self, since: Seconds) -> Result<u32> {
        let count: i64 = sqlx::query_scalar(NOTICES_SINCE)
            .bind(i64::from(Kind::NOTICE.0))
            .bind(column::int(since.0))
            .fetch_one(&self.db.readers)
            .await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// What the list columns of a record say.
pub(super) struct Columns {
    /// 0 is never listed.
    kind: i64,
    topic: i64,
    urgent: i64,
    until: i64,
    months: i64,
}

impl Columns {
    pub(super) fn of(record: &Record, body: Option<&Body>) -> Self {
        let kind = body.map_or(0, |_| i64::from(record.kind.0));
        let (mut topic, mut urgent, mut months) = (0, 0, 0);
        match body {
            Some(Body::Article(article)) => {
                topic = i64::from(article.topic.0);
                urgent = i64::from(article.urgency.0 > 0);
            }
            Some(Body::Product(product)) => {
                topic = i64::from(product.group.0);
                let named = product
                    .season
                    .iter()
                    .filter(|month| (1..=12).contains(*month));
                let season = named.fold(0, |bits, month| bits | 1i64 << (month - 1));
                let all_year = if season == 0 { 0xfff } else { season };
                months = if product.available { all_year } else { 0 };
            }
            _ => {}
        }
        let until = record.in_force.and_then(|force| force.until);
        Self {
            kind,
            topic,
            urgent,
            until: until.map_or(i64::MAX, |until| column::int(until.0)),
            months,
        }
    }
}

/// One row to be written.
pub(super) struct NewRecord {
    pub(super) key: i64,
    pub(super) ready: Ready,
}

/// Writes rows, many to a statement.
pub(super) async fn insert(
    tx: &mut SqliteConnection,
    place: &str,
    received_at: Seconds,
    rows: Vec<NewRecord>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let values = vec!["(?,?,?,?,?,?,?,?,?,?,?,?)"; rows.len()].join(",");
    // After a failure the whole transaction is given up. Told so, SQLite keeps no copy of each page that a statement
    // touches (twice the bytes of a first sync, in a file of its own) only to take back that statement.
    let sql = format!(
        "insert or fail into record (key, place, id, kind, issued_at, topic, urgent, force_until,
             months, received_at, leaf, bytes) values {values}"
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for NewRecord { key, ready } in rows {
        query = query
            .bind(key)
            .bind(place)
            .bind(ready.id.as_bytes().to_vec())
            .bind(ready.columns.kind)
            .bind(column::int(ready.issued_at.0))
            .bind(ready.columns.topic)
            .bind(ready.columns.urgent)
            .bind(ready.columns.until)
            .bind(ready.columns.months)
            .bind(column::int(received_at.0))
            .bind(ready.leaf.0.to_vec())
            .bind(ready.bytes);
    }
    query.execute(tx).await?;
    Ok(())
}

//! How fresh the news are: the newest heads document, when it was asked for, and how that went. One row.

use bantin_model::feed::TrustedHead;
use bantin_model::letter::ReceiptKey;
use bantin_model::time::{ALONE_S, Seconds};

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::feed::FeedRow;
use super::{News, feed, receipt_key};
use crate::{Result, StoreError, column};

pub(super) const MIGRATION: &str = "
create table freshness (
    id integer not null primary key check (id = 1),
    etag text,
    document blob,
    newest_signed integer not null default 0,
    checked_at integer not null default 0,
    clock_wrong integer not null default 0,
    last_failure text not null default '',
    failures integer not null default 0
) strict;
insert into freshness (id) values (1);
";

/// How fresh the news are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// `ETag` of the document held.
    pub etag: Option<String>,
    /// Newest signed time seen.
    pub newest_signed: Seconds,
    /// When news were last fetched or found unchanged; 0 = never.
    pub checked_at: Seconds,
    /// The clock of this device cannot be right.
    pub clock_wrong: bool,
    /// Code of the last sync's failure; empty if it went well.
    pub last_failure: String,
    /// Failed syncs in a row.
    pub failures: u32,
}

/// A heads document whose feeds are at their version, as [`bantin_model::sync::Apply::Heads`] gives it.
#[derive(Clone, Copy, Debug)]
pub struct HeadsApplied<'a> {
    /// The document's bytes; none if some feed is behind.
    pub document: Option<&'a [u8]>,
    /// For the next request.
    pub etag: Option<&'a str>,
    /// Heads that were reached, from the top down.
    pub heads: &'a [TrustedHead],
    /// Newest root version.
    pub root_version: u32,
    /// Newest signed time.
    pub newest_signed: Seconds,
    /// When it was asked for.
    pub checked_at: Seconds,
    /// The clock cannot be right.
    pub clock_wrong: bool,
    /// Keys that sign receipts from now on.
    pub receipt_keys: &'a [ReceiptKey],
}

impl News {
    /// How fresh the news are.
    pub async fn freshness(&self) -> Result<Freshness> {
        let sql = "select etag, newest_signed, checked_at, clock_wrong, last_failure, failures
                   from freshness";
        let row = sqlx::query(sql).fetch_one(&self.db.readers).await?;
        read(&row)
    }

    /// How fresh the news are, and the feeds held, from the top down: what every page asks for, in one go.
    pub async fn standing(&self) -> Result<(Freshness, Vec<FeedRow>)> {
        let sql = "select etag, newest_signed, checked_at, clock_wrong, last_failure, failures,
                       place, depth, epoch, version, root, issued_at, expires_at, above
                   from freshness left join feed order by depth, place";
        let rows = sqlx::query(sql).fetch_all(&self.db.readers).await?;
        let first = rows.first().ok_or(StoreError::Damaged("freshness"))?;
        let mut feeds = Vec::with_capacity(rows.len());
        for row in &rows {
            if row.try_get::<Option<String>, _>("place")?.is_some() {
                feeds.push(feed::read(row)?);
            }
        }
        Ok((read(first)?, feeds))
    }

    /// The newest heads document, to be passed on or opened without a network.
    pub async fn document(&self) -> Result<Option<Vec<u8>>> {
        let sql = "select document from freshness";
        Ok(sqlx::query_scalar(sql).fetch_one(&self.db.readers).await?)
    }

    /// The document held is still the newest.
    pub async fn apply_unchanged(&self, checked_at: Seconds, clock_wrong: bool) -> Result<()> {
        sqlx::query("update freshness set checked_at = ?, clock_wrong = ?")
            .bind(column::int(checked_at.0))
            .bind(i64::from(clock_wrong))
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// Moves the heads, in one transaction.
    pub async fn apply_heads(&self, applied: HeadsApplied<'_>) -> Result<()> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        for (depth, head) in applied.heads.iter().enumerate() {
            feed::put(&mut tx, head, Some(depth)).await?;
        }
        receipt_key::replace(&mut tx, applied.receipt_keys).await?;
        if applied.document.is_some() {
            let places: Vec<&str> = applied
                .heads
                .iter()
                .map(|h| h.head.place.as_str())
                .collect();
            feed::prune(&mut tx, &places).await?;
        }
        sqlx::query("update follow set root_version = max(root_version, ?)")
            .bind(i64::from(applied.root_version))
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "update freshness set etag = ?1, document = coalesce(?2, document),
                 -- As `signed_time_kept` has it.
                 newest_signed = case when ?2 is not null and newest_signed - ?3 > ?6 then ?3
                     else max(newest_signed, ?3) end,
                 checked_at = ?4, clock_wrong = ?5",
        )
        .bind(applied.etag)
        .bind(applied.document)
        .bind(column::int(applied.newest_signed.0))
        .bind(column::int(applied.checked_at.0))
        .bind(i64::from(applied.clock_wrong))
        .bind(column::int(ALONE_S))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Remembers how a sync went; an empty code is a success.
    pub async fn set_outcome(&self, failure: &str) -> Result<()> {
        sqlx::query(
            "update freshness set last_failure = ?1,
                 failures = case when ?1 = '' then 0 else failures + 1 end
             where last_failure <> ?1 or ?1 <> ''",
        )
        .bind(failure)
        .execute(&self.db.writer)
        .await?;
        Ok(())
    }
}

fn read(row: &SqliteRow) -> Result<Freshness> {
    Ok(Freshness {
        etag: row.try_get("etag")?,
        newest_signed: column::seconds(row.try_get("newest_signed")?),
        checked_at: column::seconds(row.try_get("checked_at")?),
        clock_wrong: row.try_get::<i64, _>("clock_wrong")? != 0,
        last_failure: row.try_get("last_failure")?,
        failures: u32::try_from(row.try_get::<i64, _>("failures")?).unwrap_or_default(),
    })
}

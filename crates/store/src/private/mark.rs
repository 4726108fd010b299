//! What the person read, listened to and keeps.

use std::collections::BTreeMap;

use bantin_model::id::RecordId;
use bantin_model::time::Seconds;
use sqlx::AssertSqlSafe;

use super::Private;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table mark (
    record blob not null primary key,
    read_at integer not null default 0,
    heard_at integer not null default 0,
    saved_at integer not null default 0
) strict, without rowid;
create index mark_saved on mark (saved_at desc, record) where saved_at > 0;
";

/// The marks of one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// It was opened.
    pub read: bool,
    /// It was listened to.
    pub heard: bool,
    /// It is kept.
    pub saved: bool,
}

impl Private {
    /// The marks of a record.
    pub async fn mark(&self, record: RecordId) -> Result<Mark> {
        let sql = "select read_at, heard_at, saved_at from mark where record = ?";
        let row: Option<(i64, i64, i64)> = sqlx::query_as(sql)
            .bind(record.as_bytes())
            .fetch_optional(&self.db.readers)
            .await?;
        Ok(row.map_or_else(Mark::default, |(read, heard, saved)| {
            mark(read, heard, saved)
        }))
    }

    /// The marks of many records, of which most have none.
    pub async fn marks(&self, records: &[RecordId]) -> Result<BTreeMap<RecordId, Mark>> {
        let places = vec!["?"; records.len()].join(",");
        let sql = format!(
            "select record, read_at, heard_at, saved_at from mark where record in ({places})"
        );
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for record in records {
            query = query.bind(record.as_bytes());
        }
        let rows: Vec<(Vec<u8>, i64, i64, i64)> = query.fetch_all(&self.db.readers).await?;
        let row = |(record, read, heard, saved): (Vec<u8>, i64, i64, i64)| {
            Ok((column::record_id(&record)?, mark(read, heard, saved)))
        };
        rows.into_iter().map(row).collect()
    }

    /// What the person keeps, kept last first.
    pub async fn saved(&self) -> Result<Vec<RecordId>> {
        let sql = "select record from mark where saved_at > 0 order by saved_at desc, record";
        let rows: Vec<Vec<u8>> = sqlx::query_scalar(sql).fetch_all(&self.db.readers).await?;
        rows.iter().map(|row| column::record_id(row)).collect()
    }

    /// It was opened.
    pub async fn set_read(&self, record: RecordId, at: Seconds) -> Result<()> {
        let sql = "insert into mark (record, read_at) values (?, ?)
                   on conflict (record) do update set read_at = excluded.read_at where read_at = 0";
        self.set(sql, record, at).await
    }

    /// It was listened to.
    pub async fn set_heard(&self, record: RecordId, at: Seconds) -> Result<()> {
        let sql = "insert into mark (record, heard_at) values (?, ?)
                   on conflict (record) do update set heard_at = excluded.heard_at where heard_at = 0";
        self.set(sql, record, at).await
    }

    /// Keeps it, or lets it go (`None`).
    pub async fn set_saved(&self, record: RecordId, at: Option<Seconds>) -> Result<()> {
        let sql = "insert into mark (record, saved_at) values (?, ?)
                   on conflict (record) do update set saved_at = excluded.saved_at";
        self.set(sql, record, at.unwrap_or_default()).await
    }

    async fn set(&self, sql: &'static str, record: RecordId, at: Seconds) -> Result<()> {
        sqlx::query(sql)
            .bind(record.as_bytes())
            .bind(column::int(at.0))
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }
}

fn mark(read_at: i64, heard_at: i64, saved_at: i64) -> Mark {
    Mark {
        read: read_at > 0,
        heard: heard_at > 0,
        saved: saved_at > 0,
    }
}

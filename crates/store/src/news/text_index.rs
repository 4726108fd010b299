//! Two contentless FTS5 tables over the texts of all languages: folded words, and words with their
//! accents. Their row ids are the records' keys.

use bantin_model::record::Record;
use bantin_search::{Hit, IndexText, Query, index_text, rank};
use sqlx::{AssertSqlSafe, SqliteConnection};

use super::News;
use super::arrival::TextOf;
use super::record::{KEY_BITS, RecordRow};
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create virtual table folded using fts5(words, content='', contentless_delete=1,
    tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mc Mn'\");
create virtual table exact using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mc Mn'\");
";

/// Words are parted before they come here and asked for one by one, so neither positions nor Unicode's
/// categories are needed: two thirds of the size and of the time. A first sync is written in few pieces
/// if each table may gather 4 MiB in memory.
pub(super) const MIGRATION_BARE: &str = "
drop table folded;
drop table exact;
create virtual table folded using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize='ascii');
create virtual table exact using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize='ascii');
insert into folded (folded, rank) values ('hashsize', 4194304);
insert into exact (exact, rank) values ('hashsize', 4194304);
";

/// Rows after which words are written. Each statement of several rows makes FTS5 write out what it
/// gathered in memory and merge it again later, so there should be few.
pub(super) const BATCH: usize = 1024;

/// The largest number of results.
pub const RESULTS_MAX: u32 = 50;

/// The newest matches, newest first. Keys are walked downwards until there are enough; within a day they
/// are in no order of time, so the whole last day is looked at.
pub(super) const NEWEST: [&str; 2] = [
    "with last (key, count) as (select min(rowid), count(*) from
         (select rowid from exact where exact match ?1 order by rowid desc limit ?2))
     select record.key, record.issued_at from last, exact
         join record on record.key = exact.rowid
     where exact match ?1
         and exact.rowid >= case when last.count < ?2 then last.key else last.key & ?3 end
     order by record.issued_at desc, record.key desc limit ?2",
    "with last (key, count) as (select min(rowid), count(*) from
         (select rowid from folded where folded match ?1 order by rowid desc limit ?2))
     select record.key, record.issued_at from last, folded
         join record on record.key = folded.rowid
     where folded match ?1
         and folded.rowid >= case when last.count < ?2 then last.key else last.key & ?3 end
     order by record.issued_at desc, record.key desc limit ?2",
];
/// Takes the number within the day off a key.
const WHOLE_DAY: i64 = -1 << KEY_BITS;

impl News {
    /// Keys of the records with every word of `query`: those with its accents first, each kind newest
    /// first, at most `limit` and never more than [`RESULTS_MAX`].
    pub async fn search(&self, query: &Query, limit: u32) -> Result<Vec<i64>> {
        let (Some(folded), Some(exact)) = (query.match_folded(), query.match_exact()) else {
            return Ok(Vec::new());
        };
        let limit = limit.min(RESULTS_MAX);
        let mut connection = self.db.readers.acquire().await?;
        let mut hits = Vec::new();
        for ((newest, words), exact) in NEWEST.into_iter().zip([exact, folded]).zip([true, false]) {
            // Those with the accents as typed stand first: a page full of them needs no others.
            if hits.len() >= limit as usize {
                break;
            }
            let rows: Vec<(i64, i64)> = sqlx::query_as(newest)
                .bind(&words)
                .bind(i64::from(limit))
                .bind(WHOLE_DAY)
                .fetch_all(&mut *connection)
                .await?;
            hits.extend(
                rows.into_iter()
                    .map(|(key, newest)| Hit { key, newest, exact }),
            );
        }
        let found = rank(hits, limit as usize);
        Ok(found.into_iter().map(|hit| hit.key).collect())
    }
}

impl News {
    /// Indexes everything held if nothing is indexed, as after a change of the index itself. All of it is
    /// durable when this returns, or nothing was changed.
    pub async fn index_again(&self, text: TextOf) -> Result<()> {
        let sql = "select exists (select 1 from record) and not exists (select 1 from folded)";
        let behind: bool = sqlx::query_scalar(sql).fetch_one(&self.db.readers).await?;
        if !behind {
            return Ok(());
        }
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        let mut after = -1;
        loop {
            let rows: Vec<RecordRow> = sqlx::query_as(
                "select key, place, bytes from record where key > ? order by key limit ?",
            )
            .bind(after)
            .bind(column::int(BATCH as u64))
            .fetch_all(&mut *tx)
            .await?;
            let Some(last) = rows.last() else { break };
            after = last.key;
            let words = |row: &RecordRow| Some((row.key, words_of(row, text)?));
            insert(&mut tx, rows.iter().filter_map(words).collect()).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn words_of(row: &RecordRow, text: TextOf) -> Option<IndexText> {
    let record = Record::from_bytes(&row.bytes).ok()?;
    let body = record.body().ok().filter(|_| record.place == row.place)?;
    text(&record, &body).map(|text| index_text(&text))
}

/// Writes the words of records, many to a statement. Keys must ascend: the index is built in memory
/// only as long as they do.
pub(super) async fn insert(tx: &mut SqliteConnection, rows: Vec<(i64, IndexText)>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let values = vec!["(?,?)"; rows.len()].join(",");
    let into = |table| {
        AssertSqlSafe(format!(
            "insert into {table} (rowid, words) values {values}"
        ))
    };
    let (mut folded, mut exact) = (sqlx::query(into("folded")), sqlx::query(into("exact")));
    for (key, text) in rows {
        folded = folded.bind(key).bind(text.folded);
        exact = exact.bind(key).bind(text.exact);
    }
    folded.execute(&mut *tx).await?;
    exact.execute(&mut *tx).await?;
    Ok(())
}

/// Takes a record's words out.
pub(super) async fn delete(tx: &mut SqliteConnection, key: i64) -> Result<()> {
    for sql in [
        "delete from folded where rowid = ?",
        "delete from exact where rowid = ?",
    ] {
        sqlx::query(sql).bind(key).execute(&mut *tx).await?;
    }
    Ok(())
}

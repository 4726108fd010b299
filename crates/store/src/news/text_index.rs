//! Two contentless FTS5 tables over the texts of all languages: folded words, and words with their
//! accents. Their row ids are the records' keys.

use std::cmp::Reverse;

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

/// Matches by key, the newest days first.
pub(super) const NEWEST: [&str; 2] = [
    "select record.key, record.issued_at from
         (select rowid from exact where exact match ?1 order by rowid desc limit ?2) as found
         join record on record.key = found.rowid",
    "select record.key, record.issued_at from
         (select rowid from folded where folded match ?1 order by rowid desc limit ?2) as found
         join record on record.key = found.rowid",
];
/// Within a day keys are in no order of time, so the whole last day of a page is looked at. So many more
/// than a page are asked for at first; a day with more of them costs a second look.
const DAY_ROWS: u32 = 78;
/// Matches of the second look.
const DAY_ROWS_MAX: u32 = 1 << KEY_BITS;

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
            let mut rows = found(&mut connection, newest, &words, limit + DAY_ROWS).await?;
            if may_lack(&rows, limit) {
                rows = found(&mut connection, newest, &words, limit + DAY_ROWS_MAX).await?;
            }
            hits.extend(
                rows.into_iter()
                    .map(|(key, newest)| Hit { key, newest, exact }),
            );
        }
        let found = rank(hits, limit as usize);
        Ok(found.into_iter().map(|hit| hit.key).collect())
    }
}

async fn found(
    connection: &mut SqliteConnection,
    sql: &'static str,
    words: &str,
    rows: u32,
) -> Result<Vec<(i64, i64)>> {
    let query = sqlx::query_as(sql).bind(words).bind(i64::from(rows));
    let mut rows: Vec<(i64, i64)> = query.fetch_all(connection).await?;
    rows.sort_unstable_by_key(|(key, _)| Reverse(*key));
    Ok(rows)
}

/// Whether a day that belongs on the page may have come in part: the last match asked for is of the same
/// day as the last that fits.
fn may_lack(rows: &[(i64, i64)], limit: u32) -> bool {
    let day = |(key, _): &(i64, i64)| key >> KEY_BITS;
    let last_shown = (limit as usize).checked_sub(1).and_then(|at| rows.get(at));
    let whole = rows.len() < (limit + DAY_ROWS) as usize;
    !whole && rows.last().map(day) == last_shown.map(day)
}

impl News {
    /// Indexes everything held if nothing is indexed, as after a change of the index itself. All of it is
    /// durable when this returns, or nothing was changed.
    pub async fn index_again(&self, text: TextOf) -> Result<()> {
        let behind = "select exists (select 1 from record) and not exists (select 1 from folded)";
        if !sqlx::query_scalar(behind)
            .fetch_one(&self.db.readers)
            .await?
        {
            return Ok(());
        }
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        // Another program that opened the file at the same moment may have done it.
        if !sqlx::query_scalar(behind).fetch_one(&mut *tx).await? {
            return Ok(());
        }
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

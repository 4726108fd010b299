//! Two contentless FTS5 tables over the texts of all languages: folded words, and words with their
//! accents. Their row ids are the records' keys below zero, so that walking upwards, which is what FTS5
//! does best, is walking back in time. Beside each stands a table of its different words.

use std::cmp::Reverse;

use bantin_model::id::RecordId;
use bantin_model::record::Record;
use bantin_search::{Form, Hit, IndexText, Indexer, Matching, NewWords, Query, rank};
use sqlx::{AssertSqlSafe, SqliteConnection};

use super::News;
use super::arrival::TextOf;
use super::record::{KEY_BITS, RecordRow};
use crate::{Result, StoreError, column};

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

/// The rows the other way round, and the words that begin as a person types: FTS5 gathers every document
/// of a beginning before it gives the first, of a few whole words it gives the first at once.
pub(super) const MIGRATION_BACKWARDS: &str = "
drop table folded;
drop table exact;
create virtual table folded using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize='ascii');
create virtual table exact using fts5(words, content='', contentless_delete=1, detail=none,
    tokenize='ascii');
insert into folded (folded, rank) values ('hashsize', 4194304);
insert into exact (exact, rank) values ('hashsize', 4194304);
create table folded_word (word text not null primary key) strict, without rowid;
create table exact_word (word text not null primary key) strict, without rowid;
";

/// Rows after which words are written. Each statement of several rows makes FTS5 write out what it
/// gathered in memory and merge it again later, so there should be few.
pub(super) const BATCH: usize = 1024;

/// The largest number of results.
pub const RESULTS_MAX: u32 = 50;

/// Row ids of one table's matches, the newest days first, at most ?2: of its MATCH string; or where the last word is
/// being typed, of that without it and every word within bounds in its place. More words than 128 and FTS5's own way
/// is the faster one.
macro_rules! matches {
    ($table:literal, $whole:literal, $others:literal, $from:literal, $before:literal) => {
        concat!(
            "select rowid from ",
            $table,
            " where ",
            $table,
            " match coalesce(
                (select ",
            $others,
            " || '(\"' || group_concat(word, '\" OR \"') || '\")' from
                    (select word from ",
            $table,
            "_word where word >= ",
            $from,
            " and word < ",
            $before,
            " limit 129)
                    having count(*) between 1 and 128),
                ",
            $whole,
            ") order by rowid limit ?2"
        )
    };
}

/// Keys, moments and ids of those of `$found` that may stand on a page of ?1: all up to the end of the day of the last one
/// that fits. They come as one text: the driver wakes the asking thread for each row, and a hundred wake-ups cost
/// more than the search.
macro_rules! page {
    ($found:literal) => {
        concat!(
            "(select coalesce(group_concat(key || ' ' || issued_at || ' ' || hex(id), ';'), '') from record where key in
                (select -rowid from ",
            $found,
            " where -rowid >= coalesce(
                    (select (-rowid >> 20) << 20 from ",
            $found,
            " order by rowid limit 1 offset ?1 - 1), 0)))"
        )
    };
}

/// Both pages in one go: those with the accents as typed, and unless these fill the page, those without.
pub(super) const NEWEST: &str = concat!(
    "with exactly as materialized (",
    matches!("exact", "?3", "?4", "?5", "?6"),
    "), anyhow as materialized (",
    matches!("folded", "?7", "?8", "?9", "?10"),
    ") select ",
    page!("exactly"),
    ", case when (select count(*) from exactly) < ?1 then ",
    page!("anyhow"),
    " else '' end"
);
/// Within a day keys are in no order of time, so the whole last day of a page is looked at. So many more
/// than a page are asked for at first; a day with more of them costs a second look.
const DAY_ROWS: u32 = 78;
const _: () = assert!(KEY_BITS == 20, "the query above parts keys there");
/// Matches of the second look.
const DAY_ROWS_MAX: u32 = 1 << KEY_BITS;

impl News {
    /// The records with every word of `query`: those with its accents first, each kind newest first, at most
    /// `limit` and never more than [`RESULTS_MAX`].
    pub async fn search(&self, query: &Query, limit: u32) -> Result<Vec<Match>> {
        let forms = [Form::Exact, Form::Folded].map(|form| query.matching(form));
        let [Some(exact), Some(folded)] = forms else {
            return Ok(Vec::new());
        };
        let limit = limit.min(RESULTS_MAX);
        let forms = [exact, folded];
        let mut texts = self.pages(&forms, limit, limit + DAY_ROWS).await?;
        if texts.iter().any(|text| may_lack(text, limit)) {
            texts = self.pages(&forms, limit, limit + DAY_ROWS_MAX).await?;
        }
        let mut hits = Vec::new();
        for (text, exact) in texts.iter().zip([true, false]) {
            for row in rows(text) {
                let (key, newest) = row.ok_or(StoreError::Damaged("index"))?;
                hits.push(Hit { key, newest, exact });
            }
        }
        let found = rank(hits, limit as usize);
        Ok(found.into_iter().map(|hit| hit.key).collect())
    }

    /// What may stand on a page of each form, out of at most `rows` matches of each.
    async fn pages(&self, forms: &[Matching; 2], limit: u32, rows: u32) -> Result<[String; 2]> {
        let mut query = sqlx::query_as(NEWEST)
            .bind(i64::from(limit))
            .bind(i64::from(rows));
        for matching in forms {
            let (others, beginning) = matching.beginning.clone().unzip();
            let after = beginning
                .as_ref()
                .map(|word| format!("{word}{}", char::MAX));
            query = query
                .bind(&matching.whole)
                .bind(others)
                .bind(beginning)
                .bind(after);
        }
        let (exact, folded): (String, String) = query.fetch_one(&self.db.readers).await?;
        Ok([exact, folded])
    }
}

/// A record that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// For [`News::records_at`].
    pub key: i64,
    /// Its name.
    pub record: RecordId,
}

/// The matches of a page and their moments; nothing for what cannot be read.
fn rows(text: &str) -> impl Iterator<Item = Option<(Match, i64)>> {
    text.split_terminator(';').map(|row| {
        let mut parts = row.split(' ');
        let (key, issued_at) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let record = RecordId::from_hex(parts.next()?)?;
        Some((Match { key, record }, issued_at))
    })
}

/// Whether a day that belongs on the page may have come in part: all that was asked for came and is on it.
fn may_lack(text: &str, limit: u32) -> bool {
    text.split_terminator(';').count() >= (limit + DAY_ROWS) as usize
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
        let (mut after, mut indexer) = (-1, Indexer::default());
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
            let words = |row: &RecordRow| Some((row.key, words_of(row, text, &mut indexer)?));
            insert(&mut tx, rows.iter().filter_map(words).collect()).await?;
            insert_new(&mut tx, indexer.new_words()).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn words_of(row: &RecordRow, text: TextOf, indexer: &mut Indexer) -> Option<IndexText> {
    let record = Record::from_bytes(&row.bytes).ok()?;
    let body = record.body().ok().filter(|_| record.place == row.place)?;
    text(&record, &body).map(|text| indexer.index(&text))
}

/// Writes the words of records, many to a statement. The index is built in memory only as long as row ids
/// ascend, so the newest come first.
pub(super) async fn insert(
    tx: &mut SqliteConnection,
    mut rows: Vec<(i64, IndexText)>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    rows.sort_unstable_by_key(|(key, _)| Reverse(*key));
    let values = vec!["(?,?)"; rows.len()].join(",");
    let into = |table| {
        AssertSqlSafe(format!(
            "insert into {table} (rowid, words) values {values}"
        ))
    };
    let (mut folded, mut exact) = (sqlx::query(into("folded")), sqlx::query(into("exact")));
    for (key, text) in rows {
        folded = folded.bind(-key).bind(text.folded);
        exact = exact.bind(-key).bind(text.exact);
    }
    folded.execute(&mut *tx).await?;
    exact.execute(&mut *tx).await?;
    Ok(())
}

/// Writes words that may be the first of their kind. One that no record has any more finds nothing and stays.
pub(super) async fn insert_new(tx: &mut SqliteConnection, words: NewWords) -> Result<()> {
    for (table, words) in [("folded", words.folded), ("exact", words.exact)] {
        for words in words.chunks(BATCH) {
            let values = vec!["(?)"; words.len()].join(",");
            let sql = format!("insert or ignore into {table}_word (word) values {values}");
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for word in words {
                query = query.bind(&**word);
            }
            query.execute(&mut *tx).await?;
        }
    }
    Ok(())
}

/// Takes a record's words out.
pub(super) async fn delete(tx: &mut SqliteConnection, key: i64) -> Result<()> {
    for sql in [
        "delete from folded where rowid = ?",
        "delete from exact where rowid = ?",
    ] {
        sqlx::query(sql).bind(-key).execute(&mut *tx).await?;
    }
    Ok(())
}

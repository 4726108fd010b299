//! Writing a run, and leaving one.

use bantin_search::{Indexer, Lists, WordList, run};
use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::news::News;
use crate::news::arrival::TextOf;
use crate::news::record::RecordRow;
use crate::{Result, StoreError, column};
use bantin_model::record::Record;

/// Memory of what is noted before its lists are written, in bytes: more than ten thousand texts of a page.
pub(in crate::news) const GATHERED_BYTES_MAX: usize = 16 << 20;

/// Words of one statement.
const WORDS_AT_ONCE: usize = 256;
/// Records read at once when all are indexed again.
const RECORDS_AT_ONCE: u64 = 512;

/// Whether there are records and no lists, as after a change of the lists themselves.
const BEHIND: &str = "select exists (select 1 from record) and not exists (select 1 from run)";

impl News {
    /// Indexes everything held if nothing is indexed. All of it is durable when this returns, or nothing was changed.
    pub async fn index_again(&self, text: TextOf) -> Result<()> {
        if !sqlx::query_scalar(BEHIND)
            .fetch_one(&self.db.readers)
            .await?
        {
            return Ok(());
        }
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        // Another program that opened the file at the same moment may have done it.
        if sqlx::query_scalar(BEHIND).fetch_one(&mut *tx).await? {
            index_all(&mut tx, text).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn index_all(tx: &mut SqliteConnection, text: TextOf) -> Result<()> {
    let (mut after, mut indexer, mut keys) = (-1, Indexer::default(), Vec::new());
    loop {
        let rows: Vec<RecordRow> = sqlx::query_as(
            "select key, place, bytes from record where key > ? order by key limit ?",
        )
        .bind(after)
        .bind(column::int(RECORDS_AT_ONCE))
        .fetch_all(&mut *tx)
        .await?;
        for row in &rows {
            after = row.key;
            if let Some(text) = text_of(row, text) {
                indexer.add(&text);
                keys.push(row.key);
            }
            if indexer.bytes() > GATHERED_BYTES_MAX {
                insert(tx, &std::mem::take(&mut keys), indexer.take()).await?;
            }
        }
        if rows.is_empty() {
            return insert(tx, &keys, indexer.take()).await;
        }
    }
}

fn text_of(row: &RecordRow, text: TextOf) -> Option<String> {
    let record = Record::from_bytes(&row.bytes).ok()?;
    let body = record.body().ok().filter(|_| record.place == row.place)?;
    text(&record, &body)
}

/// Writes a run. `keys`: those of the records whose texts are listed, ascending, one for each.
pub(in crate::news) async fn insert(
    tx: &mut SqliteConnection,
    keys: &[i64],
    lists: Lists,
) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    if keys.len() != lists.texts as usize {
        return Err(StoreError::Damaged("index"));
    }
    let run = begin(tx, keys).await?;
    for words in lists.words.chunks(WORDS_AT_ONCE) {
        insert_words(tx, run, words).await?;
    }
    Ok(())
}

/// Writes the run itself, its words to follow; its number.
pub(super) async fn begin(tx: &mut SqliteConnection, keys: &[i64]) -> Result<u32> {
    let run: u32 = sqlx::query_scalar("select coalesce(max(id), 0) + 1 from run")
        .fetch_one(&mut *tx)
        .await?;
    sqlx::query("insert into run (id, records, keys) values (?, ?, ?)")
        .bind(run)
        .bind(column::int(keys.len() as u64))
        .bind(run::framed(run, &run::keys(keys)))
        .execute(&mut *tx)
        .await?;
    Ok(run)
}

/// Writes words of a run, in ascending order.
pub(super) async fn insert_words(
    tx: &mut SqliteConnection,
    run: u32,
    words: &[WordList],
) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let values = vec!["(?,?,?,?)"; words.len()].join(",");
    // As in `record::insert`: without it SQLite keeps a copy of every page that the statement touches.
    let sql = format!("insert or fail into word (run, form, word, records) values {values}");
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for word in words {
        query = query
            .bind(run)
            .bind(word.form as u8)
            .bind(&*word.word)
            .bind(run::framed(run, &word.texts));
    }
    query.execute(tx).await?;
    Ok(())
}

/// Takes a record out: its key is given to no other until no run lists it any more.
pub(in crate::news) async fn leave(tx: &mut SqliteConnection, key: i64) -> Result<()> {
    sqlx::query("insert or ignore into stale (key) values (?)")
        .bind(key)
        .execute(tx)
        .await?;
    Ok(())
}

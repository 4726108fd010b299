//! What SQLite alone needs: the rows of a phone's records, and their words in two FTS5 tables, folded before the clock
//! starts, written in one durable transaction. The store itself has made the table of the rows.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use bantin_model::record::Record;
use bantin_search::tokens;
use bantin_store::{Bounds, News};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous, SqliteValueRef};
use sqlx::{
    AssertSqlSafe, Connection, Decode, Row as _, Sqlite, SqliteConnection, TypeInfo, ValueRef,
};

use crate::village::news_file;

/// Rows of one statement; of 1, 32, 100 and 500 the fastest: FTS5 writes out what it holds at every statement.
const BATCH: usize = 500;

/// The leanest tables that tell who has a word: no positions, no copy of the text, each gathering 4 MiB before it writes.
const TABLES: &str = "
create virtual table folded using fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
create virtual table exact using fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
insert into folded (folded, rank) values ('hashsize', 4194304);
insert into exact (exact, rank) values ('hashsize', 4194304);
";

/// A value of some column, whichever columns the table has.
#[derive(Clone, Debug)]
enum Cell {
    Nothing,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// What is written.
pub(super) struct Rows {
    columns: Vec<String>,
    records: Vec<Vec<Cell>>,
    /// Key, folded words, exact words.
    words: Vec<(i64, String, String)>,
}

impl Rows {
    /// Those of a phone that has everything.
    pub(super) async fn of(phone: &Path) -> anyhow::Result<Self> {
        let mut connection = open(&news_file(phone)).await?;
        let columns: Vec<String> =
            sqlx::query_scalar("select name from pragma_table_info('record')")
                .fetch_all(&mut connection)
                .await?;
        let found = sqlx::query("select * from record order by key")
            .fetch_all(&mut connection)
            .await?;
        let (mut records, mut words) = (Vec::new(), Vec::new());
        for row in &found {
            let cells = 0..columns.len();
            let cells = cells.map(|at| cell(row.try_get_raw(at)?));
            records.push(cells.collect::<anyhow::Result<_>>()?);
            let record = Record::from_bytes(row.try_get("bytes")?)?;
            let body = record.body().ok();
            let text = body.and_then(|body| bantin_view::searchable(&record, &body));
            if let Some(text) = text {
                let [folded, exact] = words_of(&text.text);
                words.push((row.try_get("key")?, folded, exact));
            }
        }
        connection.close().await?;
        Ok(Self {
            columns,
            records,
            words,
        })
    }

    /// Records.
    pub(super) fn count(&self) -> usize {
        self.records.len()
    }

    /// Writes everything into a new file below `folder`: seconds from the first statement until it is durable.
    pub(super) async fn insert(&self, folder: &Path) -> anyhow::Result<f64> {
        std::fs::create_dir_all(folder)?;
        let file = news_file(folder);
        // The store makes the tables: the schema cannot differ.
        let store = News::open(&file, Bounds::default()).await?;
        store.close().await;
        let mut connection = open(&file).await?;
        sqlx::raw_sql(TABLES).execute(&mut connection).await?;
        let started = Instant::now();
        let mut tx = connection.begin_with("begin immediate").await?;
        for batch in self.records.chunks(BATCH) {
            self.insert_records(&mut tx, batch).await?;
        }
        for (table, form) in [("folded", 0), ("exact", 1)] {
            for batch in self.words.chunks(BATCH) {
                insert_words(&mut tx, table, form, batch).await?;
            }
        }
        tx.commit().await?;
        let seconds = started.elapsed().as_secs_f64();
        let found: i64 = sqlx::query_scalar("select count(*) from folded where folded match 'tin'")
            .fetch_one(&mut connection)
            .await?;
        ensure!(found > 0, "the bare index finds nothing");
        connection.close().await?;
        Ok(seconds)
    }

    async fn insert_records(
        &self,
        tx: &mut SqliteConnection,
        batch: &[Vec<Cell>],
    ) -> anyhow::Result<()> {
        let marks = format!("({})", vec!["?"; self.columns.len()].join(","));
        let values = vec![marks; batch.len()].join(",");
        let sql = format!(
            "insert into record ({}) values {values}",
            self.columns.join(",")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for cell in batch.iter().flatten() {
            query = match cell {
                Cell::Nothing => query.bind(None::<i64>),
                Cell::Int(int) => query.bind(int),
                Cell::Text(text) => query.bind(text),
                Cell::Blob(blob) => query.bind(blob.as_slice()),
            };
        }
        query.execute(tx).await?;
        Ok(())
    }
}

async fn insert_words(
    tx: &mut SqliteConnection,
    table: &str,
    form: usize,
    batch: &[(i64, String, String)],
) -> anyhow::Result<()> {
    let values = vec!["(?,?)"; batch.len()].join(",");
    let sql = format!("insert into {table} (rowid, words) values {values}");
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (key, folded, exact) in batch {
        query = query.bind(key).bind(if form == 0 { folded } else { exact });
    }
    query.execute(tx).await?;
    Ok(())
}

/// The different words of a text, folded and exact, joined by spaces.
fn words_of(text: &str) -> [String; 2] {
    let (mut folded, mut exact) = (BTreeSet::new(), BTreeSet::new());
    for token in tokens(text) {
        folded.insert(token.folded);
        exact.insert(token.exact);
    }
    [folded, exact].map(|words| words.into_iter().collect::<Vec<_>>().join(" "))
}

/// With the store's own settings for its writing connection.
async fn open(file: &Path) -> anyhow::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .pragma("journal_size_limit", (4 << 20).to_string())
        .pragma("cache_size", format!("-{}", Bounds::default().cache_kib));
    Ok(SqliteConnection::connect_with(&options).await?)
}

fn cell(value: SqliteValueRef<'_>) -> anyhow::Result<Cell> {
    if value.is_null() {
        return Ok(Cell::Nothing);
    }
    let kind = value.type_info().name().to_owned();
    let decoded = match kind.as_str() {
        "INTEGER" => <i64 as Decode<Sqlite>>::decode(value).map(Cell::Int),
        "TEXT" => <String as Decode<Sqlite>>::decode(value).map(Cell::Text),
        "BLOB" => <Vec<u8> as Decode<Sqlite>>::decode(value).map(Cell::Blob),
        other => anyhow::bail!("no column of a record is of type {other}"),
    };
    decoded.map_err(|error| anyhow::anyhow!(error))
}

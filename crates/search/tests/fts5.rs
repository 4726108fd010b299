//! The same golden file in real SQLite FTS5, and proof that no input makes SQLite complain.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use bantin_search::golden::golden;
use bantin_search::{Hit, Limits, Postings, Query, index_text, rank, tokens};
use sqlx::{Connection, SqliteConnection};

const SCHEMA: &str = "
create virtual table folded using fts5(words, content='', detail=none, tokenize='ascii');
create virtual table exact using fts5(words, content='', detail=none, tokenize='ascii');
create virtual table folded_words using fts5vocab(folded, 'row');
create virtual table exact_words using fts5vocab(exact, 'row');
";

struct Fts5 {
    connection: SqliteConnection,
}

impl Fts5 {
    async fn open() -> Self {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql(SCHEMA)
            .execute(&mut connection)
            .await
            .unwrap();
        Self { connection }
    }

    async fn insert(&mut self, key: i64, text: &str) {
        let index = index_text(text);
        for (table, words) in [("folded", index.folded), ("exact", index.exact)] {
            let sql = format!("insert into {table} (rowid, words) values (?, ?)");
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(key)
                .bind(words)
                .execute(&mut self.connection)
                .await
                .unwrap();
        }
    }

    async fn rows(&mut self, table: &str, text: &str) -> Result<Vec<i64>, sqlx::Error> {
        let sql = format!("select rowid from {table} where {table} match ? order by rowid desc");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(text.to_owned())
            .fetch_all(&mut self.connection)
            .await
    }

    /// As the store searches, with `newest` looked up outside.
    async fn search(&mut self, query: &Query, newest: impl Fn(i64) -> i64) -> Vec<i64> {
        let (Some(folded), Some(exact)) = (query.match_folded(), query.match_exact()) else {
            return Vec::new();
        };
        let mut hits = Vec::new();
        for (table, text, exact) in [("folded", folded, false), ("exact", exact, true)] {
            let rows = self.rows(table, &text).await;
            for key in rows.unwrap_or_else(|e| panic!("{text}: {e}")) {
                let newest = newest(key);
                hits.push(Hit { key, newest, exact });
            }
        }
        rank(hits, 50).into_iter().map(|hit| hit.key).collect()
    }
}

#[tokio::test(flavor = "current_thread")]
async fn fts5_passes_the_golden_file() {
    let golden = golden().unwrap();
    let mut fts5 = Fts5::open().await;
    for document in &golden.documents {
        fts5.insert(document.key.into(), &document.text).await;
    }
    let newest = |key: i64| {
        let mut documents = golden.documents.iter();
        documents.find(|d| i64::from(d.key) == key).unwrap().newest
    };
    for case in &golden.cases {
        let query = Query::parse(&case.query, Limits::default());
        let expected: Vec<i64> = case.expected.iter().map(|k| i64::from(*k)).collect();
        let found = fts5.search(&query, newest).await;
        assert_eq!(found, expected, "{:?}: {}", case.query, case.why);
    }
}

/// Every character once, between two letters, as a word of its own.
fn every_character() -> impl Iterator<Item = (char, String)> {
    (char::MIN..=char::MAX)
        .filter(|c| !('\u{F0000}'..).contains(c))
        .map(|c| (c, format!("x{c}x")))
}

#[tokio::test(flavor = "current_thread")]
async fn sqlite_never_splits_a_token_again() {
    let mut fts5 = Fts5::open().await;
    let mut ours: Vec<(char, String)> = Vec::new();
    for (c, word) in every_character() {
        let found: Vec<String> = tokens(&word).map(|t| t.exact).collect();
        // Only what we keep whole can be split by SQLite; ASCII letters are beyond doubt.
        if let [one] = found.as_slice()
            && one.chars().count() > 2
            && !c.is_ascii()
        {
            ours.push((c, one.clone()));
        }
    }
    assert!(ours.len() > 10_000, "the check reads real letters");
    for chunk in ours.chunks(500) {
        let text: Vec<&str> = chunk.iter().map(|(_, word)| word.as_str()).collect();
        let sql = "insert into folded (words) values (?)";
        sqlx::query(sql)
            .bind(text.join(" "))
            .execute(&mut fts5.connection)
            .await
            .unwrap();
    }
    let split: Vec<String> = sqlx::query_scalar("select term from folded_words where term = 'x'")
        .fetch_all(&mut fts5.connection)
        .await
        .unwrap();
    if !split.is_empty() {
        let mut culprits = Vec::new();
        for (c, word) in &ours {
            let mut one = Fts5::open().await;
            one.insert(1, word).await;
            if !one.rows("folded", "x").await.unwrap().is_empty() {
                culprits.push(format!("U+{:04X}", u32::from(*c)));
            }
        }
        panic!("SQLite splits words at {}", culprits.join(" "));
    }
}

#[tokio::test(flavor = "current_thread")]
async fn hostile_input_is_a_legal_query_or_none() {
    let mut fts5 = Fts5::open().await;
    let mai = "Mai hỏi về hỗ trợ đồng bào មនុស្ស ꨀꨇꩉ ꨌꩌ";
    fts5.insert(1, mai).await;
    let mut memory = Postings::new();
    memory.insert(1, 1, mai);
    let zalgo = format!("h{}o", "\u{0301}\u{0489}".repeat(5_000));
    let inputs = [
        "\"".to_owned(),
        "\" OR 1 --".to_owned(),
        "mai AND (".to_owned(),
        "words : mai".to_owned(),
        "NEAR(mai hoi, 2)".to_owned(),
        "^mai*".to_owned(),
        "mai\0hoi".to_owned(),
        "\u{202e}iam\u{202c} \u{200f}mai".to_owned(),
        "<script>mai</script>".to_owned(),
        "a".repeat(100_000),
        "mai ".repeat(25_000),
        "ស្ស".repeat(30_000),
        "👩‍👩‍👧‍👦 \u{1F130}a\u{20DD}b".to_owned(),
        "\u{1E900}x\u{11A50}x\u{10FFFF}\u{E000}x".to_owned(),
        zalgo,
    ];
    for input in inputs {
        let shown: String = input.chars().take(30).collect();
        let query = Query::parse(&input, Limits::default());
        assert!(query.terms().len() <= 16, "{shown:?} is bounded");
        let sqlite = fts5.search(&query, |_| 1).await;
        let browser: Vec<i64> = memory
            .search(&query, 50)
            .iter()
            .map(|hit| i64::from(hit.key))
            .collect();
        assert_eq!(sqlite, browser, "{shown:?}: both engines agree");
    }
}

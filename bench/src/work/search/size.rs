//! What the indexes take on the disk.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

use crate::corpus::Document;
use crate::village::{Phone, news_file};
use bantin_row::{Bound, Row};

/// Pages of everything that only searching needs.
const PAGES: &str = "select coalesce(sum(pgsize), 0) from dbstat
    where name in ('word', 'run', 'stale')";

/// Bytes of both indexes against the bytes of the texts.
pub(super) async fn row(phone: &Phone, texts: &[Document]) -> anyhow::Result<Row> {
    let options = SqliteConnectOptions::new().filename(news_file(phone.data()));
    let mut connection = SqliteConnection::connect_with(&options.read_only(true)).await?;
    let bytes: i64 = sqlx::query_scalar(PAGES).fetch_one(&mut connection).await?;
    connection.close().await?;
    anyhow::ensure!(bytes > 0, "the phone has no index of that name");
    let text: usize = texts.iter().map(|document| document.text().len()).sum();
    Ok(Row::new("search/index", "bytes", bytes as f64)
        .beside("the texts", Some(text as f64))
        .goal(Bound::RatioAtMost, 0.9)
        .noted("pages of both indexes, with and without accents, as SQLite counts them"))
}

//! Opening a database file, and bringing it to the newest version.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection, SqlitePool};

use crate::{Result, StoreError};

/// The log is brought into the file when it is longer, and cut back to this length.
const LOG_BYTES: u64 = 4 << 20;

/// What a database may use.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Memory of the writing connection's page cache, in KiB; each reader takes a quarter.
    pub cache_kib: u32,
    /// Largest file, in bytes: what is written beyond is refused as on a full disk.
    pub bytes_max: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            cache_kib: 8 << 10,
            bytes_max: 4 << 30,
        }
    }
}

/// What is in a database file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema<'a> {
    /// Page size of a new file, in bytes; one that is there keeps its own.
    pub(crate) page_bytes: u32,
    /// What made the tables, oldest first. A shipped migration is never edited.
    pub(crate) migrations: &'a [&'a str],
}

/// One writing connection and a few that only read.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
}

impl Database {
    /// Opens or makes the file and runs those of the migrations that it has not seen yet.
    pub(crate) async fn open(path: &Path, bounds: Bounds, schema: Schema<'_>) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .page_size(schema.page_bytes)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // The command line and the app may have the same file open.
            .busy_timeout(Duration::from_secs(10))
            .pragma("journal_size_limit", LOG_BYTES.to_string());
        let cached = |kib: u32| options.clone().pragma("cache_size", format!("-{kib}"));
        let writer = pool(1)
            .after_connect(move |connection, _| Box::pin(limit(connection, bounds.bytes_max)))
            .after_release(|connection, _| Box::pin(is_whole(connection)))
            .connect_with(cached(bounds.cache_kib))
            .await?;
        migrate(&writer, schema.migrations).await?;
        let readers = pool(2)
            .connect_with(cached(bounds.cache_kib / 4).read_only(true))
            .await?;
        Ok(Self { writer, readers })
    }

    /// Waits for what runs and closes the file.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Size of everything in the file, in bytes.
    pub(crate) async fn bytes(&self) -> Result<u64> {
        let sql = "select page_count * page_size from pragma_page_count, pragma_page_size";
        let bytes: i64 = sqlx::query_scalar(sql).fetch_one(&self.readers).await?;
        Ok(crate::column::unsigned(bytes))
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(0)
        .idle_timeout(None)
        .max_lifetime(None)
        // There is no server that could have gone away, and asking costs as much as a query.
        .test_before_acquire(false)
}

/// Lets the file grow to so many bytes and the log to [`LOG_BYTES`], whatever the file's pages are.
async fn limit(
    connection: &mut SqliteConnection,
    bytes_max: u64,
) -> std::result::Result<(), sqlx::Error> {
    let page_bytes: u32 = sqlx::query_scalar("pragma page_size")
        .fetch_one(&mut *connection)
        .await?;
    let pages = |bytes: u64| (bytes / u64::from(page_bytes.max(1))).max(1);
    let sql = format!(
        "pragma max_page_count = {}; pragma wal_autocheckpoint = {}",
        pages(bytes_max),
        pages(LOG_BYTES)
    );
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether a connection that was given back may be used again. On a full disk SQLite ends the
/// transaction by itself; the rollback that follows then fails, and the driver believes for ever after
/// that one is open. Such a connection is closed.
async fn is_whole(connection: &mut SqliteConnection) -> std::result::Result<bool, sqlx::Error> {
    // The rollback is only queued: the answer to this comes after it was tried.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// The number of migrations done is the file's `user_version`. A shipped migration is never edited.
async fn migrate(writer: &SqlitePool, migrations: &[&str]) -> Result<()> {
    let mut transaction = writer.begin_with("begin immediate").await?;
    let done: i64 = sqlx::query_scalar("pragma user_version")
        .fetch_one(&mut *transaction)
        .await?;
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    if done > migrations.len() {
        return Err(StoreError::Newer(done as i64));
    }
    for migration in migrations.iter().skip(done) {
        sqlx::raw_sql(AssertSqlSafe((*migration).to_owned()))
            .execute(&mut *transaction)
            .await?;
    }
    if done < migrations.len() {
        let version = format!("pragma user_version = {}", migrations.len());
        sqlx::raw_sql(AssertSqlSafe(version))
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

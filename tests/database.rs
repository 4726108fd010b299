//! SQLite's own word on a database.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

/// Whether the file passes `integrity_check` and `foreign_key_check`. It must be nobody's at the moment.
pub fn is_whole(path: &Path) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime
        .expect("a runtime")
        .block_on(look(path))
        .is_ok_and(|whole| whole)
}

async fn look(path: &Path) -> Result<bool, sqlx::Error> {
    let mut open = SqliteConnectOptions::new().filename(path).connect().await?;
    let said: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(&mut open)
        .await?;
    let dangling = sqlx::query("PRAGMA foreign_key_check")
        .fetch_all(&mut open)
        .await?;
    open.close().await?;
    Ok(said == ["ok"] && dangling.is_empty())
}

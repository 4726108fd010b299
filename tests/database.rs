//! SQLite's own word on a database.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

/// Changes a database by hand, as a bug would have or as time would.
pub fn change(path: &Path, statement: &'static str) {
    let changed = async {
        let mut open = SqliteConnectOptions::new().filename(path).connect().await?;
        sqlx::query(statement).execute(&mut open).await?;
        open.close().await
    };
    run(changed).expect("a database can be changed");
}

/// Whether the file passes `integrity_check` and `foreign_key_check`. It must be nobody's at the moment.
pub fn is_whole(path: &Path) -> bool {
    run(look(path)).is_ok_and(|whole| whole)
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(work)
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

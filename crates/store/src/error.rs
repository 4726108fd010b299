//! Why something could not be read or kept.

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room left: nothing of the write was kept, and everything from before is still there.
    #[error("no room left")]
    Full,
    /// A key that names one act or thing is already there.
    #[error("already there")]
    Taken,
    /// A stored value cannot be what was written.
    #[error("the stored {0} is damaged")]
    Damaged(&'static str),
    /// Written by a newer version of this program.
    #[error("the file is of version {0}, newer than this program")]
    Newer(i64),
    /// Anything else the database says.
    #[error(transparent)]
    Database(sqlx::Error),
}

/// SQLite's result codes that callers branch on: `SQLITE_FULL`, and a primary or unique key that is
/// already there.
const FULL: &str = "13";
const TAKEN: [&str; 2] = ["1555", "2067"];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(database) => database.code().map(|code| code.into_owned()),
            sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => {
                return Self::Full;
            }
            _ => None,
        };
        match code.as_deref() {
            Some(FULL) => Self::Full,
            Some(code) if TAKEN.contains(&code) => Self::Taken,
            _ => Self::Database(error),
        }
    }
}

//! Why the store did not do what was asked.

/// A failure of the store. Only [`StoreError::Full`], [`StoreError::Busy`] and [`StoreError::Taken`] are
/// branched on; the others are logged.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room on the disk, or the configured size of the database is reached. Nothing was kept.
    #[error("no room left")]
    Full,
    /// Another process held the database for too long.
    #[error("the database is busy")]
    Busy,
    /// The name is taken.
    #[error("{0} is already there")]
    Taken(&'static str),
    /// A stored value is none of those this version writes.
    #[error("a stored {0} cannot be read")]
    Damaged(&'static str),
    /// The file was written by a newer version.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// Version of the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// Anything else the database says.
    #[error("database: {0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(inner) => inner.code().and_then(|code| code.parse::<u32>().ok()),
            sqlx::Error::PoolTimedOut => return Self::Busy,
            _ => None,
        };
        // The low byte is SQLite's primary result code: 5 BUSY, 6 LOCKED, 13 FULL.
        match code.map(|code| code & 0xff) {
            Some(5 | 6) => Self::Busy,
            Some(13) => Self::Full,
            _ => Self::Database(error),
        }
    }
}

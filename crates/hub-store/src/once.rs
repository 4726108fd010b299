//! Names of acts that were done, so that a double click does them once.

use async_trait::async_trait;
use bantin_model::time::Seconds;

use crate::Result;

/// An act and what came of it. Kept in the transaction that does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// Name of the act; callers put the officer's sign-in name in front.
    pub key: String,
    /// What to answer when it is asked for again.
    pub result: String,
    /// When.
    pub at: Seconds,
}

/// Acts that were done.
#[async_trait]
pub trait OnceKeys {
    /// The result of an act that was done.
    async fn once(&self, key: &str) -> Result<Option<String>>;
    /// Forgets acts older than `before`; how many.
    async fn expire_once(&self, before: Seconds) -> Result<u64>;
}

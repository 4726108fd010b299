//! What the hub knows about itself.

use async_trait::async_trait;
use std::path::Path;

use crate::Result;

/// The hub's own state.
#[async_trait]
pub trait States {
    /// True after a restore, until a new epoch was signed from above: such a hub serves nothing.
    async fn resting(&self) -> Result<bool>;
    /// Sets [`Self::resting`].
    async fn set_resting(&self, resting: bool) -> Result<()>;
    /// Writes a consistent copy of everything to a new file.
    async fn copy_to(&self, file: &Path) -> Result<()>;
    /// What is wrong with the stored data; empty if nothing is.
    async fn check(&self) -> Result<Vec<String>>;
}

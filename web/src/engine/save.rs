//! Commits: private ones are strict and numbered, so that every tab sees them.

use bantin_wire::Failure;

use super::{Engine, key, store_failure};
use crate::host::{Change, Durability, Host, StoreError, Table};
use crate::private;

impl<H: Host> Engine<H> {
    /// Makes private changes durable and reads the private state anew. Under the write lock only.
    pub(crate) async fn save(&self, changes: Vec<Change>) -> Result<(), Failure> {
        self.save_rows(changes).await.map_err(store_failure)?;
        self.load_private().await?;
        self.host.changed();
        Ok(())
    }

    async fn save_rows(&self, mut changes: Vec<Change>) -> Result<(), StoreError> {
        let next = private::generation(&self.host).await?.wrapping_add(1);
        changes.push(state(private::key::GENERATION, &next));
        self.host.commit(changes, Durability::Strict).await
    }

    /// Makes changes of news atomic; a hub can give them again. Under the write lock only. The caller
    /// changes the memory alike.
    pub(crate) async fn save_news(&self, mut changes: Vec<Change>) -> Result<(), StoreError> {
        let next = private::state(&self.host, key::GENERATION).await?;
        let next: u64 = next.unwrap_or(0u64).wrapping_add(1);
        changes.push(state(key::GENERATION, &next));
        self.host.commit(changes, Durability::Relaxed).await?;
        self.news_generation.set(Some(next));
        Ok(())
    }
}

/// A value of [`Table::State`].
pub(crate) fn state<T: serde::Serialize>(name: &str, value: &T) -> Change {
    // Our rows have text keys only, so JSON cannot refuse them.
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    Change::Put(Table::State, name.to_owned(), bytes)
}

//! Room for pictures and sound of the news: what was opened or heard longest ago leaves first. Nothing
//! else ever leaves: texts, letters, drafts and their photos are in other places.

use std::collections::BTreeSet;

use bantin_model::id::Hash;

use crate::{Engine, Result, file};

impl Engine {
    /// Room for pictures and sound, in bytes.
    pub(crate) fn media_most_bytes(&self) -> u64 {
        let chosen = self.inner.wire.meter.limits().media_bytes;
        chosen.unwrap_or(self.inner.config.media_budget_bytes)
    }

    /// Keeps a blob: it is listed before its file is there, so that no cut leaves a file that nobody counts.
    pub(crate) async fn keep_blob(&self, hash: &Hash, bytes: &[u8]) -> Result<()> {
        let news = self.stores().await.news;
        news.blob_used(hash, bytes.len() as u64, self.now()).await?;
        let written = file::write_durable(&self.inner.folders.blob(hash), bytes).await;
        if written.is_err() {
            // Without a file there is nothing to list; a row that stays does no harm.
            let _ = news.forget_blob(hash).await;
        }
        Ok(written?)
    }

    /// Lets pictures and sound go that have no room, none of `keep` among them. The file goes before its row:
    /// after a cut in between the row is met again.
    pub(crate) async fn make_room(&self, keep: &BTreeSet<Hash>) -> Result<()> {
        let news = self.stores().await.news;
        for old in news.longest_unused(self.media_most_bytes(), keep).await? {
            file::delete(&self.inner.folders.blob(&old)).await?;
            news.forget_blob(&old).await?;
        }
        Ok(())
    }
}

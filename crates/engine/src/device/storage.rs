//! Bytes held and moved.

use std::io;
use std::path::Path;

use bantin_wire::ipc::device::Storage;
use tokio::fs;

use crate::{Engine, Result};

impl Engine {
    /// Bytes on this device and over the network.
    ///
    /// # Errors
    /// The store.
    pub async fn storage(&self) -> Result<Storage> {
        let stores = self.stores().await;
        self.keep_counts().await;
        let spent = stores
            .news
            .spending()
            .await?
            .spent(self.today_judged().await?);
        let files = stores.private.photo_bytes().await?;
        let outgoing = bytes_in(&self.inner.folders.outgoing()).await?
            + bytes_in(&self.inner.folders.carried()).await?;
        let segments = bytes_in(&self.inner.folders.segments()).await?;
        Ok(Storage {
            news_bytes: stores.news.bytes().await? + segments,
            media_bytes: stores.news.blob_bytes().await?,
            private_bytes: stores.private.bytes().await? + files + outgoing,
            traffic_today_bytes: spent.today,
            traffic_month_bytes: spent.month,
        })
    }
}

async fn bytes_in(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    let mut entries = fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        bytes += entry.metadata().await?.len();
    }
    Ok(bytes)
}

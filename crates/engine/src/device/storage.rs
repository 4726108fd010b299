//! Bytes held and moved.

use bantin_model::conversation::Date;
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
        let (today, month) = stores.news.traffic(&self.today().to_string()).await?;
        let files = stores.private.photo_bytes().await?;
        let mut outgoing = 0;
        let mut entries = fs::read_dir(self.inner.folders.outgoing()).await?;
        while let Some(entry) = entries.next_entry().await? {
            outgoing += entry.metadata().await?.len();
        }
        Ok(Storage {
            news_bytes: stores.news.bytes().await?,
            media_bytes: stores.news.blob_bytes().await?,
            private_bytes: stores.private.bytes().await? + files + outgoing,
            traffic_today_bytes: today,
            traffic_month_bytes: month,
        })
    }

    /// The day it is on this device.
    pub(crate) fn today(&self) -> Date {
        Date::of(self.now(), self.inner.config.utc_offset_minutes)
    }
}

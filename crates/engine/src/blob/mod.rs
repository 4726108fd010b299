//! Pictures and sound of the news: verified by hash, cached under a budget, continued after a cut.

use bantin_model::id::Hash;
use bantin_model::record::Blob;
use bantin_wire::Code;
use bantin_wire::http::BLOBS;

use crate::{Engine, Error, Result, file};

impl Engine {
    /// The bytes of a blob, fetched if it is not here and a hub can be reached.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::Offline`]; [`Code::NotGenuine`] if other bytes came; no room.
    pub async fn blob(&self, hash: Hash) -> Result<Vec<u8>> {
        let stores = self.stores().await;
        let path = self.inner.folders.blob(&hash);
        if let Some(bytes) = file::read(&path).await? {
            if Hash::of(&bytes) == hash {
                stores
                    .news
                    .blob_used(&hash, bytes.len() as u64, self.now())
                    .await?;
                return Ok(bytes);
            }
            // A card that lost bits: the hub has it whole.
            file::delete(&path).await?;
            stores.news.forget_blob(&hash).await?;
        }
        let follow = stores.news.follow().await?.ok_or(Code::NotFound)?;
        self.blob_from(&follow.hub, hash).await
    }

    /// Fetches a blob from the node at an address and keeps it.
    pub(crate) async fn blob_from(&self, base: &str, hash: Hash) -> Result<Vec<u8>> {
        let stores = self.stores().await;
        let path = self.inner.folders.blob(&hash);
        let partial = self.inner.folders.partial_file(&hash);
        let hub = self.inner.wire.hub(base);
        let fetched = hub.file(BLOBS, &hash, Blob::BYTES_MAX, &partial).await;
        let bytes = fetched.map_err(Error::from)?;
        if Hash::of(&bytes) != hash {
            file::delete(&partial).await?;
            return Err(Code::NotGenuine.into());
        }
        file::write_durable(&path, &bytes).await?;
        file::delete(&partial).await?;
        stores
            .news
            .blob_used(&hash, bytes.len() as u64, self.now())
            .await?;
        for old in stores
            .news
            .evict_blobs(self.inner.config.media_budget_bytes)
            .await?
        {
            file::delete(&self.inner.folders.blob(&old)).await?;
        }
        Ok(bytes)
    }
}

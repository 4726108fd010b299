//! Pictures and sound of the news: verified by hash, cached under a budget, continued after a cut.

use std::collections::BTreeSet;

use bantin_model::budget::{DataKind, Wish};
use bantin_model::id::Hash;
use bantin_model::record::Blob;
use bantin_wire::Code;
use bantin_wire::http::BLOBS;
use bantin_wire::ipc::media::BlobArgs;

use crate::hub::Hub;
use crate::{Engine, Error, Result, file};

impl Engine {
    /// The bytes of a blob that a person asked for: see [`Engine::blob_get`].
    ///
    /// # Errors
    /// As [`Engine::blob_get`].
    pub async fn blob(&self, hash: Hash) -> Result<Vec<u8>> {
        let asked = BlobArgs {
            hash,
            kind: None,
            asked: true,
        };
        self.blob_get(&asked).await
    }

    /// The bytes of a blob, fetched if it is not here, a hub can be reached and the person's limits allow it.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::Offline`]; [`Code::NotGenuine`] if other bytes came;
    /// [`Code::DataSpent`]; [`Code::DataWaits`] if nobody asked for it and it waits; no room.
    pub async fn blob_get(&self, args: &BlobArgs) -> Result<Vec<u8>> {
        let hash = args.hash;
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
        self.renew_meter().await?;
        let kind = args.kind.unwrap_or(DataKind::Rest);
        let hub = self
            .inner
            .wire
            .hub(&follow.hub)
            .on(kind, 0, Wish::of(args.asked));
        let bytes = self.metered(self.blob_from(&hub, hash)).await?;
        self.make_room(&BTreeSet::from([hash])).await?;
        Ok(bytes)
    }

    /// Fetches a blob and keeps it; making room is the caller's.
    pub(crate) async fn blob_from(&self, hub: &Hub, hash: Hash) -> Result<Vec<u8>> {
        let partial = self.inner.folders.partial_file(&hash);
        let fetched = hub.file(BLOBS, &hash, Blob::BYTES_MAX, &partial).await;
        let bytes = fetched.map_err(Error::from)?;
        if Hash::of(&bytes) != hash {
            file::delete(&partial).await?;
            return Err(Code::NotGenuine.into());
        }
        self.keep_blob(&hash, &bytes).await?;
        file::delete(&partial).await?;
        Ok(bytes)
    }
}

//! Pictures and sounds that mirrored records name: the newest first, of one record the smallest first,
//! within the operator's budget. What no record names any more goes: a picture that was taken back is
//! then gone here too.

use std::collections::BTreeSet;

use bantin_hub_store::MirrorBlob;
use bantin_model::id::Hash;
use bantin_wire::http::BLOBS;

use super::link::{Link, LinkError};
use crate::Hub;
use crate::config::Upstream;
use crate::failure::{HubError, Result};

/// The largest blob that is mirrored, in bytes.
const BLOB_BYTES_MAX: u64 = 64 << 20;

impl Hub {
    /// Fetches what fits and is not here; how many. A blob that the hub above lacks is passed over.
    pub(super) async fn mirror_blobs(
        &self,
        upstream: &Upstream,
        link: &Link,
    ) -> std::result::Result<u32, LinkError> {
        let named = self.store.mirror_blobs().await.map_err(HubError::from)?;
        let wanted = fitting(named, upstream.blob_bytes_max);
        self.drop_unwanted(&wanted).await?;
        let mut fetched = 0;
        for blob in &wanted {
            let file = self.disk.mirror_blob(&blob.hash);
            let here = tokio::fs::metadata(&file).await;
            if here.is_ok_and(|meta| meta.len() == blob.bytes) {
                continue;
            }
            let partial = self.disk.mirror_part(&blob.hash);
            match link.file(BLOBS, &blob.hash, blob.bytes, &partial).await {
                Ok(bytes) => {
                    let (disk, hash) = (self.disk.clone(), blob.hash);
                    tokio::task::spawn_blocking(move || disk.keep_mirror_blob(&hash, &bytes))
                        .await
                        .map_err(|error| HubError::Broken(error.to_string()))??;
                    fetched += 1;
                }
                Err(LinkError::Refused { status: 404, .. } | LinkError::NotGenuine) => {
                    tracing::info!(blob = %blob.hash, "the hub above does not have it");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(fetched)
    }

    async fn drop_unwanted(&self, wanted: &[MirrorBlob]) -> Result<()> {
        let wanted: BTreeSet<Hash> = wanted.iter().map(|blob| blob.hash).collect();
        let mut entries = tokio::fs::read_dir(self.disk.mirror()).await?;
        while let Some(entry) = entries.next_entry().await? {
            let hash = entry.file_name().to_str().and_then(Hash::from_hex);
            if hash.is_some_and(|hash| !wanted.contains(&hash)) {
                tokio::fs::remove_file(entry.path()).await?;
            }
        }
        Ok(())
    }
}

/// The first of `named` that together stay within `most` bytes; each once.
fn fitting(named: Vec<MirrorBlob>, most: u64) -> Vec<MirrorBlob> {
    let mut seen = BTreeSet::new();
    let mut left = most;
    let fits = |blob: &MirrorBlob| {
        let fits = blob.bytes <= left.min(BLOB_BYTES_MAX) && seen.insert(blob.hash);
        if fits {
            left -= blob.bytes;
        }
        fits
    };
    named.into_iter().filter(fits).collect()
}

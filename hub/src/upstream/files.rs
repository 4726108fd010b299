//! Segments of mirrored feeds and the dictionaries they are packed with, kept as files before anything
//! refers to them.

use bantin_hub_store::BlobRow;
use bantin_model::feed::DICTIONARY_BYTES_MAX;
use bantin_model::id::Hash;
use bantin_wire::http::{BLOBS, SEGMENTS};

use super::link::{Link, LinkError};
use crate::Hub;
use crate::failure::HubError;

/// A mirrored dictionary is served, and not used for what is published here.
const MIME: &str = "application/octet-stream";

type Fetched = std::result::Result<Vec<u8>, LinkError>;

impl Hub {
    /// Fetches a dictionary, unless it is here.
    pub(super) async fn mirror_dictionary(&self, link: &Link, hash: &Hash) -> Fetched {
        if let Some(bytes) = held(&self.disk.blob(hash), hash).await {
            return Ok(bytes);
        }
        let partial = self.disk.mirror_part(hash);
        let limit = DICTIONARY_BYTES_MAX as u64;
        let bytes = link.file(BLOBS, hash, limit, &partial).await?;
        let row = BlobRow {
            hash: *hash,
            bytes: bytes.len() as u64,
            mime: MIME.into(),
            added_at: self.clock.now(),
            public: true,
        };
        let disk = self.disk.clone();
        let kept = tokio::task::spawn_blocking(move || disk.keep_blob(&bytes).map(|_| bytes));
        let bytes = kept
            .await
            .map_err(|error| HubError::Broken(error.to_string()))??;
        self.store.add_blob(&row).await.map_err(HubError::from)?;
        Ok(bytes)
    }

    /// Fetches a segment, unless its file is here, and keeps it before anything refers to it.
    pub(super) async fn mirror_segment(&self, link: &Link, hash: &Hash, size: u64) -> Fetched {
        let file = self.disk.segment(hash);
        if let Some(bytes) = held(&file, hash).await {
            return Ok(bytes);
        }
        let partial = self.disk.mirror_part(hash);
        let bytes = link.file(SEGMENTS, hash, size, &partial).await?;
        // A damaged file of the same length would be taken for the segment.
        match tokio::fs::remove_file(&file).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let (disk, files) = (self.disk.clone(), vec![(*hash, bytes)]);
        let kept = tokio::task::spawn_blocking(move || disk.keep_segments(&files).map(|()| files));
        let files = kept
            .await
            .map_err(|error| HubError::Broken(error.to_string()))??;
        Ok(files
            .into_iter()
            .next()
            .map(|(_, bytes)| bytes)
            .unwrap_or_default())
    }
}

/// A file that is here and what its name says.
async fn held(file: &std::path::Path, hash: &Hash) -> Option<Vec<u8>> {
    let bytes = tokio::fs::read(file).await.ok()?;
    (Hash::of(&bytes) == *hash).then_some(bytes)
}

//! The dictionary that small segments are packed with.
//!
//! A handful of corrections shares few words with itself, but nearly all of them with what the agency has
//! always written. A dictionary trained on that makes such segments a third smaller. It is a public blob
//! named by its hash; a phone fetches it once. The newest one is used for what is published from then on.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use bantin_hub_store::BlobRow;
use bantin_model::feed::DICTIONARY_BYTES_MAX;
use bantin_model::id::Hash;
use bantin_model::record::Kind;

use crate::Hub;
use crate::failure::{HubError, Result};

/// How a dictionary is told from other blobs.
pub(crate) const MIME: &str = "application/vnd.bantin.zstd-dictionary";
/// Size of a dictionary that is trained here: what zstd recommends. It pays for itself after a few hundred
/// notices that come a few at a time.
const TRAINED_BYTES: usize = 110 << 10;
/// Fewer records teach nothing.
const RECORDS_MIN: usize = 200;
/// Newest records of a place that are learned from.
const RECORDS_MAX: u32 = 10_000;
/// What every dictionary of zstd begins with (RFC 8878 §6).
const MAGIC: [u8; 4] = 0xEC30_A437_u32.to_le_bytes();

/// A dictionary at hand.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// Its name.
    pub hash: Hash,
    /// The whole of it.
    pub bytes: Vec<u8>,
}

impl Hub {
    /// The dictionary in use; none if none was ever trained or taken over.
    pub async fn dictionary(&self) -> Result<Option<Dictionary>> {
        let Some(row) = self.store.newest_blob(MIME).await? else {
            return Ok(None);
        };
        let bytes = tokio::fs::read(self.disk.blob(&row.hash)).await?;
        if Hash::of(&bytes) != row.hash {
            return Err(HubError::Broken("the dictionary is damaged".into()));
        }
        let hash = row.hash;
        Ok(Some(Dictionary { hash, bytes }))
    }

    /// Trains a dictionary on what this hub has published, and uses it from now on.
    pub async fn train_dictionary(&self) -> anyhow::Result<Hash> {
        let mut samples = Vec::new();
        for feed in self.store.feeds().await? {
            let kinds = [Kind::NOTICE, Kind::PRODUCT, Kind::HERITAGE];
            let rows = self.store.records(&feed.place, &kinds, 0, RECORDS_MAX);
            samples.extend(rows.await?.into_iter().map(|row| row.bytes));
        }
        if samples.len() < RECORDS_MIN {
            bail!(
                "{} publications are too few to learn from; {RECORDS_MIN} are needed",
                samples.len()
            );
        }
        let train = move || zstd::dict::from_samples(&samples, TRAINED_BYTES);
        let bytes = tokio::task::spawn_blocking(train).await??;
        self.use_dictionary(bytes).await
    }

    /// Uses a dictionary that another hub has trained.
    pub async fn take_dictionary(&self, file: &Path) -> anyhow::Result<Hash> {
        let read = std::fs::read(file);
        let bytes = read.with_context(|| format!("{} cannot be read", file.display()))?;
        self.use_dictionary(bytes).await
    }

    async fn use_dictionary(&self, bytes: Vec<u8>) -> anyhow::Result<Hash> {
        ensure!(
            bytes.starts_with(&MAGIC) && bytes.len() <= DICTIONARY_BYTES_MAX,
            "this is no dictionary of zstd of at most {DICTIONARY_BYTES_MAX} bytes"
        );
        let size = bytes.len() as u64;
        let disk = self.disk.clone();
        let hash = tokio::task::spawn_blocking(move || disk.keep_blob(&bytes)).await??;
        let row = BlobRow {
            hash,
            bytes: size,
            mime: MIME.into(),
            added_at: self.clock.now(),
            public: true,
        };
        self.store.add_blob(&row).await?;
        Ok(hash)
    }
}

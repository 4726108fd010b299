//! Attachments' ciphertexts: they come before the letter that names them, piece by piece if need be.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use bantin_model::id::Hash;
use bantin_model::letter::{ATTACHMENT_BYTES_MAX, encrypted_len};
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::disk::{Upload, UploadError};
use crate::failure::{HubError, Result};

/// Which uploads run, so that two of one name do not write into each other.
#[derive(Default)]
pub struct Uploads(Mutex<BTreeSet<Hash>>);

/// An upload's turn; ends when dropped.
pub struct Turn<'a> {
    uploads: &'a Uploads,
    hash: Hash,
}

impl Uploads {
    fn take(&self, hash: Hash) -> Option<Turn<'_>> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(hash).then_some(Turn {
            uploads: self,
            hash,
        })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.uploads
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.hash);
    }
}

/// How much of an attachment is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// All of it, durable.
    Whole,
    /// So many bytes.
    Bytes(u64),
}

/// The largest ciphertext, in bytes.
pub fn largest() -> u64 {
    encrypted_len(ATTACHMENT_BYTES_MAX)
}

impl Hub {
    /// How much of an attachment is here.
    pub async fn arrived(&self, hash: &Hash) -> Arrived {
        if tokio::fs::metadata(self.disk.attachment(hash))
            .await
            .is_ok()
        {
            return Arrived::Whole;
        }
        let part = tokio::fs::metadata(self.disk.attachment_part(hash)).await;
        Arrived::Bytes(part.map_or(0, |meta| meta.len()))
    }

    /// Begins or goes on with an upload; nobody else can until the turn is dropped.
    pub async fn begin_upload(
        &self,
        hash: Hash,
        from: u64,
        total: u64,
    ) -> Result<(Turn<'_>, Upload)> {
        if total > largest() {
            let failure = Failure::at(Code::MediaTooLarge, "attachment");
            return Err(failure.with(largest()).into());
        }
        let turn = self
            .uploads
            .take(hash)
            .ok_or_else(|| HubError::code(Code::Conflict))?;
        if from == 0 && self.loose_bytes().await? > self.config.limits.orphan_bytes_max {
            return Err(HubError::code(Code::DiskFull));
        }
        let (part, target) = (
            self.disk.attachment_part(&hash),
            self.disk.attachment(&hash),
        );
        let upload = Upload::resume(&part, &target, hash, from, total).map_err(refused)?;
        Ok((turn, upload))
    }

    /// Bytes of uploads that have not become whole yet.
    async fn loose_bytes(&self) -> Result<u64> {
        let mut sum = 0u64;
        let mut entries = tokio::fs::read_dir(self.disk.attachments().join("part")).await?;
        while let Some(entry) = entries.next_entry().await? {
            sum = sum.saturating_add(entry.metadata().await.map_or(0, |meta| meta.len()));
        }
        Ok(sum)
    }

    /// Removes uploads that nobody went on with, and whole ones that no letter names, once they are
    /// older than the operator's `orphan_days`; how many.
    pub async fn expire_uploads(&self) -> Result<usize> {
        let age = std::time::Duration::from_secs(u64::from(self.config.orphan_days) * 86_400);
        let mut removed = 0;
        for (dir, whole) in [
            (self.disk.attachments().join("part"), false),
            (self.disk.attachments(), true),
        ] {
            let mut entries = tokio::fs::read_dir(dir).await?;
            while let Some(entry) = entries.next_entry().await? {
                let meta = entry.metadata().await?;
                let old = meta.modified().ok().and_then(|at| at.elapsed().ok());
                if !meta.is_file() || old.is_none_or(|old| old < age) {
                    continue;
                }
                let hash = entry.file_name().to_str().and_then(Hash::from_hex);
                let named = match hash {
                    Some(hash) if whole => self.store.is_attached(&hash).await?,
                    _ => false,
                };
                if !named {
                    tokio::fs::remove_file(entry.path()).await?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

/// What the sender is told.
pub fn refused(error: UploadError) -> HubError {
    match error {
        UploadError::Offset(at) => Failure::at(Code::Conflict, "offset").with(at).into(),
        UploadError::TooLong => Failure::at(Code::Malformed, "attachment").into(),
        UploadError::OtherHash => HubError::code(Code::NotGenuine),
        UploadError::Io(error) => error.into(),
    }
}

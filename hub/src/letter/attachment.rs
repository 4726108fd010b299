//! Attachments' ciphertexts: they come before the letter that names them, piece by piece if need be.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bantin_model::id::Hash;
use bantin_model::letter::{ATTACHMENT_BYTES_MAX, encrypted_len};
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::disk::{Upload, UploadError};
use crate::failure::{HubError, Result};

/// Which uploads run, so that two of one name do not write into each other, and how much lies here that
/// no letter names.
#[derive(Default)]
pub struct Uploads {
    running: Arc<Mutex<BTreeSet<Hash>>>,
    /// Bytes of whole uploads that no letter named when they were last counted, and of those since.
    unnamed: AtomicU64,
    /// The count may be too high: letters have named some since, or some were counted twice.
    named: AtomicBool,
    /// One count at a time.
    counting: tokio::sync::Mutex<()>,
}

/// An upload's turn; ends when dropped.
pub struct Turn {
    running: Arc<Mutex<BTreeSet<Hash>>>,
    hash: Hash,
}

impl Uploads {
    fn take(&self, hash: Hash) -> Option<Turn> {
        let running = Arc::clone(&self.running);
        let mut all = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(hash).then_some(Turn { running, hash })
    }

    fn any_running(&self) -> bool {
        let all = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        !all.is_empty()
    }

    /// One became whole.
    pub fn came(&self, bytes: u64) {
        self.unnamed.fetch_add(bytes, Ordering::Relaxed);
    }

    /// A letter named some.
    pub fn were_named(&self) {
        self.named.store(true, Ordering::Relaxed);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.running
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
    /// How much of an attachment is here. A whole one counts as new again: somebody is about to name it.
    pub async fn arrived(&self, hash: &Hash) -> Arrived {
        if renew(&self.disk.attachment(hash)).await.is_ok() {
            return Arrived::Whole;
        }
        let part = tokio::fs::metadata(self.disk.attachment_part(hash)).await;
        Arrived::Bytes(part.map_or(0, |meta| meta.len()))
    }

    /// Begins or goes on with an upload; nobody else can until the turn is dropped.
    pub async fn begin_upload(&self, hash: Hash, from: u64, total: u64) -> Result<(Turn, Upload)> {
        if total > largest() {
            let failure = Failure::at(Code::MediaTooLarge, "attachment");
            return Err(failure.with(largest()).into());
        }
        let turn = self
            .uploads
            .take(hash)
            .ok_or_else(|| HubError::code(Code::Conflict))?;
        if from == 0 && self.is_crowded().await? {
            return Err(HubError::code(Code::DiskFull));
        }
        let (part, target) = (
            self.disk.attachment_part(&hash),
            self.disk.attachment(&hash),
        );
        let upload = Upload::resume(&part, &target, hash, from, total).map_err(refused)?;
        Ok((turn, upload))
    }

    /// Whether more lies here than the operator allows of what no letter names.
    async fn is_crowded(&self) -> Result<bool> {
        let most = self.config.limits.orphan_bytes_max;
        let parts = self.loose_bytes().await?;
        let crowded = || parts.saturating_add(self.uploads.unnamed.load(Ordering::Relaxed)) > most;
        // Counted anew only when letters can have changed it: a count looks at every file.
        if crowded() && self.uploads.named.swap(false, Ordering::Relaxed) {
            self.count_unnamed().await?;
        }
        Ok(crowded())
    }

    async fn count_unnamed(&self) -> Result<()> {
        let _turn = self.uploads.counting.lock().await;
        let before = self.uploads.unnamed.load(Ordering::Relaxed);
        let mut sum = 0u64;
        let mut entries = tokio::fs::read_dir(self.disk.attachments()).await?;
        while let Some(entry) = entries.next_entry().await? {
            let meta = entry.metadata().await?;
            let hash = entry.file_name().to_str().and_then(Hash::from_hex);
            if let Some(hash) = hash.filter(|_| meta.is_file())
                && !self.store.is_attached(&hash).await?
            {
                sum = sum.saturating_add(meta.len());
            }
        }
        // What became whole while this looked at files was added by itself and must not be lost. Some of it may be in
        // the sum as well: then it is counted anew before anybody is refused.
        let difference = sum.wrapping_sub(before);
        let since = self
            .uploads
            .unnamed
            .fetch_add(difference, Ordering::Relaxed);
        if since != before || self.uploads.any_running() {
            self.uploads.named.store(true, Ordering::Relaxed);
        }
        Ok(())
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
        let age = Duration::from_secs(u64::from(self.config.orphan_days) * 86_400);
        let mut removed = 0;
        for (dir, whole) in [
            (self.disk.attachments().join("part"), false),
            (self.disk.attachments(), true),
        ] {
            let mut entries = tokio::fs::read_dir(dir).await?;
            while let Some(entry) = entries.next_entry().await? {
                if !is_old(&entry.path(), age).await {
                    continue;
                }
                let hash = entry.file_name().to_str().and_then(Hash::from_hex);
                let named = match hash {
                    Some(hash) if whole => self.store.is_attached(&hash).await?,
                    _ => false,
                };
                // A letter that names it may have come in between: then it is new again.
                if !named && is_old(&entry.path(), age).await {
                    tokio::fs::remove_file(entry.path()).await?;
                    removed += 1;
                }
            }
        }
        self.count_unnamed().await?;
        Ok(removed)
    }
}

/// Says of a file that it is of now; an error if it is not there.
async fn renew(file: &Path) -> std::io::Result<()> {
    let file = tokio::fs::OpenOptions::new().write(true).open(file).await?;
    file.into_std().await.set_modified(SystemTime::now())
}

/// Whether it is a file that nobody touched for `age`.
async fn is_old(file: &Path, age: Duration) -> bool {
    let meta = tokio::fs::metadata(file).await.ok();
    let since = meta.filter(std::fs::Metadata::is_file);
    let since = since.and_then(|meta| meta.modified().ok()?.elapsed().ok());
    since.is_some_and(|since| since >= age)
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

//! Ciphertexts that go before a letter, piece by piece, across cuts of the connection.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, PoisonError};

use bantin_model::id::Hash;
use bantin_model::letter::{ATTACHMENT_BYTES_MAX, encrypted_len};
use bantin_wire::{Code, Failure};
use sha2::{Digest, Sha256};

use super::{Carried, file};
use crate::error::{RelayError, Result};

/// How much of a ciphertext is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrived {
    /// All of it, durable.
    Whole,
    /// So many bytes.
    Bytes(u64),
}

/// A ciphertext on its way in. Nobody else writes it until this is dropped.
pub(crate) struct Upload {
    carried: Arc<Carried>,
    hash: Hash,
    out: File,
    at: u64,
    total: u64,
}

impl Carried {
    /// How much of a ciphertext is here.
    pub(crate) fn arrived(&self, hash: &Hash) -> Arrived {
        if self.index().attachments.contains_key(hash) {
            return Arrived::Whole;
        }
        let part = fs::metadata(self.part(hash));
        Arrived::Bytes(part.map_or(0, |meta| meta.len()))
    }

    /// Begins or goes on with an upload.
    ///
    /// # Errors
    /// [`Code::MediaTooLarge`]; [`Code::Conflict`] at `offset` with the byte at which it goes on, or
    /// while another upload of the same hash runs; [`Code::DiskFull`].
    pub(crate) fn begin(self: &Arc<Self>, hash: Hash, from: u64, total: u64) -> Result<Upload> {
        let largest = encrypted_len(ATTACHMENT_BYTES_MAX);
        if total > largest {
            let large = Failure::at(Code::MediaTooLarge, "attachment").with(largest);
            return Err(large.into());
        }
        let mut turn = self.uploading();
        let mut index = self.index();
        if turn.contains(&hash) {
            return Err(RelayError::code(Code::Conflict));
        }
        let others = index
            .bytes()
            .saturating_sub(index.arriving.get(&hash).copied().unwrap_or_default());
        if others.saturating_add(total) > self.limits.carried_bytes_max {
            return Err(RelayError::code(Code::DiskFull));
        }
        let mut out = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(from == 0)
            .open(self.part(&hash))?;
        let at = out.seek(SeekFrom::End(0))?;
        if at != from {
            return Err(Failure::at(Code::Conflict, "offset").with(at).into());
        }
        index.arriving.insert(hash, total);
        turn.insert(hash);
        Ok(Upload {
            carried: Arc::clone(self),
            hash,
            out,
            at,
            total,
        })
    }

    fn uploading(&self) -> std::sync::MutexGuard<'_, std::collections::BTreeSet<Hash>> {
        self.uploading
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Upload {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`Code::Malformed`] if more come than were announced; the disk.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let after = self.at.saturating_add(bytes.len() as u64);
        if after > self.total {
            return Err(Failure::at(Code::Malformed, "attachment").into());
        }
        self.out.write_all(bytes)?;
        self.at = after;
        Ok(())
    }

    /// Ends this piece: none if that was the last and all of it is durable under its name, else the byte
    /// at which it goes on.
    ///
    /// # Errors
    /// [`Code::NotGenuine`] if the bytes have another hash: they are thrown away; the disk.
    pub(crate) fn finish(mut self) -> Result<Option<u64>> {
        if self.at < self.total {
            return Ok(Some(self.at));
        }
        let (part, target) = (
            self.carried.part(&self.hash),
            self.carried.attachment(&self.hash),
        );
        if self.hash_of_all()? != self.hash {
            file::delete(&part)?;
            self.carried.index().arriving.remove(&self.hash);
            return Err(RelayError::code(Code::NotGenuine));
        }
        self.out.sync_all()?;
        fs::rename(&part, &target)?;
        file::sync_folder(&target)?;
        let mut index = self.carried.index();
        index.arriving.remove(&self.hash);
        index.attachments.insert(self.hash, self.total);
        Ok(None)
    }

    fn hash_of_all(&mut self) -> io::Result<Hash> {
        self.out.seek(SeekFrom::Start(0))?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0u8; 64 << 10];
        loop {
            let got = self.out.read(&mut buffer)?;
            if got == 0 {
                return Ok(Hash(hasher.finalize().into()));
            }
            hasher.update(buffer.get(..got).unwrap_or_default());
        }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.carried.uploading().remove(&self.hash);
    }
}

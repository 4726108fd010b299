//! Letters of guests on their way to a hub: one file each, named by their identity, with an index in
//! memory that is made anew from the files at every start.
//!
//! `letters/<id>` sealed bytes · `accepted/<id>` the hub's receipt · `refused/<id>` the hub's refusal ·
//! `attachments/<hash>` ciphertexts, `attachments/part/<hash>` those still arriving. A letter goes only
//! after what the hub said of it is durable. `life` says in which life of the hub it said so.

pub(crate) mod file;
mod index;
mod keep;
mod sweep;
#[cfg(test)]
mod tests;
mod upload;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bantin_model::id::Hash;
use bantin_model::letter::LetterId;

use crate::limits::Limits;
use index::Index;
pub(crate) use keep::Kept;
pub(crate) use upload::{Arrived, Upload};

/// The store of carried letters.
pub(crate) struct Carried {
    root: PathBuf,
    limits: Limits,
    index: Mutex<Index>,
    /// Uploads under way: a second one of the same hash waits its turn elsewhere.
    uploading: Mutex<BTreeSet<Hash>>,
}

impl Carried {
    /// Opens the store, or makes it.
    pub(crate) fn open(root: &Path, limits: Limits) -> io::Result<Self> {
        let carried = Self {
            root: root.to_owned(),
            limits,
            index: Mutex::default(),
            uploading: Mutex::default(),
        };
        for folder in ["letters", "accepted", "refused", "attachments/part"] {
            std::fs::create_dir_all(root.join(folder))?;
        }
        carried.sweep()?;
        Ok(carried)
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn letter(&self, id: &LetterId) -> PathBuf {
        self.root.join("letters").join(id.to_string())
    }

    fn accepted(&self, id: &LetterId) -> PathBuf {
        self.root.join("accepted").join(id.to_string())
    }

    fn refused(&self, id: &LetterId) -> PathBuf {
        self.root.join("refused").join(id.to_string())
    }

    fn attachment(&self, hash: &Hash) -> PathBuf {
        self.root.join("attachments").join(hash.to_string())
    }

    fn life(&self) -> PathBuf {
        self.root.join("life")
    }

    fn part(&self, hash: &Hash) -> PathBuf {
        self.root.join("attachments/part").join(hash.to_string())
    }

    /// Letters that no hub has yet, oldest first, with the ciphertexts that go before them.
    pub(crate) fn waiting(&self) -> Vec<(LetterId, Vec<Hash>)> {
        let index = self.index();
        let mut waiting: Vec<_> = index.letters.iter().collect();
        waiting.sort_by_key(|(id, letter)| (letter.since, **id));
        let hashes = |attachments: &[bantin_model::letter::OuterAttachment]| {
            attachments.iter().map(|a| a.hash).collect()
        };
        waiting
            .into_iter()
            .map(|(id, letter)| (*id, hashes(&letter.attachments)))
            .collect()
    }

    /// How many letters wait.
    pub(crate) fn count(&self) -> usize {
        self.index().letters.len()
    }

    /// The sealed bytes of a letter.
    pub(crate) fn sealed(&self, id: &LetterId) -> io::Result<Vec<u8>> {
        std::fs::read(self.letter(id))
    }

    /// The bytes of a ciphertext.
    pub(crate) fn ciphertext(&self, hash: &Hash) -> io::Result<Vec<u8>> {
        std::fs::read(self.attachment(hash))
    }
}

//! Letters opened lately, in memory only: the database keeps them sealed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bantin_hub_store::StoredLetter;
use bantin_model::letter::{LetterId, OpenedLetter, SealError, open};

use crate::Hub;
use crate::failure::Result;

/// Letters held: about 16 MiB at worst.
const HELD_MAX: usize = 256;

/// Opened letters by id.
#[derive(Default)]
pub struct OpenedCache(Mutex<BTreeMap<LetterId, Arc<OpenedLetter>>>);

impl Hub {
    /// The letter, opened with its agency's key.
    pub(crate) fn open_letter(&self, letter: &StoredLetter) -> Result<Arc<OpenedLetter>> {
        let lock = || self.opened.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&letter.id) {
            return Ok(Arc::clone(known));
        }
        let opened = Arc::new(self.unseal(letter)??);
        let mut held = lock();
        if held.len() >= HELD_MAX {
            held.pop_first();
        }
        held.insert(letter.id, Arc::clone(&opened));
        Ok(opened)
    }

    /// Opens a letter; the inner error says that this letter can never be opened here.
    pub(super) fn unseal(
        &self,
        letter: &StoredLetter,
    ) -> Result<std::result::Result<OpenedLetter, SealError>> {
        let keys = self.keys_of(&letter.place)?;
        // Without the key it names, `open` says so: a retired key may have been left out of a restore.
        let key = keys.opening(&letter.agency_key);
        Ok(open(&letter.bytes, key.unwrap_or(&keys.agency.seal)))
    }
}

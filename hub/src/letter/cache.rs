//! Letters opened lately, in memory only: the database keeps them sealed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bantin_hub_store::StoredLetter;
use bantin_model::letter::{
    LetterId, OpenedForward, OpenedLetter, Original, SealError, SealedLetter, open_forward,
    open_original,
};

use crate::Hub;
use crate::failure::Result;

/// Letters held: about 16 MiB at worst.
const HELD_MAX: usize = 256;

/// A letter with what proves it.
pub struct Opened {
    /// The person's letter, under the id that the person knows.
    pub letter: OpenedLetter,
    /// The same, to be passed on.
    pub original: Original,
    /// How it came, if another agency passed it on.
    pub forward: Option<OpenedForward>,
}

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
        let opened = Arc::new(self.unseal(letter)??.letter);
        let mut held = lock();
        if held.len() >= HELD_MAX {
            held.pop_first();
        }
        held.insert(letter.id, Arc::clone(&opened));
        Ok(opened)
    }

    /// Opens a letter; the inner error says that this letter can never be opened here.
    pub(crate) fn unseal(
        &self,
        letter: &StoredLetter,
    ) -> Result<std::result::Result<Opened, SealError>> {
        let keys = self.keys_of(&letter.place)?;
        // Without the key it names, `open` says so: a retired key may have been left out of a restore.
        let key = keys.opening(&letter.agency_key);
        let key = key.unwrap_or(&keys.agency.seal);
        let forwarded = SealedLetter::read(&letter.bytes).is_ok_and(|sealed| sealed.forwarded);
        Ok(match forwarded {
            true => open_forward(&letter.bytes, key).map(|forward| Opened {
                letter: forward.letter.clone(),
                original: forward.forward.original.clone(),
                forward: Some(forward),
            }),
            false => open_original(&letter.bytes, key).map(|(original, letter)| Opened {
                letter,
                original,
                forward: None,
            }),
        })
    }
}

//! The documents of the in-memory index by slot, and sets of slots as bits.

use std::collections::BTreeMap;

/// A living document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) key: u32,
    pub(crate) newest: i64,
}

/// Slots are handed out in rising order and never reused until compaction, so every postings list
/// stays sorted by appending.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    by_slot: Vec<Option<Slot>>,
    by_key: BTreeMap<u32, u32>,
}

impl Slots {
    /// Takes the next slot. The key must not be present.
    pub(crate) fn add(&mut self, key: u32, newest: i64) -> u32 {
        let slot = u32::try_from(self.by_slot.len()).unwrap_or(u32::MAX);
        self.by_slot.push(Some(Slot { key, newest }));
        self.by_key.insert(key, slot);
        slot
    }

    /// Frees the slot of a document; false if it was unknown.
    pub(crate) fn remove(&mut self, key: u32) -> bool {
        let Some(slot) = self.by_key.remove(&key) else {
            return false;
        };
        if let Some(entry) = self.by_slot.get_mut(slot as usize) {
            *entry = None;
        }
        true
    }

    pub(crate) fn get(&self, slot: u32) -> Option<Slot> {
        self.by_slot.get(slot as usize).copied().flatten()
    }

    /// Living documents.
    pub(crate) fn len(&self) -> usize {
        self.by_key.len()
    }

    /// All slots, the dead ones included: the size of a [`Bits`].
    pub(crate) fn capacity(&self) -> usize {
        self.by_slot.len()
    }

    /// Slots that only take space.
    pub(crate) fn dead(&self) -> usize {
        self.by_slot.len() - self.by_key.len()
    }

    /// Closes the gaps. Gives the new slot of each old one, `None` for the dead.
    pub(crate) fn compact(&mut self) -> Vec<Option<u32>> {
        let old = std::mem::take(self);
        let mut moved = Vec::with_capacity(old.by_slot.len());
        for entry in old.by_slot {
            moved.push(entry.map(|slot| self.add(slot.key, slot.newest)));
        }
        moved
    }
}

/// A set of slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set over `capacity` slots.
    pub(crate) fn empty(capacity: usize) -> Self {
        Self(vec![0; capacity.div_ceil(64)])
    }

    pub(crate) fn add(&mut self, slot: u32) {
        if let Some(word) = self.0.get_mut((slot / 64) as usize) {
            *word |= 1 << (slot % 64);
        }
    }

    pub(crate) fn add_all(&mut self, slots: &[u32]) {
        slots.iter().for_each(|slot| self.add(*slot));
    }

    pub(crate) fn keep_common(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }

    pub(crate) fn take_out(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= !theirs;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn contains(&self, slot: u32) -> bool {
        self.0
            .get((slot / 64) as usize)
            .is_some_and(|word| word & (1 << (slot % 64)) != 0)
    }

    /// The members in rising order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.0).flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word & (1 << bit) != 0)
                .map(move |bit| at * 64 + bit)
        })
    }

    /// The members in falling order.
    pub(crate) fn descending(&self) -> impl Iterator<Item = u32> + '_ {
        let words = (0_u32..).zip(&self.0);
        let words: Vec<(u32, u64)> = words.map(|(at, word)| (at, *word)).collect();
        words.into_iter().rev().flat_map(|(at, mut word)| {
            std::iter::from_fn(move || {
                let bit = 63_u32.checked_sub(word.leading_zeros())?;
                word &= !(1 << bit);
                Some(at * 64 + bit)
            })
        })
    }
}

//! The in-memory index of the browser: sorted vocabularies with one list of documents per word.
//!
//! It answers exactly as the device's stored lists do. A search turns each term into a set of
//! bits, intersects the sets and ranks what is left, so even a one-letter prefix over ten thousand
//! documents costs about a millisecond.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::query::{Query, Term};
use crate::rank::{Hit, rank};
use crate::slots::{Bits, Slots};
use crate::tokens::tokens;

/// Dead slots are swept when they outnumber the living, and not before there are this many.
const SWEEP_AT_DEAD: usize = 64;

/// Words in sorted order, each with the rising slots of the documents that contain it.
type Vocabulary = BTreeMap<Box<str>, Vec<u32>>;

/// An index over documents with `u32` keys.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    slots: Slots,
    folded: Vocabulary,
    exact: Vocabulary,
}

impl Postings {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// Documents in the index.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// True if no document is in the index.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a document, replacing one with the same key. `newest`: higher is newer. Put title and
    /// body in one text, separated by a newline.
    pub fn insert(&mut self, key: u32, newest: i64, text: &str) {
        self.remove(key);
        let slot = self.slots.add(key, newest);
        for token in tokens(text) {
            note(&mut self.folded, token.folded, slot);
            note(&mut self.exact, token.exact, slot);
        }
    }

    /// Takes a document out; false if it was not there.
    pub fn remove(&mut self, key: u32) -> bool {
        let removed = self.slots.remove(key);
        if removed && self.slots.dead() >= SWEEP_AT_DEAD.max(self.slots.len()) {
            self.sweep();
        }
        removed
    }

    /// At most `limit` documents that contain every term, in the order of [`rank()`].
    pub fn search(&self, query: &Query, limit: usize) -> Vec<Hit<u32>> {
        let folded = self.matching(&self.folded, query, |term| &term.folded);
        let exact = self.matching(&self.exact, query, |term| &term.exact);
        let mut found = folded.clone();
        for slot in exact.iter() {
            found.add_all(&[slot]);
        }
        let hits = found.iter().filter_map(|slot| {
            self.slots.get(slot).map(|document| Hit {
                key: document.key,
                newest: document.newest,
                exact: exact.contains(slot),
            })
        });
        rank(hits, limit)
    }

    /// The slots, dead ones included, whose words satisfy every term.
    fn matching(&self, words: &Vocabulary, query: &Query, form: fn(&Term) -> &str) -> Bits {
        let capacity = self.slots.capacity();
        let mut common: Option<Bits> = None;
        for term in query.terms() {
            let mut bits = Bits::empty(capacity);
            let word = form(term);
            if term.prefix {
                let from = (Bound::Included(word), Bound::Unbounded);
                for (_, list) in words
                    .range::<str, _>(from)
                    .take_while(|(known, _)| known.starts_with(word))
                {
                    bits.add_all(list);
                }
            } else if let Some(list) = words.get(word) {
                bits.add_all(list);
            }
            match common.as_mut() {
                Some(known) => known.keep_common(&bits),
                None => common = Some(bits),
            }
        }
        common.unwrap_or_else(|| Bits::empty(capacity))
    }

    fn sweep(&mut self) {
        let moved = self.slots.compact();
        for words in [&mut self.folded, &mut self.exact] {
            words.retain(|_, list| {
                *list = list
                    .iter()
                    .filter_map(|slot| moved.get(*slot as usize).copied().flatten())
                    .collect();
                !list.is_empty()
            });
        }
    }
}

fn note(words: &mut Vocabulary, word: String, slot: u32) {
    if let Some(list) = words.get_mut(word.as_str()) {
        if list.last() != Some(&slot) {
            list.push(slot);
        }
    } else {
        words.insert(word.into_boxed_str(), vec![slot]);
    }
}

#[cfg(test)]
#[path = "postings_tests.rs"]
mod tests;

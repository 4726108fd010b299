//! Dictionaries of a session, and the segments that wait for one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Effect, Request};
use crate::id::{Hash, PlaceId};

/// A segment that cannot be unpacked yet.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) place: PlaceId,
    pub(super) hash: Hash,
    pub(super) bytes: Vec<u8>,
}

/// What came, and who waits for what did not.
#[derive(Debug, Default)]
pub(super) struct Dictionaries {
    held: BTreeMap<Hash, Arc<[u8]>>,
    waiting: BTreeMap<Hash, Vec<Waiting>>,
}

impl Dictionaries {
    /// The dictionary that is named and not here.
    pub(super) fn lacking(&self, named: Option<Hash>) -> Option<Hash> {
        named.filter(|hash| !self.held.contains_key(hash))
    }

    /// The dictionary that is named, if it is here.
    pub(super) fn held(&self, named: Option<Hash>) -> Option<Arc<[u8]>> {
        self.held.get(&named?).cloned()
    }

    /// Puts a segment aside; asks for its dictionary if nobody has.
    pub(super) fn wait(&mut self, dictionary: Hash, segment: Waiting) -> Vec<Effect> {
        let waiting = self.waiting.entry(dictionary).or_default();
        waiting.push(segment);
        if waiting.len() > 1 {
            return Vec::new();
        }
        let hash = dictionary;
        vec![Effect::Request(Request::Dictionary { hash })]
    }

    /// Keeps a dictionary; whoever waited may go on.
    pub(super) fn came(&mut self, hash: Hash, bytes: Vec<u8>) -> Vec<Waiting> {
        self.held.insert(hash, bytes.into());
        self.waiting.remove(&hash).unwrap_or_default()
    }

    /// Nobody need wait any longer.
    pub(super) fn failed(&mut self, hash: &Hash) -> Vec<Waiting> {
        self.waiting.remove(hash).unwrap_or_default()
    }
}

//! One feed on its way to a new version.

use std::collections::{BTreeMap, BTreeSet};

use super::{FeedChange, FeedState, NewSegment};
use crate::feed::{Ledger, LedgerOp, OpenedSegment, SegmentRef, TrustedHead, current_set, root_of};
use crate::id::{Hash, RecordId};

/// What is held, what is missing and what came.
#[derive(Debug)]
pub(super) struct Moving {
    head: TrustedHead,
    /// Segments whose ledgers should be held, oldest first.
    held: Vec<Hash>,
    /// What they must give together; none if nothing is held.
    held_root: Option<Hash>,
    old: BTreeMap<Hash, Ledger>,
    ledgers_pending: bool,
    missing: BTreeSet<Hash>,
    new: BTreeMap<Hash, NewSegment>,
    /// Nothing held is relied on: the feed is written from its listed segments alone.
    anew: bool,
}

impl Moving {
    pub(super) fn new(head: TrustedHead, known: Option<&FeedState>) -> Self {
        let held = known.map(|feed| feed.segments.clone()).unwrap_or_default();
        let held_root = known.map(|feed| feed.known.root);
        let listed = head.head.segments.iter().map(|segment| segment.hash);
        let missing = listed.filter(|hash| !held.contains(hash)).collect();
        let (ledgers_pending, anew) = (!held.is_empty(), held.is_empty());
        let (old, new) = (BTreeMap::new(), BTreeMap::new());
        Self {
            head,
            held,
            held_root,
            old,
            ledgers_pending,
            missing,
            new,
            anew,
        }
    }

    /// Segments to fetch, newest first.
    pub(super) fn missing(&self) -> Vec<SegmentRef> {
        let listed = self.head.head.segments.iter().rev();
        listed
            .filter(|segment| self.missing.contains(&segment.hash))
            .copied()
            .collect()
    }

    /// Takes the ledgers that were held; returns what must be fetched if some are lost, or if together
    /// they are not what the held head signs: what changes would then be reckoned from a wrong set.
    pub(super) fn ledgers(&mut self, ledgers: Vec<(Hash, Ledger)>) -> Vec<SegmentRef> {
        self.ledgers_pending = false;
        self.old = ledgers.into_iter().collect();
        let all = self.held.iter().all(|hash| self.old.contains_key(hash));
        if all && self.held_root == Some(root_of(&self.old_set())) {
            return Vec::new();
        }
        self.begin_anew()
    }

    /// Gives up what is held; returns what must be fetched on top.
    pub(super) fn begin_anew(&mut self) -> Vec<SegmentRef> {
        self.anew = true;
        self.old.clear();
        let had = self.missing.clone();
        let listed = self.head.head.segments.iter().map(|segment| segment.hash);
        self.missing = listed.filter(|hash| !self.new.contains_key(hash)).collect();
        let added = |segment: &SegmentRef| !had.contains(&segment.hash);
        self.missing().into_iter().filter(added).collect()
    }

    /// Whether the segment is still wanted.
    pub(super) fn misses(&self, hash: &Hash) -> bool {
        self.missing.contains(hash)
    }

    /// Takes a segment that is missing.
    pub(super) fn segment(&mut self, opened: OpenedSegment) {
        if self.missing.remove(&opened.hash()) {
            self.new.insert(opened.hash(), opened.into());
        }
    }

    pub(super) fn is_complete(&self) -> bool {
        !self.ledgers_pending && self.missing.is_empty()
    }

    /// A leaf that becomes current must be among the segments that came; if an author's list brings
    /// one back that only a held segment has, its bytes may be gone here.
    pub(super) fn lacks_leaves(&self) -> bool {
        if self.anew {
            return false;
        }
        let ops = self.new.values().flat_map(|segment| &segment.ledger.0);
        let came: BTreeSet<Hash> = ops
            .filter_map(|op| match op {
                LedgerOp::Put(_, leaf) => Some(*leaf),
                LedgerOp::Drop(_) => None,
            })
            .collect();
        !came.is_superset(&changed(&self.set(), &self.old_set()))
    }

    /// The change, if the listed segments give the signed root and count.
    pub(super) fn into_change(self) -> Option<FeedChange> {
        let set = self.set();
        let head = &self.head.head;
        let listed: Vec<Hash> = head.segments.iter().map(|segment| segment.hash).collect();
        if set.len() as u64 != head.count || root_of(&set) != head.root {
            return None;
        }
        let old = self.old_set();
        let put = changed(&set, &old);
        let remove = old
            .keys()
            .filter(|id| !set.contains_key(*id))
            .copied()
            .collect();
        let forget = self
            .held
            .iter()
            .filter(|hash| !listed.contains(hash))
            .copied()
            .collect();
        let segments = self.new.into_values().collect();
        Some(FeedChange {
            head: self.head,
            segments,
            forget,
            put,
            remove,
            set,
            anew: self.anew,
        })
    }

    fn set(&self) -> BTreeMap<RecordId, Hash> {
        let ledger = |segment: &SegmentRef| {
            let new = self.new.get(&segment.hash).map(|new| &new.ledger);
            new.or_else(|| self.old.get(&segment.hash))
        };
        current_set(self.head.head.segments.iter().filter_map(ledger))
    }

    fn old_set(&self) -> BTreeMap<RecordId, Hash> {
        current_set(self.held.iter().filter_map(|hash| self.old.get(hash)))
    }
}

/// Leaves of `set` that `old` does not have.
fn changed(set: &BTreeMap<RecordId, Hash>, old: &BTreeMap<RecordId, Hash>) -> BTreeSet<Hash> {
    let changed = |(id, leaf): &(&RecordId, &Hash)| old.get(id) != Some(leaf);
    set.iter().filter(changed).map(|(_, leaf)| *leaf).collect()
}

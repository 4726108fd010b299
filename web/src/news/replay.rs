//! Reading feeds again from the kept segments: the hash names of the segments and the root that was
//! verified when they came are checked anew, so a store that somebody altered gives nothing.

use std::collections::{BTreeMap, BTreeSet};

use bantin_model::feed::{Ledger, Op, OpRef, Segment, current_set, root_of};
use bantin_model::id::Hash;
use bantin_model::tree;

use super::FeedRow;

/// A feed as its segments give it.
#[derive(Debug, Default)]
pub struct Replayed {
    /// What each segment does.
    pub ledgers: BTreeMap<Hash, Ledger>,
    /// Its current leaves.
    pub leaves: Vec<Vec<u8>>,
}

/// The feed of `row`, from the bytes of its segments and of the dictionaries they name; none if one is
/// missing or altered, or if together they do not give the verified root.
pub fn replay(row: &FeedRow, segments: &BTreeMap<Hash, Vec<u8>>) -> Option<Replayed> {
    let mut raws = Vec::new();
    let mut ledgers = BTreeMap::new();
    for hash in &row.segments {
        let bytes = segments
            .get(hash)
            .filter(|bytes| Hash::of(bytes) == *hash)?;
        let segment = Segment::read(bytes).ok()?;
        let dictionary = segment.dictionary().and_then(|hash| segments.get(&hash));
        let raw = segment.unpack(dictionary.map(Vec::as_slice)).ok()?;
        ledgers.insert(*hash, Ledger::of(&raw).ok()?);
        raws.push(raw);
    }
    let set = current_set(row.segments.iter().filter_map(|hash| ledgers.get(hash)));
    if root_of(&set) != row.root {
        return None;
    }
    let mut wanted: BTreeSet<Hash> = set.into_values().collect();
    let mut found = Vec::new();
    for raw in &raws {
        leaves(raw, |hash, leaf| {
            if wanted.remove(&hash) {
                found.push(leaf.to_vec());
            }
        });
    }
    Some(Replayed {
        ledgers,
        leaves: found,
    })
}

/// Calls `each` with every put of a raw payload and its leaf hash.
pub fn leaves(raw: &[u8], mut each: impl FnMut(Hash, &[u8])) {
    for op in Op::split(raw).unwrap_or_default() {
        if let OpRef::Put(leaf) = op {
            each(tree::leaf_hash(leaf), leaf);
        }
    }
}

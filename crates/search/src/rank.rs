//! The order of results, the same in every engine.
//!
//! Exact-accent matches first, then folded ones; inside each, newest first; equal dates by key,
//! highest first. Titles do not outrank bodies: "newest" is the order people already know from the list.
//! The device's [`crate::newest()`] walks its lists in this order and needs no ranking.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// One found document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<K> {
    /// The engine's key of the document.
    pub key: K,
    /// Sort key: higher is newer (a date in any unit, the same for all documents).
    pub newest: i64,
    /// True if the document matches with the accents as typed.
    pub exact: bool,
}

/// Merges hits of both kinds into the final order: each document once, at most `limit`.
pub fn rank<K: Ord + Copy>(hits: impl IntoIterator<Item = Hit<K>>, limit: usize) -> Vec<Hit<K>> {
    let mut best: BTreeMap<K, Hit<K>> = BTreeMap::new();
    for hit in hits {
        best.entry(hit.key)
            .and_modify(|known| known.exact |= hit.exact)
            .or_insert(hit);
    }
    let mut out: Vec<Hit<K>> = best.into_values().collect();
    out.sort_unstable_by_key(|hit| Reverse((hit.exact, hit.newest, hit.key)));
    out.truncate(limit);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(key: u32, newest: i64, exact: bool) -> Hit<u32> {
        Hit { key, newest, exact }
    }

    #[test]
    fn an_old_exact_match_stands_before_a_new_folded_one() {
        let found = rank([hit(1, 100, false), hit(2, 5, true), hit(3, 50, true)], 50);
        let order: Vec<u32> = found.iter().map(|h| h.key).collect();
        assert_eq!(
            order,
            [3, 2, 1],
            "exact first, newest first inside each kind"
        );
    }

    #[test]
    fn a_document_found_by_both_tables_is_shown_once() {
        let found = rank([hit(7, 1, false), hit(7, 1, true)], 50);
        assert_eq!(found, [hit(7, 1, true)], "the better kind counts");
    }

    #[test]
    fn equal_dates_have_one_order() {
        let order: Vec<u32> = rank([hit(1, 9, true), hit(2, 9, true)], 50)
            .iter()
            .map(|h| h.key)
            .collect();
        assert_eq!(order, [2, 1], "visible order never depends on insertion");
    }
}

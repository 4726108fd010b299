//! The tree of places, of any depth, with validity and successors. No level has a name here.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::PlaceId;
use crate::record::PlaceInfo;
use crate::time::Seconds;

/// The largest number of places from one up to the top: more is a circle or an attack.
pub const DEPTH_MAX: usize = 16;

/// Places known here. One place may have several periods, each with its own parent and name.
#[derive(Clone, Debug, Default)]
pub struct PlaceTree {
    periods: BTreeMap<PlaceId, Vec<PlaceInfo>>,
}

impl PlaceTree {
    /// Adds one period of a place.
    pub fn insert(&mut self, info: PlaceInfo) {
        let periods = self.periods.entry(info.id.clone()).or_default();
        periods.push(info);
        periods.sort_by_key(|info| info.valid.from);
    }

    /// The place as it was at `at`.
    pub fn at(&self, id: &PlaceId, at: Seconds) -> Option<&PlaceInfo> {
        self.periods
            .get(id)?
            .iter()
            .rev()
            .find(|info| info.valid.covers(at))
    }

    /// The place and those above it at `at`, nearest first; ends at the top or at [`DEPTH_MAX`].
    pub fn path(&self, id: &PlaceId, at: Seconds) -> Vec<PlaceId> {
        let mut path = Vec::new();
        let mut next = Some(id.clone());
        while let Some(place) = next {
            if path.len() == DEPTH_MAX || path.contains(&place) {
                break;
            }
            next = self.at(&place, at).and_then(|info| info.parent.clone());
            path.push(place);
        }
        path
    }

    /// The places that stand for `id` at `at`: itself while it exists, else its successors in turn,
    /// so that a link, a letter or a sum of an abolished place still finds its way.
    pub fn current(&self, id: &PlaceId, at: Seconds) -> BTreeSet<PlaceId> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![id.clone()];
        while let Some(place) = open.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            if self.at(&place, at).is_some() {
                found.insert(place);
                continue;
            }
            let periods = self
                .periods
                .get(&place)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let past = periods.iter().rev().find(|info| info.valid.from <= at);
            open.extend(past.map(|info| info.successors.clone()).unwrap_or_default());
        }
        found
    }

    /// Every place that lies below `id` at `at`, itself included.
    pub fn below(&self, id: &PlaceId, at: Seconds) -> BTreeSet<PlaceId> {
        self.periods
            .keys()
            .filter(|place| self.path(place, at).contains(id))
            .cloned()
            .collect()
    }
}

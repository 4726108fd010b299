//! The news in memory: records of the followed feeds, their search index, places and agencies.

mod replay;
mod row;

use std::collections::{BTreeMap, VecDeque};

use bantin_model::feed::Ledger;
use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::record::{Blob, Body, Record};
use bantin_model::sync::FeedState;
use bantin_search::{Postings, Query};
use bantin_view::{Directory, FeedMark, searchable};

pub use replay::{leaves, replay};
pub use row::{FeedRow, Follow, KeyRow};

/// A record and its body, read once.
#[derive(Clone, Debug)]
pub struct Held {
    /// The record.
    pub record: Record,
    /// Its body.
    pub body: Body,
}

/// A record of a feed.
type Name = (RecordId, PlaceId);

/// Everything read from the segments.
#[derive(Debug, Default)]
pub struct News {
    /// What is followed; none before the first start is done.
    pub follow: Option<Follow>,
    /// How far each feed came, also those no longer followed.
    pub feeds: BTreeMap<PlaceId, FeedRow>,
    /// What the held segments do.
    pub ledgers: BTreeMap<PlaceId, BTreeMap<Hash, Ledger>>,
    /// Names of places and agencies.
    pub directory: Directory,
    /// Two feeds that use one id stay apart; the id alone finds the first of them.
    records: BTreeMap<RecordId, BTreeMap<PlaceId, Held>>,
    keys: BTreeMap<Name, u32>,
    names: BTreeMap<u32, Name>,
    next_key: u32,
    postings: Postings,
    unindexed: VecDeque<Name>,
}

impl News {
    /// News of which only the state of the feeds is known yet.
    pub fn begin(follow: Option<Follow>, feeds: BTreeMap<PlaceId, FeedRow>) -> Self {
        Self {
            follow,
            feeds,
            ..Self::default()
        }
    }

    /// Adds a leaf or replaces its older revision. What cannot be read is kept by the segments and
    /// shown by nobody.
    pub fn put(&mut self, leaf: &[u8]) {
        let Ok(record) = Record::from_bytes(leaf) else {
            return;
        };
        let Ok(body) = record.body() else { return };
        self.directory.insert(&record, &body);
        let name = (record.id, record.place.clone());
        if searchable(&record, &body).is_some() {
            self.unindexed.push_back(name.clone());
        }
        let (id, place) = name;
        let held = Held { record, body };
        self.records.entry(id).or_default().insert(place, held);
    }

    /// Takes a record out.
    pub fn remove(&mut self, id: RecordId, place: &PlaceId) {
        let name = (id, place.clone());
        if let Some(of_id) = self.records.get_mut(&id) {
            of_id.remove(place);
            if of_id.is_empty() {
                self.records.remove(&id);
            }
        }
        self.directory.remove(&id);
        if let Some(key) = self.keys.remove(&name) {
            self.names.remove(&key);
            self.postings.remove(key);
        }
    }

    /// Takes out what `place` no longer says.
    pub fn retain(&mut self, place: &PlaceId, set: &BTreeMap<RecordId, Hash>) {
        let gone: Vec<RecordId> = self
            .records
            .iter()
            .filter(|(id, of_id)| of_id.contains_key(place) && !set.contains_key(id))
            .map(|(id, _)| *id)
            .collect();
        gone.into_iter().for_each(|id| self.remove(id, place));
    }

    /// Indexes up to `count` records that wait for it; true while more do.
    pub fn index_some(&mut self, count: usize) -> bool {
        for _ in 0..count {
            let Some(name) = self.unindexed.pop_front() else {
                return false;
            };
            self.index(name);
        }
        !self.unindexed.is_empty()
    }

    fn index(&mut self, name: Name) {
        // It may have gone, or been replaced, since it was queued.
        let Some(held) = self.record(&name) else {
            return;
        };
        let Some(found) = searchable(&held.record, &held.body) else {
            return;
        };
        let key = *self.keys.entry(name.clone()).or_insert_with(|| {
            self.next_key += 1;
            self.next_key
        });
        self.names.insert(key, name);
        self.postings.insert(key, found.newest, &found.text);
    }

    /// The best hits among what is indexed, in the order of rank.
    pub fn search(&self, query: &Query, limit: usize) -> Vec<&Held> {
        let hits = self.postings.search(query, limit);
        hits.into_iter()
            .filter_map(|hit| self.record(self.names.get(&hit.key)?))
            .collect()
    }

    fn record(&self, (id, place): &Name) -> Option<&Held> {
        self.records.get(id)?.get(place)
    }

    /// The record with this id.
    pub fn get(&self, id: &RecordId) -> Option<&Held> {
        self.records.get(id)?.values().next()
    }

    /// All records, in order of id.
    pub fn all(&self) -> impl Iterator<Item = &Held> {
        self.records.values().flat_map(BTreeMap::values)
    }

    /// What is known of the feed of a record.
    pub fn mark(&self, place: &PlaceId) -> FeedMark {
        self.feeds.get(place).map(FeedRow::mark).unwrap_or_default()
    }

    /// What a session starts from.
    pub fn feed_states(&self) -> BTreeMap<PlaceId, FeedState> {
        let state = |(place, row): (&PlaceId, &FeedRow)| {
            let known = row.known();
            let segments = row.segments.clone();
            let above = row.above.clone();
            let state = FeedState {
                known,
                segments,
                above,
            };
            (place.clone(), state)
        };
        self.feeds.iter().map(state).collect()
    }

    /// The blob of that name that a record names.
    pub fn blob(&self, hash: &Hash) -> Option<Blob> {
        let mut blobs = self.all().flat_map(|held| held.record.blobs());
        blobs.find(|blob| blob.hash == *hash)
    }
}

//! The news a node holds, durable, changed only by applies.

use std::collections::BTreeMap;
use std::sync::Arc;

use bantin_model::feed::{Known, Ledger, Op, OpRef, TrustedHead, root_of};
use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::letter::ReceiptKey;
use bantin_model::record::Record;
use bantin_model::sync::{Apply, FeedChange, FeedState, life_of};
use bantin_model::tree;

use crate::outcome::{Breach, hold};

/// One feed.
#[derive(Clone)]
pub struct Feed {
    /// The newest head.
    pub known: Known,
    /// Its segments, in the order in which that head lists them.
    pub listed: Vec<Hash>,
    /// What its segments do.
    pub ledgers: BTreeMap<Hash, Ledger>,
    /// The place above.
    pub above: Option<PlaceId>,
    /// What is shown.
    pub records: BTreeMap<RecordId, Arc<[u8]>>,
}

/// Everything held of a place and those above it.
#[derive(Clone, Default)]
pub struct News {
    /// By place.
    pub feeds: BTreeMap<PlaceId, Feed>,
    /// The newest heads document whose feeds are all at their version.
    pub document: Option<Arc<[u8]>>,
    /// No feed has moved on since `document`.
    pub settled: bool,
    /// Its tag.
    pub etag: Option<String>,
    /// The newest root document seen.
    pub root_version: u32,
    /// Keys of hubs on the path.
    pub receipt_keys: Vec<ReceiptKey>,
    /// Files of segments, kept only where they are served.
    pub files: BTreeMap<Hash, Arc<[u8]>>,
}

/// How much of a change is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// What a careless store has written when it is interrupted.
    Half,
}

impl News {
    /// What a session must know.
    pub fn states(&self) -> BTreeMap<PlaceId, FeedState> {
        let state = |(place, feed): (&PlaceId, &Feed)| {
            let (known, segments) = (feed.known, feed.listed.clone());
            let above = feed.above.clone();
            let state = FeedState {
                known,
                segments,
                above,
            };
            (place.clone(), state)
        };
        self.feeds.iter().map(state).collect()
    }

    /// The ledgers of held segments.
    pub fn ledgers(&self, place: &PlaceId, segments: &[Hash]) -> Vec<(Hash, Ledger)> {
        let Some(feed) = self.feeds.get(place) else {
            return Vec::new();
        };
        let ledger = |hash: &Hash| Some((*hash, feed.ledgers.get(hash)?.clone()));
        segments.iter().filter_map(ledger).collect()
    }

    /// In which life the hubs of the path are, as far as is known here.
    pub fn life(&self) -> u64 {
        let epoch = |(place, feed): (&'_ PlaceId, &Feed)| (place.clone(), feed.known.order.0);
        let epochs: Vec<(PlaceId, u32)> = self.feeds.iter().map(epoch).collect();
        life_of(epochs.iter().map(|(place, epoch)| (place, *epoch)))
    }

    /// Whether one of these heads begins a new epoch of a feed that is held, or is the first of its feed: who saw
    /// none of it before cannot tell whether its hub was restored since it accepted something.
    pub fn begins_epoch(&self, heads: &[TrustedHead]) -> bool {
        heads.iter().any(|trusted| {
            let held = self.feeds.get(&trusted.head.place);
            held.is_none_or(|feed| feed.known.order.0 < trusted.head.epoch)
        })
    }

    /// Writes a change of the news; others are none of its business.
    pub fn apply(&mut self, apply: &Apply, extent: Extent) {
        match apply {
            Apply::Feed(change) => self.apply_feed(change, extent),
            Apply::Heads {
                document,
                etag,
                heads,
                root_version,
                receipt_keys,
                ..
            } => {
                for trusted in heads {
                    if let Some(feed) = self.feeds.get_mut(&trusted.head.place) {
                        feed.known = known(trusted);
                    }
                }
                self.receipt_keys.clone_from(receipt_keys);
                self.root_version = self.root_version.max(*root_version);
                if extent == Extent::Half {
                    return;
                }
                self.etag.clone_from(etag);
                if let Some(document) = document {
                    let listed = |place: &PlaceId| heads.iter().any(|h| h.head.place == *place);
                    self.feeds.retain(|place, _| listed(place));
                    self.document = Some(document.as_slice().into());
                    self.settled = true;
                }
            }
            _ => {}
        }
    }

    fn apply_feed(&mut self, change: &FeedChange, extent: Extent) {
        self.settled = false;
        let held = self.feeds.remove(&change.head.head.place);
        let mut feed = held.unwrap_or_else(|| Feed {
            known: known(&change.head),
            listed: Vec::new(),
            ledgers: BTreeMap::new(),
            above: None,
            records: BTreeMap::new(),
        });
        feed.known = known(&change.head);
        feed.above.clone_from(&change.head.above);
        let listed = change.head.head.segments.iter();
        feed.listed = listed.map(|segment| segment.hash).collect();
        if change.anew {
            feed.ledgers.clear();
            feed.records
                .retain(|id, bytes| change.set.get(id) == Some(&tree::leaf_hash(bytes)));
        }
        feed.ledgers.retain(|hash, _| !change.forget.contains(hash));
        for segment in &change.segments {
            feed.ledgers.insert(segment.hash, segment.ledger.clone());
        }
        if extent == Extent::Whole {
            feed.records.retain(|id, _| !change.remove.contains(id));
            for segment in &change.segments {
                put(&mut feed.records, &segment.raw, change);
            }
        }
        self.feeds.insert(change.head.head.place.clone(), feed);
    }

    /// What is shown of a place is exactly what its head signs.
    pub fn check(&self) -> Result<(), Breach> {
        for (place, feed) in &self.feeds {
            let leaf = |(id, bytes): (&RecordId, &Arc<[u8]>)| (*id, tree::leaf_hash(bytes));
            let set = feed.records.iter().map(leaf).collect();
            hold!(
                root_of(&set) == feed.known.root,
                "{place}: what is shown is not the set of version {:?}",
                feed.known.order
            );
        }
        Ok(())
    }
}

fn put(records: &mut BTreeMap<RecordId, Arc<[u8]>>, raw: &[u8], change: &FeedChange) {
    for op in Op::split(raw).unwrap_or_default() {
        let OpRef::Put(leaf) = op else { continue };
        if change.put.contains(&tree::leaf_hash(leaf))
            && let Ok(record) = Record::from_bytes(leaf)
        {
            records.insert(record.id, leaf.into());
        }
    }
}

/// What is kept of a head.
fn known(trusted: &TrustedHead) -> Known {
    Known {
        order: trusted.head.order(),
        root: trusted.head.root,
        issued_at: trusted.head.issued_at,
    }
}

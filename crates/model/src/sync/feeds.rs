//! News: heads, then the segments that are new, then one change per feed, then the heads themselves.
//!
//! The heads document is applied last and its `ETag` is kept only if every feed reached its version:
//! a sync that was cut leaves a state from which the next one asks again.

use std::collections::{BTreeMap, BTreeSet};

use super::dictionaries::{Dictionaries, Waiting};
use super::moving::Moving;
use super::{Apply, Effect, FeedState, Opened, Request, Summary, Trouble, Unopened};
use crate::feed::{
    HeadsChanges, HeadsDocument, Known, Ledger, Pin, Segment, SegmentRef, TrustError, TrustedHead,
    Verified, verify_below,
};
use crate::id::{Hash, PlaceId};
use crate::letter::{ReceiptKey, Signer};
use crate::time::{Seconds, clock_looks_wrong, newest_signed};

/// A verified document that waits for its feeds.
#[derive(Debug)]
struct Newest {
    verified: Verified,
    bytes: Vec<u8>,
    etag: Option<String>,
    asked_at: Seconds,
    /// Places whose feed did not reach the version of its head.
    behind: BTreeSet<PlaceId>,
}

/// The downward strand of a session.
#[derive(Debug)]
pub(super) struct Feeds {
    place: PlaceId,
    pin: Pin,
    known: BTreeMap<PlaceId, FeedState>,
    etag: Option<String>,
    document: Option<Vec<u8>>,
    asking: bool,
    newest: Option<Newest>,
    receipt_keys: Vec<ReceiptKey>,
    moving: BTreeMap<PlaceId, Moving>,
    dictionaries: Dictionaries,
}

impl Feeds {
    pub(super) fn new(
        place: PlaceId,
        pin: Pin,
        known: BTreeMap<PlaceId, FeedState>,
        etag: Option<String>,
        document: Option<Vec<u8>>,
        asking: bool,
    ) -> Self {
        Self {
            place,
            pin,
            known,
            etag,
            document,
            asking,
            newest: None,
            receipt_keys: Vec::new(),
            moving: BTreeMap::new(),
            dictionaries: Dictionaries::default(),
        }
    }

    pub(super) fn begin(&mut self) -> Vec<Effect> {
        if !self.asking {
            return Vec::new();
        }
        let place = self.place.clone();
        let etag = self.etag.take().filter(|tag| match &self.document {
            Some(held) => names(tag, held),
            None => true,
        });
        let changes = etag.is_some() && self.document.is_some();
        vec![Effect::Request(Request::Heads {
            place,
            etag,
            changes,
        })]
    }

    /// Changes that do not lead to a document that holds, and to the one that their tag names, say nothing:
    /// another one may have been held when its tag was kept, or some were damaged into fields that nobody
    /// reads. The whole is asked for.
    pub(super) fn changes(
        &mut self,
        bytes: &[u8],
        etag: Option<String>,
        now: Seconds,
        summary: &mut Summary,
    ) -> Vec<Effect> {
        let held = self.document.take();
        let held = held.and_then(|held| HeadsDocument::from_bytes(&held).ok());
        let changes = HeadsChanges::from_bytes(bytes).ok();
        let newer = held.and_then(|held| changes?.applied_to(&held));
        let newer = newer.map(|newer| newer.to_bytes());
        let newer = newer.filter(|newer| etag.as_ref().is_none_or(|tag| names(tag, newer)));
        let verified = newer.and_then(|bytes| Some((self.verified(&bytes).ok()?, bytes)));
        match verified {
            Some(((verified, None), bytes)) => self.believe(verified, bytes, etag, now, summary),
            _ => {
                self.asking = true;
                self.begin()
            }
        }
    }

    pub(super) fn idle(&self) -> bool {
        !self.asking && self.moving.is_empty()
    }

    pub(super) fn heads_failed(&mut self) {
        self.asking = false;
    }

    /// A feed stays where it was; the others go on.
    pub(super) fn abandon(&mut self, place: &PlaceId) -> Vec<Effect> {
        self.moving.remove(place);
        if let Some(newest) = &mut self.newest {
            newest.behind.insert(place.clone());
        }
        self.settle()
    }

    pub(super) fn unchanged(&mut self, now: Seconds) -> Vec<Effect> {
        self.asking = false;
        let newest_signed = newest_signed(self.known.values().map(|feed| feed.known.issued_at));
        vec![Effect::Apply(Box::new(Apply::Unchanged {
            checked_at: now,
            clock_wrong: clock_looks_wrong(now, newest_signed),
        }))]
    }

    /// The keys that sign receipts according to the document, once it holds.
    pub(super) fn receipt_keys(&self) -> &[ReceiptKey] {
        &self.receipt_keys
    }

    pub(super) fn heads(
        &mut self,
        bytes: Vec<u8>,
        etag: Option<String>,
        now: Seconds,
        summary: &mut Summary,
    ) -> Vec<Effect> {
        self.asking = false;
        match self.verified(&bytes) {
            Ok((verified, broken)) => {
                if let Some(error) = broken {
                    summary.troubles.insert(trouble(&error));
                }
                self.believe(verified, bytes, etag, now, summary)
            }
            Err(error) => {
                summary.troubles.insert(trouble(&error));
                Vec::new()
            }
        }
    }

    /// What holds of a document, and why the rest does not.
    fn verified(&self, bytes: &[u8]) -> Result<(Verified, Option<TrustError>), TrustError> {
        let known: BTreeMap<PlaceId, Known> = self
            .known
            .iter()
            .map(|(place, feed)| (place.clone(), feed.known))
            .collect();
        let above =
            |(place, feed): (&PlaceId, &FeedState)| Some((place.clone(), feed.above.clone()?));
        let parents = self.known.iter().filter_map(above).collect();
        let document = HeadsDocument::from_bytes(bytes)?;
        verify_below(&document, &self.place, self.pin, &known, &parents)
    }

    fn believe(
        &mut self,
        verified: Verified,
        bytes: Vec<u8>,
        etag: Option<String>,
        now: Seconds,
        summary: &mut Summary,
    ) -> Vec<Effect> {
        self.asking = false;
        self.receipt_keys = verified.heads.iter().map(receipt_key).collect();
        let mut effects = Vec::new();
        // The followed place first: that is where the eye is.
        for trusted in verified.heads.iter().rev() {
            effects.extend(self.plan(trusted));
        }
        let reached = verified.heads.last().map(|last| last.head.place.clone());
        let behind = match reached == Some(self.place.clone()) {
            true => BTreeSet::new(),
            // The document is asked for again until the followed place speaks in it.
            false => BTreeSet::from([self.place.clone()]),
        };
        let etag = etag.filter(|tag| names(tag, &bytes));
        self.newest = Some(Newest {
            verified,
            bytes,
            etag,
            asked_at: now,
            behind,
        });
        let ready: Vec<PlaceId> = self.moving.keys().cloned().collect();
        for place in ready {
            effects.extend(self.complete(&place, summary));
        }
        effects.extend(self.settle());
        effects
    }

    fn plan(&mut self, trusted: &TrustedHead) -> Vec<Effect> {
        let place = &trusted.head.place;
        let feed = self.known.get(place);
        if feed.is_some_and(|feed| feed.known.order == trusted.head.order()) {
            return Vec::new();
        }
        let held = feed.map(|feed| feed.segments.clone()).unwrap_or_default();
        let mut effects = Vec::new();
        if !held.is_empty() {
            let (place, segments) = (place.clone(), held.clone());
            effects.push(Effect::Request(Request::Ledgers { place, segments }));
        }
        let moving = Moving::new(trusted.clone(), feed);
        effects.extend(requests(place, moving.missing()));
        self.moving.insert(place.clone(), moving);
        effects
    }

    pub(super) fn ledgers(
        &mut self,
        place: &PlaceId,
        ledgers: Vec<(Hash, Ledger)>,
        summary: &mut Summary,
    ) -> Vec<Effect> {
        let Some(moving) = self.moving.get_mut(place) else {
            return Vec::new();
        };
        let more = moving.ledgers(ledgers);
        let mut effects = requests(place, more);
        effects.extend(self.complete(place, summary));
        effects
    }

    /// A segment that is still wanted is opened, once the dictionary that it names is here.
    pub(super) fn segment(&mut self, place: PlaceId, hash: Hash, bytes: Vec<u8>) -> Vec<Effect> {
        if !self.moving.get(&place).is_some_and(|m| m.misses(&hash)) {
            return Vec::new();
        }
        let named = Segment::read(&bytes).ok();
        let named = named.and_then(|segment| segment.dictionary());
        // A damaged one names nothing: it must not make a device fetch what nobody signed.
        let named = named.filter(|_| Hash::of(&bytes) == hash);
        if let Some(dictionary) = self.dictionaries.lacking(named) {
            let waiting = Waiting { place, hash, bytes };
            return self.dictionaries.wait(dictionary, waiting);
        }
        let dictionary = self.dictionaries.held(named);
        vec![Effect::Open(Box::new(Unopened {
            place,
            hash,
            bytes,
            dictionary,
        }))]
    }

    /// What does not open is not what the head names, no segment at all, or packed with another dictionary.
    pub(super) fn opened(&mut self, opened: Opened, summary: &mut Summary) -> Vec<Effect> {
        let Opened {
            place,
            hash,
            segment,
        } = opened;
        let Some(moving) = self.moving.get_mut(&place).filter(|m| m.misses(&hash)) else {
            return Vec::new();
        };
        let Some(segment) = segment else {
            summary.troubles.insert(Trouble::NotGenuine);
            return self.abandon(&place);
        };
        moving.segment(segment);
        self.complete(&place, summary)
    }

    /// A dictionary that is not what was asked for is found out by the segments that need it.
    pub(super) fn dictionary(&mut self, hash: Hash, bytes: Vec<u8>) -> Vec<Effect> {
        let waiting = self.dictionaries.came(hash, bytes);
        let segments = waiting.into_iter();
        segments
            .flat_map(|w| self.segment(w.place, w.hash, w.bytes))
            .collect()
    }

    pub(super) fn dictionary_failed(&mut self, hash: &Hash) -> Vec<Effect> {
        let waiting = self.dictionaries.failed(hash);
        let places = waiting.into_iter();
        places.flat_map(|w| self.abandon(&w.place)).collect()
    }

    /// The change of a feed whose segments are all here, if they give the signed root.
    fn complete(&mut self, place: &PlaceId, summary: &mut Summary) -> Vec<Effect> {
        if !self.moving.get(place).is_some_and(Moving::is_complete) {
            return Vec::new();
        }
        let Some(mut moving) = self.moving.remove(place) else {
            return Vec::new();
        };
        if moving.lacks_leaves() {
            let more = moving.begin_anew();
            self.moving.insert(place.clone(), moving);
            return requests(place, more);
        }
        let Some(change) = moving.into_change() else {
            summary.troubles.insert(Trouble::NotGenuine);
            return self.abandon(place);
        };
        let changed = change.put.len() + change.remove.len();
        summary.records_changed += u32::try_from(changed).unwrap_or(u32::MAX);
        let mut effects = vec![Effect::Apply(Box::new(Apply::Feed(change)))];
        effects.extend(self.settle());
        effects
    }

    /// Once no feed is moving: the heads.
    fn settle(&mut self) -> Vec<Effect> {
        if !self.moving.is_empty() {
            return Vec::new();
        }
        let Some(newest) = self.newest.take() else {
            return Vec::new();
        };
        let receipt_keys = self.receipt_keys.clone();
        let all = newest.behind.is_empty();
        let reached = |trusted: &TrustedHead| !newest.behind.contains(&trusted.head.place);
        vec![Effect::Apply(Box::new(Apply::Heads {
            document: all.then_some(newest.bytes),
            etag: newest.etag.filter(|_| all),
            root_version: newest.verified.root_version,
            newest_signed: newest.verified.newest_signed,
            checked_at: newest.asked_at,
            clock_wrong: clock_looks_wrong(newest.asked_at, newest.verified.newest_signed),
            receipt_keys,
            heads: newest.verified.heads.into_iter().filter(reached).collect(),
        }))]
    }
}

fn requests(place: &PlaceId, segments: Vec<SegmentRef>) -> Vec<Effect> {
    let request = |SegmentRef { hash, bytes, .. }| {
        Effect::Request(Request::Segment {
            place: place.clone(),
            hash,
            bytes,
        })
    };
    segments.into_iter().map(request).collect()
}

/// Whether a tag is one of the document with these bytes.
fn names(tag: &str, bytes: &[u8]) -> bool {
    HeadsDocument::from_bytes(bytes).is_ok_and(|document| document.is_named(bytes, tag))
}

fn receipt_key(trusted: &TrustedHead) -> ReceiptKey {
    let place = trusted.head.place.clone();
    ReceiptKey {
        key: trusted.keys.receipt,
        place,
        signer: Signer::Hub,
    }
}

fn trouble(error: &TrustError) -> Trouble {
    match error {
        TrustError::OtherRoot => Trouble::OtherRoot,
        TrustError::RolledBack(_) | TrustError::RootRolledBack | TrustError::Forked(_) => {
            Trouble::RolledBack
        }
        TrustError::Shape(_) => Trouble::NotAHub,
        _ => Trouble::NotGenuine,
    }
}

//! Somebody who answers phones as if he were their hub: with old documents, forged ones, mixtures, foreign segments,
//! receipts of his own, and mailboxes that never end. He has every public byte and no key.

use std::collections::BTreeMap;
use std::sync::Arc;

use bantin_model::cbor;
use bantin_model::feed::{
    Codec, HEADS_BYTES_MAX, Head, HeadsDocument, Ledger, Op, Segment, SegmentRef, current_set,
    root_of,
};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{
    BoxPage, LetterId, MailItem, PollRequest, PollResponse, Receipt, ReceiptStep,
};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};
use bantin_model::sync::Trouble;

use crate::cast::{START, cast, home_of, member, notice};
use crate::chance::Chance;
use crate::hub::Hub;
use crate::message::{Ask, Reply};

/// Documents of one place that he keeps.
const KEPT: usize = 24;

/// The forger.
#[derive(Default)]
pub struct Rogue {
    seen: BTreeMap<PlaceId, Vec<Arc<[u8]>>>,
    forged: BTreeMap<Hash, Arc<[u8]>>,
    /// He has got hold of the keys of the feeds.
    stolen: bool,
    made: u64,
}

impl Rogue {
    /// A forger, with or without the keys of the feeds.
    pub fn new(stolen: bool) -> Self {
        Self {
            stolen,
            ..Self::default()
        }
    }

    /// Keeps a genuine document for later.
    pub fn saw(&mut self, place: &PlaceId, bytes: &Arc<[u8]>) {
        let seen = self.seen.entry(place.clone()).or_default();
        if seen.last() != Some(bytes) && seen.len() < KEPT {
            seen.push(bytes.clone());
        }
    }

    /// What he answers.
    pub fn answer(&mut self, ask: &Ask, hubs: &[Hub], chance: &mut Chance) -> Reply {
        match ask {
            Ask::Heads { place, etag, .. } => self.heads(place, etag.as_ref(), hubs, chance),
            Ask::Segment(hash) => self.segment(hash, hubs, chance),
            Ask::Letter(bytes) => receipt(bytes, chance),
            Ask::Poll(request) => poll(request, hubs, chance),
            Ask::Answers(_) => Reply::Trouble(Trouble::NotAHub),
        }
    }

    fn heads(
        &mut self,
        place: &PlaceId,
        etag: Option<&String>,
        hubs: &[Hub],
        chance: &mut Chance,
    ) -> Reply {
        let seen = self.seen.get(place).cloned().unwrap_or_default();
        let (Some(newest), Some(other)) = (seen.last(), seen.get(chance.index(seen.len()))) else {
            return Reply::Trouble(Trouble::PlaceUnknown);
        };
        let made = match chance.below(5) {
            // An honest answer, the better to be believed later; or "nothing new" for ever.
            0 if etag.is_some() => return Reply::Unchanged,
            0 => Some(newest.to_vec()),
            1 => Some(other.to_vec()),
            2 => mixed(newest, other, chance),
            _ => self.forge(newest, chance),
        };
        let bytes = made.unwrap_or_else(|| newest.to_vec());
        // A tag of his own, none, or the tag of the hub's newest document on another one.
        let newest = || {
            let hub = hubs.get(home_of(place)?)?;
            Some(hub.disk.served.as_ref()?.tag.clone())
        };
        let etag = match chance.below(3) {
            0 => None,
            1 => Some("rogue".to_owned()),
            _ => newest(),
        };
        Reply::Heads {
            bytes: bytes.into(),
            etag,
        }
    }

    /// A document whose last head is his: a version to come, with a notice that nobody wrote.
    fn forge(&mut self, genuine: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
        let mut document = HeadsDocument::from_bytes(genuine).ok()?;
        let last = document.nodes.last_mut()?;
        let envelope = Envelope::from_bytes(&last.head, HEADS_BYTES_MAX).ok()?;
        let head: Head = cbor::from_slice(&envelope.payload, HEADS_BYTES_MAX).ok()?;
        let home = home_of(&head.place)?;
        self.made += 1;
        let lie = notice(home, 1_000_000 + self.made, START).to_bytes();
        let raw = Op::join(&[Op::Put(lie)]);
        let bytes = Segment::write(Codec::Plain, raw.len(), &raw);
        let listed = SegmentRef {
            hash: Hash::of(&bytes),
            bytes: bytes.len() as u64,
            ops: 1,
        };
        let set = current_set([&Ledger::of(&raw).ok()?]);
        let head = Head {
            version: head.version + chance.between(0, 2),
            root: root_of(&set),
            count: set.len() as u64,
            segments: vec![listed],
            ..head
        };
        self.forged.insert(listed.hash, bytes.into());
        let key: &SecretKey = match self.stolen {
            true => &member(home).feed,
            false => &cast().forger,
        };
        let mut envelope = Envelope::seal(PayloadType::Head, cbor::to_vec(&head), &[key]);
        if let Some(signature) = envelope.signatures.first_mut() {
            // He writes the name of the key that is looked for.
            signature.key = member(home).keys.feed.id();
        }
        last.head = envelope.to_bytes().into();
        Some(document.to_bytes())
    }

    fn segment(&self, hash: &Hash, hubs: &[Hub], chance: &mut Chance) -> Reply {
        if let Some(bytes) = self.forged.get(hash) {
            return Reply::Bytes(bytes.clone());
        }
        let feeds = hubs.iter().filter_map(|hub| hub.disk.own.as_ref());
        let genuine = |own: &crate::hub::OwnFeed| own.files.get(hash).cloned();
        match (feeds.clone().find_map(genuine), chance.below(3)) {
            (Some(bytes), 0 | 1) => Reply::Bytes(bytes),
            _ => {
                let files: Vec<_> = feeds.flat_map(|own| own.files.values()).collect();
                match files.get(chance.index(files.len())) {
                    Some(other) => Reply::Bytes((*other).clone()),
                    None => Reply::Trouble(Trouble::Other),
                }
            }
        }
    }
}

/// Some places from one document and the rest from another.
fn mixed(one: &[u8], other: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut one = HeadsDocument::from_bytes(one).ok()?;
    let other = HeadsDocument::from_bytes(other).ok()?;
    let at = chance.index(one.nodes.len());
    let node = one.nodes.get_mut(at)?;
    *node = other.nodes.get(at)?.clone();
    Some(one.to_bytes())
}

fn receipt(letter: &[u8], chance: &mut Chance) -> Reply {
    let id = LetterId::of(letter);
    let sign = |letter| {
        let place = member(3).place.clone();
        Receipt::issue(letter, ReceiptStep::Accepted, START, place, &cast().forger)
    };
    match chance.below(3) {
        0 => Reply::Trouble(Trouble::Refused),
        1 => Reply::Bytes(sign(id).into()),
        _ => Reply::Bytes(sign(LetterId(Hash::of(b"another"))).into()),
    }
}

/// Genuine entries under cursors of his own at the end of time, junk, and sometimes always "there is more".
fn poll(request: &[u8], hubs: &[Hub], chance: &mut Chance) -> Reply {
    let Ok(request) = PollRequest::from_bytes(request) else {
        return Reply::Trouble(Trouble::Other);
    };
    let (endless, junk) = (chance.permille(300), chance.permille(500));
    let page = |asked: &bantin_model::letter::BoxCursor| {
        let mailbox = asked.read_key.mailbox();
        let genuine = hubs
            .iter()
            .flat_map(|hub| hub.disk.after(&mailbox, 0))
            .take(1);
        let mut entries: Vec<MailItem> = genuine
            .map(|(_, bytes)| bytes.to_vec())
            .chain(junk.then(|| b"junk".to_vec()))
            .zip(1..)
            .map(|(bytes, step)| MailItem {
                cursor: asked.after.saturating_add(step),
                bytes: bytes.into(),
            })
            .collect();
        if !endless && let Some(last) = entries.last_mut() {
            last.cursor = u64::MAX >> 1;
        }
        entries.retain(|entry| entry.cursor > asked.after);
        BoxPage {
            more: endless && !entries.is_empty(),
            entries,
        }
    };
    let boxes = request.boxes.iter().map(page).collect();
    Reply::Pages(PollResponse { boxes }.to_bytes().into())
}

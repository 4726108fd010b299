//! Makes input number N of a target: a seed, changed as its shape allows.

use std::cell::RefCell;
use std::collections::BTreeMap;

use bantin_model::feed::{Codec, Segment};
use bantin_model::id::{Hash, KeyId};
use bantin_model::pack::HEADER_BYTES;
use bantin_model::sign::{PayloadType, SecretKey, pae};

use crate::chance::Chance;
use crate::mutate::cbor::{self, Item};
use crate::mutate::pack::{self, Part};
use crate::mutate::{self, picture};
use crate::seed::{cast, segment};
use crate::target::{Shape, Target};

/// Signatures remembered at most.
const SIGNED_MAX: usize = 4_096;

/// The seeds of a target, read once.
pub struct Corpus {
    target: Target,
    seeds: Vec<Seed>,
    /// With their names: to name a key takes as long as to sign with it.
    signers: Vec<(KeyId, SecretKey)>,
    /// By signer and message. Most envelopes of an input are not the changed one, and signing them anew would be
    /// most of the work.
    signed: RefCell<BTreeMap<Hash, Vec<u8>>>,
}

struct Seed {
    bytes: Vec<u8>,
    items: Vec<Item>,
    parts: Vec<Part>,
}

impl Corpus {
    /// The corpus of `target`.
    pub fn of(target: Target) -> Self {
        let seeds = (target.seeds)().into_iter().map(|bytes| Seed {
            items: items(target.shape, &bytes),
            parts: match target.shape {
                Shape::Pack => pack::read(&bytes),
                _ => Vec::new(),
            },
            bytes,
        });
        Self {
            target,
            seeds: seeds.collect(),
            signers: cast::signers()
                .into_iter()
                .map(|key| (key.public().id(), key))
                .collect(),
            signed: RefCell::default(),
        }
    }

    /// Input `number` under `seed`: always the same bytes.
    pub fn input(&self, seed: u64, number: u64) -> Vec<u8> {
        let mut chance = Chance::of(seed, self.target.name, number);
        let from = self.seeds.get(chance.below(self.seeds.len()));
        let other = self.seeds.get(chance.below(self.seeds.len()));
        let (Some(from), Some(other)) = (from, other) else {
            return Vec::new();
        };
        let known = !from.items.is_empty() || !from.parts.is_empty();
        let mut input = if !known || chance.one_in(4) {
            let mut input = from.bytes.clone();
            mutate::mutate(&mut input, &other.bytes, &mut chance, self.target.bytes_max);
            input
        } else {
            self.restructured(from, other, &mut chance)
        };
        input.truncate(self.target.bytes_max);
        if self.target.shape == Shape::Picture && input.starts_with(b"\x89PNG") && !chance.one_in(8)
        {
            picture::repair_png(&mut input);
        }
        input
    }

    fn restructured(&self, from: &Seed, other: &Seed, chance: &mut Chance) -> Vec<u8> {
        if !from.parts.is_empty() {
            let header = from.bytes.get(..HEADER_BYTES).unwrap_or_default();
            return pack::mutate(header, &from.parts, &other.parts, chance);
        }
        let mut items = from.items.clone();
        cbor::mutate(&mut items, &other.items, chance);
        match self.target.shape {
            Shape::Segment => repack(&cbor::write(&items), chance),
            _ => {
                if chance.one_in(2) {
                    items.iter_mut().for_each(|item| self.sign_again(item));
                }
                cbor::write(&items)
            }
        }
    }

    /// Signs every envelope in `item` anew with the keys it names: what is inside is then looked at.
    fn sign_again(&self, item: &mut Item) {
        if let Item::Nested(items) | Item::Array(items) | Item::Map(items) = item {
            items.iter_mut().for_each(|item| self.sign_again(item));
        }
        let Item::Map(entries) = item else { return };
        let [
            _,
            Item::Text(kind),
            _,
            payload,
            _,
            Item::Array(signatures),
            ..,
        ] = entries.as_mut_slice()
        else {
            return;
        };
        let payload = match payload {
            Item::Nested(items) => cbor::write(items),
            Item::Bytes(bytes) => bytes.clone(),
            _ => return,
        };
        let Some(kind) = kind_of(kind) else { return };
        let message = pae(kind, &payload);
        for signature in signatures {
            let Item::Map(parts) = signature else {
                continue;
            };
            let [_, Item::Bytes(id), _, Item::Bytes(made), ..] = parts.as_mut_slice() else {
                continue;
            };
            let signer = self
                .signers
                .iter()
                .find(|(known, _)| known.as_bytes() == id.as_slice());
            if let Some((name, key)) = signer {
                *made = self.signature(name, key, &message);
            }
        }
    }

    fn signature(&self, signer: &KeyId, key: &SecretKey, message: &[u8]) -> Vec<u8> {
        let name = Hash::of_parts(&[signer.as_bytes(), message]);
        let mut signed = self.signed.borrow_mut();
        if signed.len() >= SIGNED_MAX {
            signed.clear();
        }
        let made = signed
            .entry(name)
            .or_insert_with(|| key.sign(message).to_vec());
        made.clone()
    }
}

fn kind_of(name: &[u8]) -> Option<PayloadType> {
    let all = [
        PayloadType::Root,
        PayloadType::Head,
        PayloadType::Reply,
        PayloadType::Receipt,
    ];
    all.into_iter()
        .find(|kind| kind.as_str().as_bytes() == name)
}

fn items(shape: Shape, bytes: &[u8]) -> Vec<Item> {
    let raw = match shape {
        Shape::Cbor => Some(bytes.to_vec()),
        Shape::Segment => Segment::read(bytes)
            .ok()
            .and_then(|segment| segment.unpack(None).ok()),
        _ => None,
    };
    raw.and_then(|raw| cbor::read(&raw)).unwrap_or_default()
}

/// A segment around changed contents, packed well, its length told right or wrong.
fn repack(raw: &[u8], chance: &mut Chance) -> Vec<u8> {
    let length = match chance.one_in(8) {
        true => chance.edge() as usize,
        false => raw.len(),
    };
    match chance.one_in(2) {
        true => Segment::write(Codec::Plain, length, raw),
        false => Segment::write(Codec::Zstd, length, &segment::packed(raw, &[], 1)),
    }
}

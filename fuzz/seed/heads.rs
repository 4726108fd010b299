//! Heads documents: a country whose three places have spoken.

use bantin_model::feed::{Pin, fingerprint};
use bantin_model::id::Hash;
use bantin_model::sign::{PayloadType, SecretKey};
use bantin_model::tree;

use super::cast::{NOW, PLACES, envelope, feed_key, receipt_key, roots};
use super::record::{delegation, notice};
use super::{Item, bytes, map, number, one, text};

/// What the phone pinned.
pub fn pin() -> Pin {
    let keys: Vec<_> = roots().iter().map(SecretKey::public).collect();
    Pin {
        root: fingerprint(2, &keys),
        root_version: 0,
    }
}

/// The root's envelope, version `version`.
pub fn root(version: u64) -> Vec<u8> {
    let keys = roots();
    let public = keys.iter().map(|key| bytes(key.public().as_bytes()));
    let node = map([
        (0, bytes(feed_key(0).public().as_bytes())),
        (1, bytes(receipt_key(0).public().as_bytes())),
    ]);
    let root = map([
        (0, number(1)),
        (1, number(version)),
        (2, text(PLACES[0])),
        (3, number(2)),
        (4, Item::Array(public.collect())),
        (5, node),
        (6, number(1)),
        (7, number(0)),
        (8, map([(0, number(0))])),
    ]);
    envelope(PayloadType::Root, &one(&root), &keys[..2])
}

/// The leaves of a place: its grant to the place below and two notices.
pub fn leaves(at: usize) -> Vec<Vec<u8>> {
    let mut leaves = vec![notice(1, PLACES[at], 1), notice(2, PLACES[at], 2)];
    if at + 1 < PLACES.len() {
        leaves.push(delegation(at + 1));
    }
    leaves
}

fn hashes(at: usize) -> Vec<Hash> {
    leaves(at)
        .iter()
        .map(|leaf| tree::leaf_hash(leaf))
        .collect()
}

/// The head's envelope of a place with these segments.
pub fn head(at: usize, segments: Vec<Item>) -> Vec<u8> {
    let head = map([
        (0, number(1)),
        (1, text(PLACES[at])),
        (2, number(1)),
        (3, number(7)),
        (4, bytes(tree::root(&hashes(at)).as_bytes())),
        (5, number(leaves(at).len() as u64)),
        (6, Item::Array(segments)),
        (7, number(NOW)),
        (8, number(NOW + 604_800)),
    ]);
    envelope(PayloadType::Head, &one(&head), &[feed_key(at)])
}

/// A segment as a head lists it.
pub fn listed(hash: &Hash, length: usize, ops: usize) -> Item {
    map([
        (0, bytes(hash.as_bytes())),
        (1, number(length as u64)),
        (2, number(ops as u64)),
    ])
}

fn proof(at: usize) -> Item {
    let index = leaves(at).len() - 1;
    let path = tree::path(&hashes(at), index).unwrap_or_default();
    map([
        (0, bytes(&delegation(at + 1))),
        (1, number(index as u64)),
        (
            2,
            Item::Array(path.iter().map(|h| bytes(h.as_bytes())).collect()),
        ),
    ])
}

/// The document of the lowest place, with as many roots and segments in each head.
pub fn document(versions: u64, segments: usize) -> Vec<u8> {
    let nodes = (0..PLACES.len()).map(|at| {
        let listed = (0..segments).map(|n| listed(&Hash([n as u8; 32]), 4_000, 12));
        let head = (0, bytes(&head(at, listed.collect())));
        match at.checked_sub(1) {
            None => map([head]),
            Some(above) => map([head, (1, proof(above))]),
        }
    });
    let roots = (1..=versions).map(|version| bytes(&root(version)));
    one(&map([
        (0, Item::Array(roots.collect())),
        (1, Item::Array(nodes.collect())),
    ]))
}

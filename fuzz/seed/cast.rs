//! Who signs in the seeds: a country of three places with two of three root keys, and Hạnh's agency. The
//! keys are those of the golden vectors where there are any.

use bantin_model::id::PlaceId;
use bantin_model::letter::{ConversationKeys, ConversationSeed, SealSecret};
use bantin_model::sign::{PayloadType, SecretKey, pae};

use super::{Item, bytes, map, one, text};

/// The places from the top down.
pub const PLACES: [&str; 3] = ["vn", "vn-68", "vn-68-23008"];

/// Now, in the seeds.
pub const NOW: u64 = 1_795_323_600;

/// The place that a phone follows.
pub fn place() -> PlaceId {
    PlaceId::new(PLACES[2]).expect("a place")
}

/// The three root keys, ascending.
pub fn roots() -> Vec<SecretKey> {
    let mut keys: Vec<_> = (1..=3).map(|n| SecretKey::from_seed([n; 32])).collect();
    keys.sort_by_key(SecretKey::public);
    keys
}

/// The feed key of a place.
pub fn feed_key(at: usize) -> SecretKey {
    SecretKey::from_seed([10 * (at as u8 + 1); 32])
}

/// The receipt key of a place.
pub fn receipt_key(at: usize) -> SecretKey {
    SecretKey::from_seed([10 * (at as u8 + 1) + 100; 32])
}

/// The agency's key to sign.
pub fn agency_sign() -> SecretKey {
    SecretKey::from_seed([0xa2; 32])
}

/// The agency's key to open letters.
pub fn agency_seal() -> SealSecret {
    SealSecret::from_bytes([0xa1; 32])
}

/// Mai's conversation.
pub fn mai() -> ConversationKeys {
    ConversationKeys::from_seed(&ConversationSeed::from_bytes([0x11; 32]))
}

/// Every key that signs in a seed.
pub fn signers() -> Vec<SecretKey> {
    let nodes = (0..PLACES.len()).flat_map(|at| [feed_key(at), receipt_key(at)]);
    let mut all = roots();
    all.extend(nodes);
    all.push(agency_sign());
    all
}

/// An envelope around `payload`, signed by `keys`.
pub fn envelope(kind: PayloadType, payload: &[u8], keys: &[SecretKey]) -> Vec<u8> {
    let message = pae(kind, payload);
    let signature = |key: &SecretKey| {
        map([
            (0, bytes(key.public().id().as_bytes())),
            (1, bytes(&key.sign(&message))),
        ])
    };
    one(&map([
        (0, text(kind.as_str())),
        (1, bytes(payload)),
        (2, Item::Array(keys.iter().map(signature).collect())),
    ]))
}

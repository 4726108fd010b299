//! The grant by which a place lets the place below speak in a feed of its own.

use minicbor::{Decode, Encode};

use crate::id::{Hash, PlaceId};
use crate::sign::PublicKey;
use crate::time::Validity;

/// The keys of a node that serves a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NodeKeys {
    /// Signs the heads of the place's feed.
    #[n(0)]
    pub feed: PublicKey,
    /// Signs the receipt *accepted*.
    #[n(1)]
    pub receipt: PublicKey,
}

impl NodeKeys {
    /// What people compare when they make sure that these are the keys of `place`.
    pub fn fingerprint(&self, place: &PlaceId) -> Hash {
        let parts: [&[u8]; 5] = [
            b"bantin node keys v1\0",
            place.as_str().as_bytes(),
            b"\0",
            &self.feed.0,
            &self.receipt.0,
        ];
        Hash::of_parts(&parts)
    }
}

/// A signed grant in the feed of the place above.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Delegation {
    /// The place below.
    #[n(0)]
    pub place: PlaceId,
    /// Its keys.
    #[n(1)]
    pub keys: NodeKeys,
    /// Which life of the feed these keys speak for; a restore from a backup begins a new one.
    #[n(2)]
    pub epoch: u32,
    /// The last version of the epoch before that counts.
    #[n(3)]
    pub after_version: u64,
    /// Why this place may speak.
    #[n(4)]
    pub legal_basis: String,
    /// When heads signed with these keys count.
    #[n(5)]
    pub valid: Validity,
}

//! The root of trust: which keys may say who speaks for the top place.

use minicbor::{Decode, Encode};

use crate::id::{Hash, PlaceId};
use crate::record::{Delegation, NodeKeys};
use crate::sign::PublicKey;
use crate::time::Validity;

/// The root document, signed by at least `threshold` of its own `keys` and, from version 2 on, by the
/// threshold of the version before as well.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Root {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// 1, and one more for each rotation.
    #[n(1)]
    pub version: u32,
    /// The top place.
    #[n(2)]
    pub place: PlaceId,
    /// How many of `keys` must sign.
    #[n(3)]
    pub threshold: u8,
    /// Root keys, ascending, 1–16.
    #[n(4)]
    pub keys: Vec<PublicKey>,
    /// Keys of the top place's node.
    #[n(5)]
    pub node: NodeKeys,
    /// Life of the top place's feed.
    #[n(6)]
    pub epoch: u32,
    /// Last version of the epoch before that counts.
    #[n(7)]
    pub after_version: u64,
    /// When the node's heads count.
    #[n(8)]
    pub valid: Validity,
}

/// What a pairing link carries: the hash over threshold and keys of the first root document.
pub fn fingerprint(threshold: u8, keys: &[PublicKey]) -> Hash {
    let joined: Vec<u8> = keys.iter().flat_map(|key| key.0).collect();
    Hash::of_parts(&[b"bantin root v1\0", &[threshold], &joined])
}

impl Root {
    /// The version of the format written here.
    pub const FORMAT: u8 = 1;
    /// The largest number of root keys.
    pub const KEYS_MAX: usize = 16;

    /// Its [`fingerprint`].
    pub fn fingerprint(&self) -> Hash {
        fingerprint(self.threshold, &self.keys)
    }

    /// What it grants the node of the top place, in the form of a delegation.
    pub fn grant(&self) -> Delegation {
        Delegation {
            place: self.place.clone(),
            keys: self.node,
            epoch: self.epoch,
            after_version: self.after_version,
            legal_basis: String::new(),
            valid: self.valid,
        }
    }

    /// Keys ascending without repetition and a threshold that they can reach.
    pub fn well_formed(&self) -> bool {
        let ascending = self
            .keys
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a < b));
        let reachable = (1..=self.keys.len()).contains(&usize::from(self.threshold));
        ascending && reachable && self.keys.len() <= Self::KEYS_MAX
    }
}

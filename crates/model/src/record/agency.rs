//! The agency that answers for a place, and the keys to write to it.

use minicbor::{Decode, Encode};

use super::Names;
use crate::id::KeyId;
use crate::letter::SealPublic;
use crate::sign::PublicKey;
use crate::time::Validity;

/// An agency's public side, a leaf of its place's feed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Agency {
    /// Names by language.
    #[n(0)]
    pub names: Names,
    /// Letters are sealed to this key.
    #[n(1)]
    pub seal_key: SealPublic,
    /// Answers and the receipts *delivered* and *opened* are signed by this key.
    #[n(2)]
    pub sign_key: PublicKey,
    /// When both keys may be used.
    #[n(3)]
    pub valid: Validity,
    /// Where and when people are received, by language; no person's name or number.
    #[n(4)]
    #[cbor(default)]
    pub contact: Names,
    /// Keys that signed replies before `sign_key`, newest first, at most [`Agency::FORMER_MAX`]: what
    /// they signed still counts, so that nobody loses an answer to a rotation. A stolen key is left out.
    #[n(5)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub former: Vec<PublicKey>,
}

impl Agency {
    /// The largest number of former keys.
    pub const FORMER_MAX: usize = 16;

    /// All keys whose replies count.
    pub fn reply_keys(&self) -> impl Iterator<Item = PublicKey> {
        let former = self.former.iter().take(Self::FORMER_MAX);
        std::iter::once(self.sign_key).chain(former.copied())
    }

    /// The short name of the key letters are sealed to.
    pub fn key_id(&self) -> KeyId {
        KeyId::of(self.seal_key.as_bytes())
    }
}

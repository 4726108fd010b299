//! SHA-256 names and the short names of keys.

use sha2::{Digest, Sha256};

use super::bytes_id;

/// A SHA-256 hash.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);
bytes_id!(Hash, 32);

impl Hash {
    /// SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_parts(&[bytes])
    }

    /// SHA-256 of the concatenation of `parts`.
    pub fn of_parts(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }
}

/// The first 8 bytes of the SHA-256 of a public key: finds a key among known ones, proves nothing.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 8]);
bytes_id!(KeyId, 8);

impl KeyId {
    /// The name of a public key of any kind.
    pub fn of(public_key: &[u8]) -> Self {
        let Hash(hash) = Hash::of(public_key);
        let [a, b, c, d, e, f, g, h, ..] = hash;
        Self([a, b, c, d, e, f, g, h])
    }
}

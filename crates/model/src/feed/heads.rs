//! All heads of a place and the places above it, with what proves them, in one small document.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::cbor::{self, CborError};
use crate::id::Hash;
use crate::tree;

/// The largest document, in bytes.
pub const HEADS_BYTES_MAX: usize = 256 << 10;

/// A leaf and its way up to a head's root.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LeafProof {
    /// The record's exact bytes.
    #[n(0)]
    pub leaf: ByteVec,
    /// Its place among the leaves.
    #[n(1)]
    pub index: u64,
    /// Sibling hashes, nearest first.
    #[n(2)]
    pub path: Vec<Hash>,
}

impl LeafProof {
    /// Whether the leaf stands under `root` among `count` leaves.
    pub fn holds(&self, root: &Hash, count: u64) -> bool {
        tree::proves(
            root,
            count,
            self.index,
            tree::leaf_hash(&self.leaf),
            &self.path,
        )
    }
}

/// One place's head and, below the top, the delegation that lets it speak.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HeadsNode {
    /// Envelope of a [`super::Head`].
    #[n(0)]
    pub head: ByteVec,
    /// A [`crate::record::Delegation`] under the head of the node before; none at the top.
    #[n(1)]
    pub delegation: Option<LeafProof>,
}

/// What `GET /v1/heads/{place}` returns.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HeadsDocument {
    /// Envelopes of [`super::Root`], first version first.
    #[n(0)]
    pub roots: Vec<ByteVec>,
    /// From the top down to the place asked for.
    #[n(1)]
    pub nodes: Vec<HeadsNode>,
}

impl HeadsDocument {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads a document.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::from_slice(bytes, HEADS_BYTES_MAX)
    }
}

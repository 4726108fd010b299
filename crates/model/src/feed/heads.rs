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
    /// A [`crate::record::PlaceInfo`] of this place under the head of a node before: it came below the node
    /// before it from elsewhere, and a place above both says so.
    #[n(2)]
    pub handed: Option<LeafProof>,
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

    /// Its content as hubs name it: see [`content_of`].
    pub fn content(&self) -> Hash {
        let roots = self.roots.iter().map(|root| root.as_slice());
        content_of(roots.chain(self.nodes.iter().map(|node| node.head.as_slice())))
    }

    /// Whether an `ETag` is a name of this document, whose bytes are `bytes`: hubs tag with
    /// [`Self::content`], relays with the hash of the bytes. A tag that names something else must not be
    /// kept: whoever sends it would hear "unchanged" and never get what the tag stands for.
    pub fn is_named(&self, bytes: &[u8], tag: &str) -> bool {
        let tag = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
        let short = tag.get(..TAG_DIGITS);
        let names = |hash: Hash| short.is_some() && hash.to_string().get(..TAG_DIGITS) == short;
        names(self.content()) || names(Hash::of(bytes))
    }
}

/// Digits of an `ETag` that count: 64 bits. What a proxy hangs on behind them does no harm.
pub const TAG_DIGITS: usize = 16;

/// The content of a document from its root envelopes and then its head envelopes, from the top down. Heads
/// name their roots, and those cover every delegation, so these bytes say it all.
pub fn content_of<'a>(envelopes: impl Iterator<Item = &'a [u8]>) -> Hash {
    let parts: Vec<&[u8]> = envelopes.collect();
    Hash::of_parts(&parts)
}

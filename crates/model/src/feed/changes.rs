//! What is different between two heads documents, for whom has the older one, with the small segments that
//! are new: ten corrections then cost one request of a few kilobytes.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::{HEADS_BYTES_MAX, HeadsDocument, HeadsNode, LeafProof};
use crate::cbor::{self, CborError};

/// The most that segments inside the changes take together, in bytes: what fits into a few packets.
pub const INLINE_BYTES_MAX: usize = 16 << 10;
/// The largest changes, in bytes.
pub const CHANGES_BYTES_MAX: usize = HEADS_BYTES_MAX + 2 * INLINE_BYTES_MAX;

/// What became of one place's node; what is absent stayed as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NodeChange {
    /// Envelope of the newer head.
    #[n(0)]
    pub head: Option<ByteVec>,
    /// The newer delegation, or its newer proof.
    #[n(1)]
    pub delegation: Option<LeafProof>,
}

/// What `GET /v1/heads/{place}` returns with status 226.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HeadsChanges {
    /// Roots that came after those of the older document.
    #[n(0)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub roots: Vec<ByteVec>,
    /// One for each node of the document, in its order.
    #[n(1)]
    pub nodes: Vec<NodeChange>,
    /// Segments that the newer heads list and the older ones do not, at most [`INLINE_BYTES_MAX`] together.
    #[n(2)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub segments: Vec<ByteVec>,
}

impl HeadsChanges {
    /// From one document to a newer one of the same places; none if they have not the same shape.
    pub fn between(old: &HeadsDocument, new: &HeadsDocument) -> Option<Self> {
        if !new.roots.starts_with(&old.roots) || old.nodes.len() != new.nodes.len() {
            return None;
        }
        let node = |(old, new): (&HeadsNode, &HeadsNode)| {
            if old.delegation.is_some() != new.delegation.is_some() || old.handed != new.handed {
                return None;
            }
            Some(NodeChange {
                head: (old.head != new.head).then(|| new.head.clone()),
                delegation: new
                    .delegation
                    .clone()
                    .filter(|_| old.delegation != new.delegation),
            })
        };
        let nodes = old.nodes.iter().zip(&new.nodes).map(node);
        Some(Self {
            roots: new.roots.iter().skip(old.roots.len()).cloned().collect(),
            nodes: nodes.collect::<Option<_>>()?,
            segments: Vec::new(),
        })
    }

    /// The newer document; none if these changes are not of `old`. Nothing of it is believed yet.
    pub fn applied_to(self, old: &HeadsDocument) -> Option<HeadsDocument> {
        if self.nodes.len() != old.nodes.len() {
            return None;
        }
        let node = |(old, change): (&HeadsNode, NodeChange)| HeadsNode {
            head: change.head.unwrap_or_else(|| old.head.clone()),
            delegation: change.delegation.or_else(|| old.delegation.clone()),
            handed: old.handed.clone(),
        };
        Some(HeadsDocument {
            roots: old.roots.iter().cloned().chain(self.roots).collect(),
            nodes: old.nodes.iter().zip(self.nodes).map(node).collect(),
        })
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads changes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::from_slice(bytes, CHANGES_BYTES_MAX)
    }
}

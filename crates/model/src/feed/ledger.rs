//! What a segment does, without its bytes: enough to replay any list of segments that share some.
//!
//! Compaction lets a put and its later drop vanish together, so the set after a new list cannot be
//! had by replaying only the new segments over the old set. A node therefore keeps the ledger of each
//! segment it holds (49 bytes an operation at most) and replays all listed ledgers.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::Op;
use super::segment::{OpRef, SegmentError};
use crate::id::{Hash, RecordId};
use crate::record::Record;
use crate::tree;

/// One operation without the leaf's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum LedgerOp {
    /// This leaf of this record.
    #[n(0)]
    Put(#[n(0)] RecordId, #[n(1)] Hash),
    /// That leaf is gone.
    #[n(1)]
    Drop(#[n(0)] Hash),
}

/// The operations of one segment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Ledger(#[n(0)] pub Vec<LedgerOp>);

impl Ledger {
    /// The largest encoded ledger, in bytes.
    pub const BYTES_MAX: usize = 64 << 20;

    /// Of a raw payload. Each put must be a record.
    pub fn of(raw: &[u8]) -> Result<Self, SegmentError> {
        let ops = Op::split(raw)?.into_iter().map(|op| match op {
            OpRef::Drop(hash) => Ok(LedgerOp::Drop(hash)),
            OpRef::Put(leaf) => Record::from_bytes(leaf)
                .map(|record| LedgerOp::Put(record.id, tree::leaf_hash(leaf)))
                .map_err(|_| SegmentError::Ops),
        });
        ops.collect::<Result<_, _>>().map(Self)
    }
}

/// The set after all `ledgers`, oldest first.
pub fn current_set<'a>(ledgers: impl IntoIterator<Item = &'a Ledger>) -> BTreeMap<RecordId, Hash> {
    let mut set = BTreeMap::new();
    let mut holder = BTreeMap::new();
    for op in ledgers.into_iter().flat_map(|ledger| &ledger.0) {
        match op {
            LedgerOp::Put(id, leaf) => {
                if let Some(old) = set.insert(*id, *leaf) {
                    holder.remove(&old);
                }
                holder.insert(*leaf, *id);
            }
            LedgerOp::Drop(leaf) => {
                if let Some(id) = holder.remove(leaf) {
                    set.remove(&id);
                }
            }
        }
    }
    set
}

/// Merkle root over a set.
pub fn root_of(set: &BTreeMap<RecordId, Hash>) -> Hash {
    let leaves: Vec<Hash> = set.values().copied().collect();
    tree::root(&leaves)
}

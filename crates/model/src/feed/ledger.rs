//! What a segment does, without its bytes: enough to replay any list of segments that share some.
//!
//! Compaction lets a put and its later drop vanish together, so the set after a new list cannot be
//! had by replaying only the new segments over the old set. A node therefore keeps the ledger of each
//! segment it holds (49 bytes an operation at most) and replays all listed ledgers.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use super::Put;
use super::segment::{Op, OpRef, SegmentError};
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
        Self::with_puts(raw).map(|(ledger, _)| ledger)
    }

    /// The same, and where its leaves lie.
    pub(super) fn with_puts(raw: &[u8]) -> Result<(Self, Vec<Put>), SegmentError> {
        let (mut ops, mut puts) = (Vec::new(), Vec::new());
        let mut end = 0;
        while let Some(op) = Op::at(raw, &mut end)? {
            match op {
                OpRef::Drop(hash) => ops.push(LedgerOp::Drop(hash)),
                OpRef::Put(leaf) => {
                    let record = Record::from_bytes(leaf).map_err(|_| SegmentError::Ops)?;
                    let put = Put {
                        id: record.id,
                        leaf: tree::leaf_hash(leaf),
                        issued_at: record.issued_at,
                        at: end - leaf.len()..end,
                    };
                    ops.push(put.op());
                    puts.push(put);
                }
            }
        }
        Ok((Self(ops), puts))
    }
}

/// The set after all `ledgers`, oldest first.
pub fn current_set<'a>(
    ledgers: impl IntoIterator<Item = &'a Ledger, IntoIter: Clone>,
) -> BTreeMap<RecordId, Hash> {
    let ledgers = ledgers.into_iter();
    let ops = || ledgers.clone().flat_map(|ledger| &ledger.0);
    let dropped = |op: &LedgerOp| match op {
        LedgerOp::Drop(leaf) => Some(*leaf),
        LedgerOp::Put(..) => None,
    };
    // Only of what is dropped anywhere it must be known whose it is, and in most lists nothing is.
    let dropped: BTreeSet<Hash> = ops().filter_map(dropped).collect();
    if dropped.is_empty() {
        // Of equal keys the last one stays.
        let puts = ops().filter_map(|op| match op {
            LedgerOp::Put(id, leaf) => Some((*id, *leaf)),
            LedgerOp::Drop(_) => None,
        });
        return puts.collect();
    }
    let mut set = BTreeMap::new();
    let mut holder = BTreeMap::new();
    for op in ops() {
        match op {
            LedgerOp::Put(id, leaf) => {
                if let Some(old) = set.insert(*id, *leaf) {
                    holder.remove(&old);
                }
                if dropped.contains(leaf) {
                    holder.insert(*leaf, *id);
                }
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

//! The writing side of a feed: which segments a change leaves behind, and the head over them.
//!
//! Segments stay geometric: a change begins as a segment of its own and swallows its older neighbour as
//! long as that is not larger, as a binary counter carries. So at most log₂(n) segments exist, a first sync
//! costs what is current, and a phone fetches a notice again at most log₂(n) times: a merged segment is a
//! new one to it.

use std::collections::{BTreeMap, BTreeSet};

use super::head::HEAD_LIFE_S;
use super::{Codec, Head, Ledger, Op, OpRef, SEGMENT_RAW_MAX, Segment, SegmentError, SegmentRef};
use super::{current_set, root_of};
use crate::cbor;
use crate::id::{Hash, PlaceId, RecordId};
use crate::record::Record;
use crate::sign::{Envelope, PayloadType, SecretKey};
use crate::time::Seconds;
use crate::tree;

/// Merging stops where the raw payload would pass this: what a reader must accept.
const MERGE_RAW_MAX: usize = SEGMENT_RAW_MAX;
/// All is written anew once the segments list this many times the operations that the set needs: large
/// segments are past merging, and nobody should fetch for ever what was replaced long ago.
const WASTE: u64 = 2;
/// So few operations are never waste worth a rewrite.
const WASTE_MIN: u64 = 64;
/// Upper bound of what surrounds a leaf in a raw payload, in bytes.
const PUT_FRAME: usize = 5;

/// Records and the leaf of each.
type Set = BTreeMap<RecordId, Hash>;

/// A change of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Adds a record or replaces its older revision.
    Put(Vec<u8>),
    /// Takes a record out.
    Withdraw(RecordId),
}

/// Packs a raw payload: the codec used and what came out.
pub type Pack<'a> = dyn Fn(&[u8]) -> (Codec, Vec<u8>) + 'a;

/// A feed as its author holds it.
#[derive(Clone, Debug)]
pub struct Author {
    /// Whose feed.
    pub place: PlaceId,
    /// Life of the feed.
    pub epoch: u32,
    /// Newest version; 0 before the first.
    pub version: u64,
    /// Listed segments with their ledgers, oldest first.
    pub segments: Vec<(SegmentRef, Ledger)>,
}

/// What a change leaves to be stored.
#[derive(Clone, Debug)]
pub struct Published {
    /// Envelope of the new head.
    pub head: Vec<u8>,
    /// The new head.
    pub body: Head,
    /// Files to be written before the head is; name and bytes.
    pub written: Vec<(Hash, Vec<u8>)>,
    /// The set now.
    pub set: BTreeMap<RecordId, Hash>,
}

/// Why a change cannot be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// A record is damaged, of another place, or does not raise its revision.
    #[error("a record of the change does not fit this feed")]
    Record,
    /// A record to be withdrawn is not in the set.
    #[error("record {0} is not in the feed")]
    NotThere(RecordId),
    /// A segment that must be merged could not be had.
    #[error("segment {0} is missing")]
    Missing(Hash),
    /// A stored segment is damaged.
    #[error(transparent)]
    Segment(#[from] SegmentError),
}

impl Author {
    /// The set now.
    pub fn set(&self) -> BTreeMap<RecordId, Hash> {
        current_set(self.segments.iter().map(|(_, ledger)| ledger))
    }

    /// Applies `changes` and signs the next version.
    ///
    /// `fetch` gives the raw payload of a listed segment (for merging); `pack` compresses a raw
    /// payload and names the codec. The author's own state moves only if everything succeeds.
    pub fn publish(
        &mut self,
        changes: &[Change],
        now: Seconds,
        key: &SecretKey,
        fetch: &mut dyn FnMut(&SegmentRef) -> Option<Vec<u8>>,
        pack: &Pack<'_>,
    ) -> Result<Published, PublishError> {
        let mut next = self.clone();
        let groups = next.merge(changes, fetch)?;
        let mut written = Vec::new();
        for group in groups {
            let raw = Op::join(&group);
            let (codec, payload) = pack(&raw);
            let bytes = Segment::write(codec, raw.len(), &payload);
            let hash = Hash::of(&bytes);
            let ops = u32::try_from(group.len()).unwrap_or(u32::MAX);
            let listed = SegmentRef {
                hash,
                bytes: bytes.len() as u64,
                ops,
            };
            next.segments.push((listed, Ledger::of(&raw)?));
            written.push((hash, bytes));
        }
        next.version += 1;
        let (body, head) = next.sign(now, key);
        let set = next.set();
        *self = next;
        Ok(Published {
            head,
            body,
            written,
            set,
        })
    }

    /// Signs the same version again, as is done daily.
    pub fn sign(&self, now: Seconds, key: &SecretKey) -> (Head, Vec<u8>) {
        let set = self.set();
        let head = Head {
            format: Head::FORMAT,
            place: self.place.clone(),
            epoch: self.epoch,
            version: self.version,
            root: root_of(&set),
            count: set.len() as u64,
            segments: self.segments.iter().map(|(listed, _)| *listed).collect(),
            issued_at: now,
            expires_at: now.plus(HEAD_LIFE_S),
        };
        let envelope = Envelope::seal(PayloadType::Head, cbor::to_vec(&head), &[key]);
        (head, envelope.to_bytes())
    }

    /// The set after `changes`, and the leaves that they bring.
    fn after(&self, changes: &[Change]) -> Result<(Set, Vec<Vec<u8>>), PublishError> {
        let mut set = self.set();
        let mut brought = Vec::new();
        for change in changes {
            match change {
                Change::Put(leaf) => {
                    let record = Record::from_bytes(leaf).map_err(|_| PublishError::Record)?;
                    let hash = tree::leaf_hash(leaf);
                    if record.place != self.place || record.body().is_err() {
                        return Err(PublishError::Record);
                    }
                    let old = set.insert(record.id, hash);
                    if old.is_some_and(|old| old == hash || record.revision < 2) {
                        return Err(PublishError::Record);
                    }
                    brought.push(leaf.clone());
                }
                Change::Withdraw(id) => {
                    set.remove(id).ok_or(PublishError::NotThere(*id))?;
                }
            }
        }
        Ok((set, brought))
    }

    /// Takes the segments that a change swallows off the list and returns the operations to be written,
    /// in groups of at most [`MERGE_RAW_MAX`] raw bytes.
    ///
    /// What is written is the difference between the set that the remaining segments give and the new
    /// one, so no operation is in it that has no effect.
    fn merge(
        &mut self,
        changes: &[Change],
        fetch: &mut dyn FnMut(&SegmentRef) -> Option<Vec<u8>>,
    ) -> Result<Vec<Vec<Op>>, PublishError> {
        let (set, mut leaves) = self.after(changes)?;
        let mut size: usize = leaves.iter().map(|leaf| leaf.len() + PUT_FRAME).sum();
        let mut ops = changes.len() as u64;
        let listed: u64 = self.segments.iter().map(|(s, _)| u64::from(s.ops)).sum();
        let anew = listed + ops > WASTE * set.len() as u64 + WASTE_MIN;
        while let Some((last, _)) = self.segments.last() {
            if !anew && u64::from(last.ops) > ops {
                break;
            }
            let raw = fetch(last).ok_or(PublishError::Missing(last.hash))?;
            if !anew && raw.len() + size > MERGE_RAW_MAX {
                break;
            }
            size += raw.len();
            ops += u64::from(last.ops);
            leaves.splice(0..0, puts(&raw)?);
            self.segments.pop();
        }
        Ok(groups(difference(&self.set(), &set, leaves)))
    }
}

fn puts(raw: &[u8]) -> Result<Vec<Vec<u8>>, SegmentError> {
    let put = |op| match op {
        OpRef::Put(leaf) => Some(leaf.to_vec()),
        OpRef::Drop(_) => None,
    };
    Ok(Op::split(raw)?.into_iter().filter_map(put).collect())
}

/// What leads from one set to another: drops of what leaves, then puts of what is new, in the order of
/// `leaves`. A put takes the record's older revision away by itself.
fn difference(
    from: &BTreeMap<RecordId, Hash>,
    to: &BTreeMap<RecordId, Hash>,
    leaves: Vec<Vec<u8>>,
) -> Vec<Op> {
    let gone = from.iter().filter(|(id, _)| !to.contains_key(*id));
    let mut ops: Vec<Op> = gone.map(|(_, leaf)| Op::Drop(*leaf)).collect();
    let news = to.iter().filter(|(id, leaf)| from.get(*id) != Some(*leaf));
    let mut wanted: BTreeSet<Hash> = news.map(|(_, leaf)| *leaf).collect();
    let puts = leaves
        .into_iter()
        .filter(|leaf| wanted.remove(&tree::leaf_hash(leaf)));
    ops.extend(puts.map(Op::Put));
    ops
}

fn groups(ops: Vec<Op>) -> Vec<Vec<Op>> {
    let mut out: Vec<Vec<Op>> = Vec::new();
    let mut size = usize::MAX;
    for op in ops {
        let len = op.raw_len();
        if size.saturating_add(len) > MERGE_RAW_MAX {
            out.push(Vec::new());
            size = 0;
        }
        size += len;
        if let Some(group) = out.last_mut() {
            group.push(op);
        }
    }
    out
}

impl Op {
    /// Upper bound of its size in a raw payload, in bytes.
    fn raw_len(&self) -> usize {
        match self {
            Self::Put(leaf) => leaf.len() + PUT_FRAME,
            Self::Drop(_) => 35,
        }
    }
}

impl From<OpRef<'_>> for Op {
    fn from(op: OpRef<'_>) -> Self {
        match op {
            OpRef::Put(leaf) => Self::Put(leaf.to_vec()),
            OpRef::Drop(hash) => Self::Drop(hash),
        }
    }
}

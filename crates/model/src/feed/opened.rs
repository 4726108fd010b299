//! A segment that was opened: what its bytes were packed from, and what it does. Opening costs more than all the
//! rest of a sync's judging, and needs nothing but the bytes; so it can be done on any thread, and the value
//! itself proves that it was done.

use std::ops::Range;

use super::segment::{Segment, SegmentError};
use super::{Ledger, LedgerOp};
use crate::id::{Hash, RecordId};
use crate::time::Seconds;

/// A segment whose bytes are those of its name and whose every leaf was read and hashed. There is no other way
/// to one than [`Self::open`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedSegment {
    hash: Hash,
    raw: Vec<u8>,
    ledger: Ledger,
    puts: Vec<Put>,
}

/// A leaf where it lies in the raw payload, with what its record says first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Whose revision it is.
    pub id: RecordId,
    /// Its hash.
    pub leaf: Hash,
    /// When that revision was issued.
    pub issued_at: Seconds,
    /// Its bytes within the raw payload.
    pub at: Range<usize>,
}

impl OpenedSegment {
    /// Opens the segment of this name; `dictionary` is the blob that it names, if it names one.
    ///
    /// # Errors
    /// The bytes are others than those of the name, cannot be unpacked, or hold what is no leaf.
    pub fn open(hash: Hash, bytes: &[u8], dictionary: Option<&[u8]>) -> Result<Self, SegmentError> {
        if Hash::of(bytes) != hash {
            return Err(SegmentError::Name(hash));
        }
        let raw = Segment::read(bytes)?.unpack(dictionary)?;
        let (ledger, puts) = Ledger::with_puts(&raw)?;
        Ok(Self {
            hash,
            raw,
            ledger,
            puts,
        })
    }

    /// Its name.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// What it does.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Its raw payload, what it does, and its leaves in order.
    pub fn into_parts(self) -> (Vec<u8>, Ledger, Vec<Put>) {
        (self.raw, self.ledger, self.puts)
    }
}

impl Put {
    /// The same without where it lies.
    pub fn op(&self) -> LedgerOp {
        LedgerOp::Put(self.id, self.leaf)
    }
}

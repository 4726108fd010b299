//! Bodies that exist only in packs.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::cbor::{self, CborError};
use crate::id::Hash;
use crate::letter::MailboxId;

use super::RecordKind;

/// "Please answer": somebody waits for what comes into this mailbox. It names the mailbox by its id, as
/// every letter does outside; the read key, which would open the mailbox over the network, never
/// travels in a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Ask {
    /// Which mailbox.
    #[n(0)]
    pub mailbox: MailboxId,
}

/// An entry of a mailbox, sealed to its owner and signed by the agency.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PackedMail {
    /// Whose.
    #[n(0)]
    pub mailbox: MailboxId,
    /// The entry's exact bytes.
    #[n(1)]
    pub entry: ByteVec,
}

impl Ask {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::from_slice(bytes, RecordKind::ASK.bytes_max() as usize)
    }
}

impl PackedMail {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::from_slice(bytes, RecordKind::MAIL.bytes_max() as usize)
    }
}

/// The last record: a pack that has it and whose records fit it was not cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct End {
    /// Records before this one.
    #[n(0)]
    pub(super) records: u64,
    /// SHA-256 over kind (u16, little-endian) and hash of each of them.
    #[n(1)]
    pub(super) digest: Hash,
}

impl End {
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        cbor::from_slice(bytes, RecordKind::END.bytes_max() as usize).ok()
    }
}

//! Signed proofs that a letter reached a step.

use minicbor::{Decode, Encode};

use super::code::codes;
use super::{FORMAT, LetterId, RECEIPT_BYTES_MAX};
use crate::cbor::{self, CborError};
use crate::id::PlaceId;
use crate::sign::{Envelope, PayloadType, PublicKey, SecretKey, SignError};
use crate::time::Seconds;

codes! {
    /// How far a letter came.
    ReceiptStep {
        /// A hub has it on disk, with all its attachments.
        Accepted = 1 "accepted",
        /// The agency's home hub has it on disk.
        Delivered = 2 "delivered",
        /// An officer opened it.
        Opened = 3 "opened",
    }
}

/// A proof of one step of one letter.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// Version of this format.
    #[n(0)]
    pub format: u8,
    /// Which letter.
    #[n(1)]
    pub letter: LetterId,
    /// Which step.
    #[n(2)]
    pub step: ReceiptStep,
    /// When, by the signer's clock.
    #[n(3)]
    pub at: Seconds,
    /// The place whose hub signs; for a relay, the place it follows.
    #[n(4)]
    pub place: PlaceId,
}

/// In what role a key signs receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signer {
    /// The agency the letter is addressed to.
    Agency,
    /// A hub with a key delegated in the place tree.
    Hub,
    /// A device that carries letters: shown as "carried by …", proves no step.
    Relay,
}

/// A key whose receipts are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptKey {
    /// The key.
    pub key: PublicKey,
    /// The place it signs for.
    pub place: PlaceId,
    /// In what role.
    pub signer: Signer,
}

/// A receipt with a valid signature, and whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedReceipt {
    /// What it says.
    pub receipt: Receipt,
    /// In what role it was signed.
    pub signer: Signer,
    /// The key.
    pub key: PublicKey,
}

/// Why a receipt is not accepted.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ReceiptError {
    /// No valid signature by a given key.
    #[error(transparent)]
    Signature(#[from] SignError),
    /// Signed well, but not a receipt.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// A version this code does not know.
    #[error("format {0} is not known")]
    Format(u8),
    /// The key signs for another place than the receipt names.
    #[error("the receipt names a place its signer does not sign for")]
    OtherPlace,
}

impl Receipt {
    /// The signed bytes of a receipt.
    pub fn issue(
        letter: LetterId,
        step: ReceiptStep,
        at: Seconds,
        place: PlaceId,
        key: &SecretKey,
    ) -> Vec<u8> {
        let receipt = Self {
            format: FORMAT,
            letter,
            step,
            at,
            place,
        };
        Envelope::seal(PayloadType::Receipt, cbor::to_vec(&receipt), &[key]).to_bytes()
    }

    /// The place a receipt names, whoever signed it: a claim, to be believed by nobody. Nothing if it is not a receipt.
    pub fn claimed_place(bytes: &[u8]) -> Option<PlaceId> {
        let envelope = Envelope::from_bytes(bytes, RECEIPT_BYTES_MAX).ok()?;
        let receipt: Self = cbor::from_slice(&envelope.payload, RECEIPT_BYTES_MAX).ok()?;
        Some(receipt.place)
    }

    /// Reads a receipt signed by one of `keys`; the first that fits says in what role.
    pub fn verify(bytes: &[u8], keys: &[ReceiptKey]) -> Result<VerifiedReceipt, ReceiptError> {
        let envelope = Envelope::from_bytes(bytes, RECEIPT_BYTES_MAX)?;
        let valid = |known: &&ReceiptKey| {
            let keys = [known.key];
            envelope.verified(PayloadType::Receipt, &keys, 1).is_ok()
        };
        let known: Vec<_> = keys.iter().filter(valid).collect();
        let all: Vec<_> = known.iter().map(|known| known.key).collect();
        let payload = envelope.verified(PayloadType::Receipt, &all, 1)?;
        let receipt: Self = cbor::from_slice(payload, RECEIPT_BYTES_MAX)?;
        if receipt.format != FORMAT {
            return Err(ReceiptError::Format(receipt.format));
        }
        let fits =
            |known: &&&ReceiptKey| known.signer == Signer::Relay || known.place == receipt.place;
        let known = known.iter().find(fits).ok_or(ReceiptError::OtherPlace)?;
        Ok(VerifiedReceipt {
            signer: known.signer,
            key: known.key,
            receipt,
        })
    }
}

//! Between nodes: what is new in the mailboxes of letters that a node has carried up?
//!
//! The node below signs its question with its receipt key, which the node above knows from the
//! delegation in its own feed; the node above signs the answer with its receipt key, which the node
//! below knows from the heads it mirrors. So neither needs an account at the other, and nothing on
//! the way can put an entry into a mailbox.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::{
    BoxPage, CARRIED_ANSWER_BYTES_MAX, CARRIED_REQUEST_BYTES_MAX, CARRIED_WINDOW_S, FORMAT,
    MailboxId, PAGE_ENTRIES_MAX, POLL_BOXES_MAX,
};
use crate::cbor::{self, CborError};
use crate::id::{Hash, PlaceId};
use crate::sign::{Envelope, PayloadType, PublicKey, SecretKey, SignError};
use crate::time::Seconds;

/// "What is new in these mailboxes?" At most 256.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CarriedRequest {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// The place whose node asks.
    #[n(1)]
    pub from: PlaceId,
    /// The place above, whose node is asked: a question to one node is none to another.
    #[n(2)]
    pub to: PlaceId,
    /// When, by the clock of the node that asks.
    #[n(3)]
    pub at: Seconds,
    /// Random: no two questions are the same.
    #[n(4)]
    pub nonce: ByteArray<16>,
    /// The mailboxes.
    #[n(5)]
    pub boxes: Vec<CarriedBox>,
}

/// A mailbox and how far it was brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CarriedBox {
    /// Its address, as a carrier reads it on the outside of a letter.
    #[n(0)]
    pub mailbox: MailboxId,
    /// Entries after this cursor of the node that is asked; 0 = from the first.
    #[n(1)]
    pub after: u64,
}

/// One page for each mailbox, in the order of the request.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CarriedAnswer {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// SHA-256 of the signed part of the request: an old answer passes for no other question.
    #[n(1)]
    pub request: Hash,
    /// The pages, as a phone gets them.
    #[n(2)]
    pub boxes: Vec<BoxPage>,
}

/// A question that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedCarried {
    /// What is asked.
    pub request: CarriedRequest,
    /// SHA-256 of the signed part.
    pub id: Hash,
    envelope: Envelope,
}

/// An answer that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedCarriedAnswer {
    /// One page for each mailbox asked for.
    pub boxes: Vec<BoxPage>,
    /// Ask again: some mailbox has more.
    pub more: bool,
}

/// Why a question or an answer is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarriedError {
    /// Not signed by the node it names.
    #[error(transparent)]
    Signature(#[from] SignError),
    /// Not of the expected shape.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// A version this code does not know.
    #[error("format {0} is not known")]
    Format(u8),
    /// Asked too long ago, or in the future.
    #[error("not asked just now")]
    Time,
    /// The answer to another question.
    #[error("the answer to another question")]
    OtherRequest,
}

impl CarriedRequest {
    /// Signs the question; what is sent, and the name its answer must bear.
    pub fn sign(&self, key: &SecretKey) -> (Vec<u8>, Hash) {
        let payload = cbor::to_vec(self);
        let id = Hash::of(&payload);
        let envelope = Envelope::seal(PayloadType::Carried, payload, &[key]);
        (envelope.to_bytes(), id)
    }

    /// Reads a question within its limits. Nothing is proven yet: see [`OpenedCarried::signed_by`].
    pub fn read(bytes: &[u8]) -> Result<OpenedCarried, CarriedError> {
        let envelope = Envelope::from_bytes(bytes, CARRIED_REQUEST_BYTES_MAX)?;
        if envelope.payload_type != PayloadType::Carried.as_str() {
            return Err(SignError::WrongType.into());
        }
        let request: Self = cbor::from_slice(&envelope.payload, CARRIED_REQUEST_BYTES_MAX)?;
        if request.format != FORMAT {
            return Err(CarriedError::Format(request.format));
        }
        if request.boxes.len() > POLL_BOXES_MAX {
            let shape = format!("{} mailboxes", request.boxes.len());
            return Err(CborError::Shape(shape).into());
        }
        Ok(OpenedCarried {
            id: Hash::of(&envelope.payload),
            request,
            envelope,
        })
    }
}

impl OpenedCarried {
    /// Whether `key` signed it and it was asked just now.
    pub fn signed_by(&self, key: &PublicKey, now: Seconds) -> Result<(), CarriedError> {
        self.envelope.verified(PayloadType::Carried, &[*key], 1)?;
        let apart = now.since(self.request.at).max(self.request.at.since(now));
        if apart > CARRIED_WINDOW_S {
            return Err(CarriedError::Time);
        }
        Ok(())
    }
}

impl CarriedAnswer {
    /// Signs the answer to the question of this name.
    pub fn sign(request: Hash, boxes: Vec<BoxPage>, key: &SecretKey) -> Vec<u8> {
        let answer = Self {
            format: FORMAT,
            request,
            boxes,
        };
        Envelope::seal(PayloadType::CarriedMail, cbor::to_vec(&answer), &[key]).to_bytes()
    }

    /// Reads the answer to `request`, whose name is `id`: signed by one of `keys`, as many pages as
    /// mailboxes, each ascending and after its cursor.
    pub fn open(
        bytes: &[u8],
        request: &CarriedRequest,
        id: Hash,
        keys: &[PublicKey],
    ) -> Result<OpenedCarriedAnswer, CarriedError> {
        let envelope = Envelope::from_bytes(bytes, CARRIED_ANSWER_BYTES_MAX)?;
        let payload = envelope.verified(PayloadType::CarriedMail, keys, 1)?;
        let answer: Self = cbor::from_slice(payload, CARRIED_ANSWER_BYTES_MAX)?;
        if answer.format != FORMAT {
            return Err(CarriedError::Format(answer.format));
        }
        if answer.request != id {
            return Err(CarriedError::OtherRequest);
        }
        let fits = |(page, asked): (&BoxPage, &CarriedBox)| {
            let first = page.entries.first().is_none_or(|e| e.cursor > asked.after);
            let ascending = page.entries.is_sorted_by(|a, b| a.cursor < b.cursor);
            // "More" without progress would make a node ask for ever.
            let moves = !page.more || !page.entries.is_empty();
            first && ascending && moves && page.entries.len() <= PAGE_ENTRIES_MAX
        };
        let pages = answer.boxes.len() == request.boxes.len();
        if !pages || !answer.boxes.iter().zip(&request.boxes).all(fits) {
            return Err(CborError::Shape("a page does not follow its cursor".into()).into());
        }
        Ok(OpenedCarriedAnswer {
            more: answer.boxes.iter().any(|page| page.more),
            boxes: answer.boxes,
        })
    }
}

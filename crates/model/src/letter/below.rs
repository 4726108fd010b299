//! Between nodes: what is to come down to a node, and what it hands up besides letters.
//!
//! A hub never calls those below it. So a hub below asks, in one signed question: which agencies can be
//! written to beside and above me, which letters were passed on to my agencies; and it hands up the
//! records of its own agencies and the answers to letters that came down.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::{
    AGENCIES_MAX, BELOW_ANSWER_BYTES_MAX, BELOW_REQUEST_BYTES_MAX, CARRIED_WINDOW_S, FORMAT,
    LetterId, PAGE_ENTRIES_MAX,
};
use crate::cbor::{self, CborError};
use crate::id::{Hash, PlaceId};
use crate::sign::{Envelope, PayloadType, PublicKey, SecretKey, SignError};
use crate::time::Seconds;

/// "What is there for me?" Lists have at most 1,024 entries, `mail` 64.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct BelowRequest {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// The place whose node asks.
    #[n(1)]
    pub from: PlaceId,
    /// The place above, whose node is asked.
    #[n(2)]
    pub to: PlaceId,
    /// When, by the clock of the node that asks.
    #[n(3)]
    pub at: Seconds,
    /// Random: no two questions are the same.
    #[n(4)]
    pub nonce: ByteArray<16>,
    /// SHA-256 of each parcel of an agency of the node that asks, ascending.
    #[n(5)]
    pub mine: Vec<Hash>,
    /// Parcels of `mine` that the node above asked for.
    #[n(6)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub parcels: Vec<ByteVec>,
    /// [`Self::digest`] of the parcels held from above.
    #[n(7)]
    pub known: Hash,
    /// Parcels that are wanted from above.
    #[n(8)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub want: Vec<Hash>,
    /// Letters from above that are durable here.
    #[n(9)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub taken: Vec<LetterId>,
    /// Letters from above that could not be taken now.
    #[n(10)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub later: Vec<LetterId>,
    /// Mailbox entries that belong to letters from above.
    #[n(11)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub mail: Vec<ByteVec>,
}

/// What there is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct BelowAnswer {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// SHA-256 of the signed part of the request.
    #[n(1)]
    pub request: Hash,
    /// Parcels of [`BelowRequest::mine`] that are not known here.
    #[n(2)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub want: Vec<Hash>,
    /// All parcels that the node may hold, ascending; none if they are those it holds.
    #[n(3)]
    pub listed: Option<Vec<Hash>>,
    /// Parcels that were wanted.
    #[n(4)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub parcels: Vec<ByteVec>,
    /// Sealed letters for agencies at or below the node that asks, oldest first.
    #[n(5)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    pub letters: Vec<ByteVec>,
}

/// A question that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedBelow {
    /// What is asked.
    pub request: BelowRequest,
    /// SHA-256 of the signed part.
    pub id: Hash,
    envelope: Envelope,
}

/// Why a question or an answer is not believed.
pub type BelowError = super::CarriedError;

impl BelowRequest {
    /// A name for a set of parcels, whatever their order.
    pub fn digest(parcels: &[Hash]) -> Hash {
        let mut sorted = parcels.to_vec();
        sorted.sort_unstable();
        let parts: Vec<&[u8]> = sorted.iter().map(|hash| hash.as_bytes()).collect();
        Hash::of_parts(&parts)
    }

    /// Signs the question; what is sent, and the name its answer must bear.
    pub fn sign(&self, key: &SecretKey) -> (Vec<u8>, Hash) {
        let payload = cbor::to_vec(self);
        let id = Hash::of(&payload);
        let envelope = Envelope::seal(PayloadType::Below, payload, &[key]);
        (envelope.to_bytes(), id)
    }

    /// Reads a question within its limits. Nothing is proven yet: see [`OpenedBelow::signed_by`].
    pub fn read(bytes: &[u8]) -> Result<OpenedBelow, BelowError> {
        let envelope = Envelope::from_bytes(bytes, BELOW_REQUEST_BYTES_MAX)?;
        if envelope.payload_type != PayloadType::Below.as_str() {
            return Err(SignError::WrongType.into());
        }
        let request: Self = cbor::from_slice(&envelope.payload, BELOW_REQUEST_BYTES_MAX)?;
        if request.format != FORMAT {
            return Err(BelowError::Format(request.format));
        }
        let longest = [
            request.mine.len(),
            request.parcels.len(),
            request.want.len(),
            request.taken.len(),
            request.later.len(),
        ];
        if longest.iter().any(|len| *len > AGENCIES_MAX) || request.mail.len() > PAGE_ENTRIES_MAX {
            return Err(CborError::Shape("a list is too long".into()).into());
        }
        Ok(OpenedBelow {
            id: Hash::of(&envelope.payload),
            request,
            envelope,
        })
    }
}

impl OpenedBelow {
    /// Whether `key` signed it and it was asked just now.
    pub fn signed_by(&self, key: &PublicKey, now: Seconds) -> Result<(), BelowError> {
        self.envelope.verified(PayloadType::Below, &[*key], 1)?;
        let apart = now.since(self.request.at).max(self.request.at.since(now));
        match apart > CARRIED_WINDOW_S {
            true => Err(BelowError::Time),
            false => Ok(()),
        }
    }
}

impl BelowAnswer {
    /// An answer with nothing in it.
    pub fn empty(request: Hash) -> Self {
        Self {
            format: FORMAT,
            request,
            want: Vec::new(),
            listed: None,
            parcels: Vec::new(),
            letters: Vec::new(),
        }
    }

    /// Signs it.
    pub fn sign(&self, key: &SecretKey) -> Vec<u8> {
        Envelope::seal(PayloadType::BelowAnswer, cbor::to_vec(self), &[key]).to_bytes()
    }

    /// Reads the answer to the question named `id`, signed by one of `keys`.
    pub fn open(bytes: &[u8], id: Hash, keys: &[PublicKey]) -> Result<Self, BelowError> {
        let envelope = Envelope::from_bytes(bytes, BELOW_ANSWER_BYTES_MAX)?;
        let payload = envelope.verified(PayloadType::BelowAnswer, keys, 1)?;
        let answer: Self = cbor::from_slice(payload, BELOW_ANSWER_BYTES_MAX)?;
        if answer.format != FORMAT {
            return Err(BelowError::Format(answer.format));
        }
        if answer.request != id {
            return Err(BelowError::OtherRequest);
        }
        let listed = answer.listed.as_ref().map_or(0, Vec::len);
        if listed.max(answer.want.len()).max(answer.parcels.len()) > AGENCIES_MAX {
            return Err(CborError::Shape("a list is too long".into()).into());
        }
        Ok(answer)
    }
}

//! An envelope of payload and signatures in the manner of DSSE (Dead Simple Signing Envelope 1.0),
//! carried as CBOR instead of JSON. What is signed is [`pae`] of the exact payload bytes.

use std::collections::BTreeSet;

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::{PublicKey, SecretKey, SignError};
use crate::cbor;
use crate::id::KeyId;

/// What an envelope can carry; the text is signed with the payload, so no payload passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadType {
    /// A [`crate::feed::Root`].
    Root,
    /// A [`crate::feed::Head`].
    Head,
    /// A [`crate::letter::Letter`], inside its seal.
    Letter,
    /// A [`crate::letter::Reply`] sealed to a conversation.
    Reply,
    /// A [`crate::letter::Receipt`].
    Receipt,
    /// A [`crate::feed::KeyRequest`].
    KeyRequest,
    /// An author's signature over a [`crate::record::Record`], archived by the hub.
    Record,
    /// A [`crate::letter::CarriedRequest`].
    Carried,
    /// A [`crate::letter::CarriedAnswer`].
    CarriedMail,
    /// A [`crate::letter::Forward`], inside its seal.
    Forward,
    /// A [`crate::letter::BelowRequest`].
    Below,
    /// A [`crate::letter::BelowAnswer`].
    BelowAnswer,
}

impl PayloadType {
    /// The type as it is signed and written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Root => "bantin/root",
            Self::Head => "bantin/head",
            Self::Letter => "bantin/letter",
            Self::Reply => "bantin/reply",
            Self::Receipt => "bantin/receipt",
            Self::KeyRequest => "bantin/key-request",
            Self::Record => "bantin/record",
            Self::Carried => "bantin/carried",
            Self::CarriedMail => "bantin/carried-mail",
            Self::Forward => "bantin/forward",
            Self::Below => "bantin/below",
            Self::BelowAnswer => "bantin/below-answer",
        }
    }
}

/// DSSE's pre-authentication encoding: `DSSEv1 SP len(type) SP type SP len(payload) SP payload`.
pub fn pae(payload_type: PayloadType, payload: &[u8]) -> Vec<u8> {
    let name = payload_type.as_str();
    let mut out = format!("DSSEv1 {} {} {} ", name.len(), name, payload.len()).into_bytes();
    out.extend_from_slice(payload);
    out
}

/// One signature and the short name of the key that made it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Signature {
    /// Which key; a hint, not proof.
    #[n(0)]
    pub key: KeyId,
    /// Ed25519 over [`pae`].
    #[n(1)]
    pub signature: ByteArray<64>,
}

/// Payload and signatures.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Envelope {
    /// [`PayloadType::as_str`]; unknown types can still be relayed.
    #[n(0)]
    pub payload_type: String,
    /// The exact bytes that are signed.
    #[n(1)]
    pub payload: ByteVec,
    /// At most 16.
    #[n(2)]
    pub signatures: Vec<Signature>,
}

impl Envelope {
    /// The largest number of signatures looked at.
    pub const SIGNATURES_MAX: usize = 16;

    /// Signs `payload` with each of `keys`.
    pub fn seal(payload_type: PayloadType, payload: Vec<u8>, keys: &[&SecretKey]) -> Self {
        let message = pae(payload_type, &payload);
        let signatures = keys
            .iter()
            .map(|key| Signature {
                key: key.public().id(),
                signature: key.sign(&message).into(),
            })
            .collect();
        Self {
            payload_type: payload_type.as_str().into(),
            payload: payload.into(),
            signatures,
        }
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads an envelope of at most `limit` bytes.
    pub fn from_bytes(bytes: &[u8], limit: usize) -> Result<Self, SignError> {
        Ok(cbor::from_slice(bytes, limit)?)
    }

    /// The payload, once at least `threshold` *distinct* keys of `keys` have signed it.
    pub fn verified(
        &self,
        payload_type: PayloadType,
        keys: &[PublicKey],
        threshold: usize,
    ) -> Result<&[u8], SignError> {
        if self.payload_type != payload_type.as_str() {
            return Err(SignError::WrongType);
        }
        let message = pae(payload_type, &self.payload);
        let mut valid = BTreeSet::new();
        for given in self.signatures.iter().take(Self::SIGNATURES_MAX) {
            let known = keys
                .iter()
                .filter(|key| key.id() == given.key && !valid.contains(*key));
            let signer = known
                .copied()
                .find(|key| key.verifies(&message, &given.signature));
            valid.extend(signer);
        }
        if threshold == 0 || valid.len() < threshold {
            return Err(SignError::NotEnough {
                valid: valid.len(),
                needed: threshold.max(1),
            });
        }
        Ok(&self.payload)
    }
}

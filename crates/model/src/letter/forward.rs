//! A letter that an agency passes on to another: sealed anew to that agency's key, with the person's own
//! signature and the way it came. Carriers take it for a letter like any other.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;

use super::body::{check_chars, check_present};
use super::original::Original;
use super::outer::{KIND_FORWARD, OuterFields};
use super::{
    FORMAT, HOPS_MAX, LETTER_BYTES_MAX, LINE_CHARS_MAX, LetterError, LetterId, OpenedLetter,
    OuterAttachment, REASON_CHARS_MAX, SealError, SealPublic, SealSecret, SealedLetter,
};
use crate::cbor;
use crate::id::PlaceId;
use crate::sign::{PayloadType, PublicKey, SecretKey, pae};
use crate::time::Seconds;

const INFO: &[u8] = b"bantin forward v1";

/// One step of the way of a conversation from agency to agency.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Hop {
    /// The place whose agency passed it on.
    #[n(0)]
    pub from: PlaceId,
    /// The place whose agency got it.
    #[n(1)]
    pub to: PlaceId,
    /// When.
    #[n(2)]
    pub at: Seconds,
    /// Why, as the person was told; at most 1,000 characters.
    #[n(3)]
    pub reason: String,
    /// The agency that passed it on, by name; at most 200 characters.
    #[n(4)]
    pub by: String,
}

/// A letter passed on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Forward {
    /// Version of this format: 1.
    #[n(0)]
    pub format: u8,
    /// The person's letter with what proves it.
    #[n(1)]
    pub original: Original,
    /// The way so far, oldest first, this step included; 1 to 8.
    #[n(2)]
    pub trail: Vec<Hop>,
    /// Replies in the conversation so far, so that the next agency goes on counting.
    #[n(3)]
    pub replies: u32,
    /// The person wrote it after the conversation had been passed on.
    #[n(4)]
    pub later: bool,
}

/// What is padded and encrypted.
#[derive(Encode, Decode)]
#[cbor(map)]
struct SignedInner {
    #[n(0)]
    forward: ByteVec,
    #[n(1)]
    signature: ByteArray<64>,
}

/// A forward whose words are the person's. Who passed it on is checked by [`OpenedForward::signed_by`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedForward {
    /// SHA-256 of the exact bytes of this envelope.
    pub id: LetterId,
    /// What came.
    pub forward: Forward,
    /// The letter, proven to be the person's; its id is the one the person knows.
    pub letter: OpenedLetter,
    message: Vec<u8>,
    signature: [u8; 64],
}

impl Forward {
    /// The step that brought it.
    pub fn last(&self) -> Option<&Hop> {
        self.trail.last()
    }

    /// Whether every field is within its limits.
    pub fn validate(&self) -> Result<(), LetterError> {
        if self.format != FORMAT {
            return Err(LetterError::Format(self.format));
        }
        if self.trail.is_empty() {
            return Err(LetterError::Missing("trail"));
        }
        if self.trail.len() > HOPS_MAX {
            return Err(LetterError::TooMany {
                field: "trail",
                got: self.trail.len(),
                limit: HOPS_MAX,
            });
        }
        for hop in &self.trail {
            check_present("reason", &hop.reason)?;
            check_chars("reason", &hop.reason, REASON_CHARS_MAX)?;
            check_chars("by", &hop.by, LINE_CHARS_MAX)?;
        }
        Ok(())
    }
}

/// Seals `forward` to the next agency and signs it as the one that passes it on: its identity as a
/// letter and the bytes to carry.
pub fn seal_forward(
    forward: &Forward,
    to: &SealPublic,
    agency: &SecretKey,
    rng: &mut impl CryptoRng,
) -> Result<(LetterId, Vec<u8>), SealError> {
    forward.validate()?;
    let letter = forward.original.open()?;
    let attachments = OuterAttachment::list(&letter.letter.attachments);
    let fields = OuterFields {
        agency_key: Some(to.id()),
        mailbox: letter.mailbox,
        attachments: &attachments,
        kind: Some(KIND_FORWARD),
    };
    let aad = fields.aad();
    let forward = cbor::to_vec(forward);
    let inner = SignedInner {
        signature: agency.sign(&signed_message(to, &aad, &forward)).into(),
        forward: forward.into(),
    };
    let bytes = fields.seal(to, INFO, &aad, &inner, rng)?;
    Ok((LetterId::of(&bytes), bytes))
}

/// Opens a forward with the agency's secret key and checks the seal and the person's own signature.
pub fn open_forward(bytes: &[u8], agency: &SealSecret) -> Result<OpenedForward, SealError> {
    let sealed = SealedLetter::read(bytes)?;
    let inner = sealed.unseal(agency, INFO)?;
    let inner: SignedInner = cbor::from_slice(&inner, LETTER_BYTES_MAX)?;
    let forward: Forward = cbor::from_slice(&inner.forward, LETTER_BYTES_MAX)?;
    forward.validate()?;
    let letter = forward.original.open()?;
    if letter.mailbox != sealed.mailbox {
        return Err(SealError::OtherConversation);
    }
    if sealed.attachments != OuterAttachment::list(&letter.letter.attachments) {
        return Err(SealError::AttachmentsDiffer);
    }
    Ok(OpenedForward {
        id: sealed.id,
        message: signed_message(&agency.public(), &sealed.outer.aad, &inner.forward),
        signature: inner.signature.into(),
        forward,
        letter,
    })
}

impl OpenedForward {
    /// Whether one of the keys of the agency that the last step names signed it.
    pub fn signed_by(&self, keys: impl IntoIterator<Item = PublicKey>) -> bool {
        let mut keys = keys.into_iter();
        keys.any(|key| key.verifies(&self.message, &self.signature))
    }
}

/// What the agency's key signs: the next agency's whole key, the outside and the forward. So nobody can
/// hand it to yet another agency as if it had been meant for that one.
fn signed_message(to: &SealPublic, aad: &[u8], forward: &[u8]) -> Vec<u8> {
    let payload = [to.as_bytes(), aad, forward].concat();
    pae(PayloadType::Forward, &payload)
}

//! Sealing a letter to an agency, carrying it, and opening it there.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;

use super::outer::{Outer, OuterFields};
use super::{
    ConversationId, ConversationKeys, LETTER_BYTES_MAX, Letter, LetterId, MailboxId,
    OuterAttachment, SealError, SealPublic, SealSecret, hpke_suite, pad,
};
use crate::cbor;
use crate::id::KeyId;
use crate::sign::{PayloadType, pae};

const INFO: &[u8] = b"bantin letter v1";

/// What is padded and encrypted.
#[derive(Encode, Decode)]
#[cbor(map)]
struct SignedInner {
    /// The letter's exact bytes.
    #[n(0)]
    letter: ByteVec,
    /// The conversation's signature, see [`signed_message`].
    #[n(1)]
    signature: ByteArray<64>,
}

/// A sealed letter as a carrier sees it: enough to route it and to hold it to its limits, nothing
/// about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedLetter {
    /// SHA-256 of the exact bytes.
    pub id: LetterId,
    /// How it is sealed; see [`super::SUITE_X25519_CHACHA`]. An unknown suite is carried all the same.
    pub suite: u8,
    /// Short name of the agency's key.
    pub agency_key: KeyId,
    /// Where the reply goes.
    pub mailbox: MailboxId,
    /// The ciphertexts that belong to it. The letter is accepted only when all are durable.
    pub attachments: Vec<OuterAttachment>,
    outer: Outer,
}

impl SealedLetter {
    /// Reads the outside of at most [`LETTER_BYTES_MAX`] bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, SealError> {
        let outer = Outer::read(bytes, LETTER_BYTES_MAX)?;
        Ok(Self {
            id: LetterId::of(bytes),
            suite: outer.suite,
            agency_key: outer.agency_key.ok_or(SealError::MissingField(2))?,
            mailbox: outer.mailbox,
            attachments: outer.attachments.clone(),
            outer,
        })
    }
}

/// A letter as the agency reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedLetter {
    /// Its identity outside.
    pub id: LetterId,
    /// The conversation, proven by the signature inside.
    pub conversation: ConversationId,
    /// Where the reply goes.
    pub mailbox: MailboxId,
    /// The letter, within its limits.
    pub letter: Letter,
}

/// Seals `letter` to the agency: its identity and the bytes to keep and send verbatim, however often.
pub fn seal(
    letter: &Letter,
    keys: &ConversationKeys,
    agency: &SealPublic,
    rng: &mut impl CryptoRng,
) -> Result<(LetterId, Vec<u8>), SealError> {
    letter.validate()?;
    if letter.sign != keys.sign.public() || letter.seal != keys.seal.public() {
        return Err(SealError::OtherConversation);
    }
    let attachments = OuterAttachment::list(&letter.attachments);
    let fields = OuterFields {
        agency_key: Some(agency.id()),
        mailbox: keys.mailbox(),
        attachments: &attachments,
    };
    let aad = fields.aad();
    let letter = cbor::to_vec(letter);
    let inner = SignedInner {
        signature: keys
            .sign
            .sign(&signed_message(agency, &aad, &letter))
            .into(),
        letter: letter.into(),
    };
    let padded = pad::pad(&cbor::to_vec(&inner));
    let (enc, ct) = hpke_suite::seal(agency, INFO, &aad, &padded, rng).ok_or(SealError::BadKey)?;
    let bytes = fields.to_bytes(&enc, &ct);
    if bytes.len() > LETTER_BYTES_MAX {
        return Err(SealError::TooBig {
            got: bytes.len(),
            limit: LETTER_BYTES_MAX,
        });
    }
    Ok((LetterId::of(&bytes), bytes))
}

/// Opens a letter with the agency's secret key and checks everything: seal, padding, the signature
/// inside, the attachments, the letter's own limits, and that it can be answered.
pub fn open(bytes: &[u8], agency: &SealSecret) -> Result<OpenedLetter, SealError> {
    let sealed = SealedLetter::read(bytes)?;
    let (enc, ct) = sealed.outer.sealed()?;
    let public = agency.public();
    if sealed.agency_key != public.id() {
        return Err(SealError::OtherReceiver);
    }
    let aad = &sealed.outer.aad;
    let padded = hpke_suite::open(agency, enc, INFO, aad, ct).ok_or(SealError::Broken)?;
    let inner = pad::unpad(&padded).ok_or(SealError::NotPadded)?;
    let inner: SignedInner = cbor::from_slice(inner, LETTER_BYTES_MAX)?;
    let letter: Letter = cbor::from_slice(&inner.letter, LETTER_BYTES_MAX)?;
    let message = signed_message(&public, aad, &inner.letter);
    if !letter.sign.verifies(&message, &inner.signature) {
        return Err(SealError::InnerSignature);
    }
    if sealed.attachments != OuterAttachment::list(&letter.attachments) {
        return Err(SealError::AttachmentsDiffer);
    }
    letter.validate()?;
    if !hpke_suite::is_usable(&letter.seal) {
        return Err(SealError::BadKey);
    }
    Ok(OpenedLetter {
        id: sealed.id,
        conversation: letter.conversation(),
        mailbox: sealed.mailbox,
        letter,
    })
}

/// What the conversation's key signs: the agency's whole key, the outside and the letter. So an
/// agency that opened a letter cannot seal it again as if it had been written to another one.
fn signed_message(agency: &SealPublic, aad: &[u8], letter: &[u8]) -> Vec<u8> {
    let mut payload = Vec::with_capacity(SealPublic::LEN + aad.len() + letter.len());
    payload.extend_from_slice(agency.as_bytes());
    payload.extend_from_slice(aad);
    payload.extend_from_slice(letter);
    pae(PayloadType::Letter, &payload)
}

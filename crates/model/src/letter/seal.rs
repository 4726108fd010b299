//! Sealing a letter to an agency, carrying it, and opening it there.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;

use super::original::Original;
use super::outer::{KIND_FORWARD, Outer, OuterFields};
use super::{
    ConversationId, ConversationKeys, LETTER_BYTES_MAX, Letter, LetterId, MailboxId,
    OuterAttachment, SealError, SealPublic, SealSecret, hpke_suite, pad,
};
use crate::cbor;
use crate::id::KeyId;

const INFO: &[u8] = b"bantin letter v1";

/// What is padded and encrypted.
#[derive(Encode, Decode)]
#[cbor(map)]
struct SignedInner {
    /// The letter's exact bytes.
    #[n(0)]
    letter: ByteVec,
    /// The conversation's signature, see [`Original`].
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
    /// An agency passes on what it opened; see [`super::open_forward`].
    pub forwarded: bool,
    pub(super) outer: Outer,
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
            forwarded: outer.kind == Some(KIND_FORWARD),
            outer,
        })
    }

    /// Opens the sealed part with the agency's secret key.
    pub(super) fn unseal(&self, agency: &SealSecret, info: &[u8]) -> Result<Vec<u8>, SealError> {
        let (enc, ct) = self.outer.sealed()?;
        if self.agency_key != agency.public().id() {
            return Err(SealError::OtherReceiver);
        }
        let padded = hpke_suite::open(agency, enc, info, &self.outer.aad, ct);
        let padded = padded.ok_or(SealError::Broken)?;
        Ok(pad::unpad(&padded).ok_or(SealError::NotPadded)?.to_vec())
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
        kind: None,
    };
    let aad = fields.aad();
    let letter = cbor::to_vec(letter);
    let inner = SignedInner {
        signature: keys
            .sign
            .sign(&Original::message(agency, &aad, &letter))
            .into(),
        letter: letter.into(),
    };
    let bytes = fields.seal(agency, INFO, &aad, &inner, rng)?;
    Ok((LetterId::of(&bytes), bytes))
}

/// Opens a letter with the agency's secret key and checks everything: seal, padding, the signature
/// inside, the attachments, the letter's own limits, and that it can be answered.
pub fn open(bytes: &[u8], agency: &SealSecret) -> Result<OpenedLetter, SealError> {
    open_original(bytes, agency).map(|(_, opened)| opened)
}

/// The same, with what proves the words to another agency.
pub fn open_original(
    bytes: &[u8],
    agency: &SealSecret,
) -> Result<(Original, OpenedLetter), SealError> {
    let sealed = SealedLetter::read(bytes)?;
    let inner = sealed.unseal(agency, INFO)?;
    let inner: SignedInner = cbor::from_slice(&inner, LETTER_BYTES_MAX)?;
    let original = Original {
        id: sealed.id,
        letter: inner.letter,
        signature: inner.signature,
        sealed_to: agency.public(),
        outside: sealed.outer.aad.into(),
    };
    let opened = original.open()?;
    Ok((original, opened))
}

//! A person's letter as its first agency opened it, with everything that proves to somebody else that
//! the person wrote it, and to whom.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::outer::Bound;
use super::{
    LETTER_BYTES_MAX, Letter, LetterId, OpenedLetter, OuterAttachment, SealError, SealPublic,
    hpke_suite,
};
use crate::cbor;
use crate::sign::{PayloadType, pae};

/// A letter outside its seal.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Original {
    /// SHA-256 of the bytes in which it travelled, as its first agency says. Receipts name it.
    #[n(0)]
    pub id: LetterId,
    /// The letter's exact bytes.
    #[n(1)]
    pub letter: ByteVec,
    /// The conversation's signature over the three fields that follow.
    #[n(2)]
    pub signature: ByteArray<64>,
    /// The agency's whole key it was sealed to.
    #[n(3)]
    pub sealed_to: SealPublic,
    /// Its outside without the sealed part, as the exact bytes that travelled.
    #[n(4)]
    pub outside: ByteVec,
}

impl Original {
    /// What the conversation's key signs: the agency's whole key, the outside and the letter. So an
    /// agency that opened a letter cannot seal it again as if it had been written to another one.
    pub(super) fn message(agency: &SealPublic, outside: &[u8], letter: &[u8]) -> Vec<u8> {
        let mut payload = Vec::with_capacity(SealPublic::LEN + outside.len() + letter.len());
        payload.extend_from_slice(agency.as_bytes());
        payload.extend_from_slice(outside);
        payload.extend_from_slice(letter);
        pae(PayloadType::Letter, &payload)
    }

    /// Checks the person's signature, the attachments, the letter's own limits, and that it can be
    /// answered.
    pub fn open(&self) -> Result<OpenedLetter, SealError> {
        let letter: Letter = cbor::from_slice(&self.letter, LETTER_BYTES_MAX)?;
        let message = Self::message(&self.sealed_to, &self.outside, &self.letter);
        if !letter.sign.verifies(&message, &self.signature) {
            return Err(SealError::InnerSignature);
        }
        let outside = Bound::read(&self.outside, LETTER_BYTES_MAX)?;
        if outside.agency_key != Some(self.sealed_to.id()) {
            return Err(SealError::OtherReceiver);
        }
        if outside.attachments != OuterAttachment::list(&letter.attachments) {
            return Err(SealError::AttachmentsDiffer);
        }
        letter.validate()?;
        if !hpke_suite::is_usable(&letter.seal) {
            return Err(SealError::BadKey);
        }
        Ok(OpenedLetter {
            id: self.id,
            conversation: letter.conversation(),
            mailbox: outside.mailbox,
            letter,
        })
    }
}

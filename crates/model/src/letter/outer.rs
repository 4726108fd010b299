//! The outside of sealed things: the few fields a carrier may see, bound to the inside.
//!
//! The outside is a CBOR map. Its fields other than the encapsulated key and the ciphertext are the
//! authenticated data of the seal, taken as the exact bytes that travelled and including fields this
//! version does not know. Keys must ascend and every length be the shortest, so nothing on the way
//! can make a second form of the same letter.

use std::collections::BTreeMap;

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Decoder, Encode, Encoder};
use rand_core::CryptoRng;

use super::{
    ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX, Attachment, FORMAT, LETTER_BYTES_MAX, LetterError,
    MailboxId, SUITE_X25519_CHACHA, SealPublic, encrypted_len, hpke_suite, pad,
};
use crate::cbor::{self, CborError};
use crate::id::{Hash, KeyId};
use crate::sign::SignError;

const KEY_FORMAT: u64 = 0;
const KEY_SUITE: u64 = 1;
const KEY_AGENCY: u64 = 2;
const KEY_MAILBOX: u64 = 3;
const KEY_ENC: u64 = 4;
const KEY_CT: u64 = 5;
const KEY_ATTACHMENTS: u64 = 6;
const KEY_KIND: u64 = 7;

/// What is sealed is an agency's forward, not a person's letter.
pub(super) const KIND_FORWARD: u8 = 1;

/// Fields an outside may have, known or not.
const FIELDS_MAX: u64 = 32;

/// The identity of a letter: SHA-256 of its exact sealed bytes. Nobody can occupy one first, and any
/// number of retries has the effect of one.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct LetterId(#[n(0)] pub Hash);

impl LetterId {
    /// The identity of these sealed bytes.
    pub fn of(sealed: &[u8]) -> Self {
        Self(Hash::of(sealed))
    }
}

impl core::fmt::Display for LetterId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// An attachment as carriers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OuterAttachment {
    /// SHA-256 of the ciphertext.
    #[n(0)]
    pub hash: Hash,
    /// Length of the ciphertext, which is padded.
    #[n(1)]
    pub bytes: u64,
}

impl OuterAttachment {
    pub(super) fn list(attachments: &[Attachment]) -> Vec<Self> {
        let outside = |a: &Attachment| Self {
            hash: a.hash,
            bytes: encrypted_len(a.bytes),
        };
        attachments.iter().map(outside).collect()
    }
}

/// Why something sealed cannot be made, carried or opened.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SealError {
    /// Not CBOR of the expected shape, or too long.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// The map is not in its one deterministic form.
    #[error("not in deterministic form")]
    NotDeterministic,
    /// A field that every version has is missing.
    #[error("field {0} is missing")]
    MissingField(u64),
    /// A version this code does not know.
    #[error("format {0} is not known")]
    Format(u8),
    /// Sealed with a suite this code does not know; it can be carried, not opened.
    #[error("suite {0} is not known")]
    Suite(u8),
    /// More or larger attachments than allowed.
    #[error("too many or too large attachments")]
    AttachmentLimit,
    /// The ciphertext has a length that padding never gives.
    #[error("the sealed part is not padded")]
    NotPadded,
    /// The sealed bytes would be longer than a carrier takes.
    #[error("{got} bytes when sealed, at most {limit} are carried")]
    TooBig {
        /// Length when sealed.
        got: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The receiver's public key is no usable point.
    #[error("the receiver's key is not usable")]
    BadKey,
    /// The letter names other keys than the conversation's.
    #[error("the letter belongs to another conversation")]
    OtherConversation,
    /// Sealed to another key than the one given.
    #[error("sealed to another key")]
    OtherReceiver,
    /// Altered on the way, or not sealed to this key.
    #[error("the seal is broken")]
    Broken,
    /// Sealed well, but the signature inside is not the conversation's.
    #[error("the signature inside the seal is not valid")]
    InnerSignature,
    /// The attachments named outside are not those named inside.
    #[error("the attachments outside are not those inside")]
    AttachmentsDiffer,
    /// The contents break a rule.
    #[error(transparent)]
    Contents(#[from] LetterError),
    /// The signature outside is not one of the agency's.
    #[error(transparent)]
    Signature(#[from] SignError),
}

/// The fields of an outside that are written by this version.
pub(super) struct OuterFields<'a> {
    pub agency_key: Option<KeyId>,
    pub mailbox: MailboxId,
    pub attachments: &'a [OuterAttachment],
    /// None for a person's letter and for a reply.
    pub kind: Option<u8>,
}

impl OuterFields<'_> {
    /// The authenticated data: the map without encapsulated key and ciphertext.
    pub(super) fn aad(&self) -> Vec<u8> {
        self.map(None)
    }

    /// The whole envelope: `inner` padded and sealed to `receiver`, with `aad` authenticated. No more bytes than
    /// a carrier takes.
    pub(super) fn seal(
        &self,
        receiver: &SealPublic,
        info: &[u8],
        aad: &[u8],
        inner: &impl minicbor::Encode<()>,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, SealError> {
        let padded = pad::pad(&cbor::to_vec(inner));
        let (enc, ct) =
            hpke_suite::seal(receiver, info, aad, &padded, rng).ok_or(SealError::BadKey)?;
        let bytes = self.to_bytes(&enc, &ct);
        if bytes.len() > LETTER_BYTES_MAX {
            return Err(SealError::TooBig {
                got: bytes.len(),
                limit: LETTER_BYTES_MAX,
            });
        }
        Ok(bytes)
    }

    fn to_bytes(&self, enc: &[u8; 32], ct: &[u8]) -> Vec<u8> {
        self.map(Some((enc, ct)))
    }

    fn map(&self, sealed: Option<(&[u8; 32], &[u8])>) -> Vec<u8> {
        let mut entries: Vec<(u64, Vec<u8>)> = vec![
            (KEY_FORMAT, cbor::to_vec(&FORMAT)),
            (KEY_SUITE, cbor::to_vec(&SUITE_X25519_CHACHA)),
        ];
        entries.extend(self.agency_key.map(|key| (KEY_AGENCY, cbor::to_vec(&key))));
        entries.push((KEY_MAILBOX, cbor::to_vec(&self.mailbox)));
        if let Some((enc, ct)) = sealed {
            entries.push((KEY_ENC, cbor::to_vec(&ByteArray::from(*enc))));
            entries.push((KEY_CT, cbor::to_vec(&ByteVec::from(ct.to_vec()))));
        }
        if !self.attachments.is_empty() {
            entries.push((KEY_ATTACHMENTS, cbor::to_vec(&self.attachments.to_vec())));
        }
        entries.extend(self.kind.map(|kind| (KEY_KIND, cbor::to_vec(&kind))));
        let mut out = map_header(entries.len() as u64);
        for (key, value) in entries {
            out.extend(cbor::to_vec(&key));
            out.extend(value);
        }
        out
    }
}

/// An outside as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outer {
    pub suite: u8,
    pub agency_key: Option<KeyId>,
    pub mailbox: MailboxId,
    pub attachments: Vec<OuterAttachment>,
    pub kind: Option<u8>,
    pub aad: Vec<u8>,
    /// Encapsulated key and ciphertext; empty for an unknown suite, whose shape is not known.
    sealed: Option<([u8; 32], Vec<u8>)>,
}

impl Outer {
    /// Reads and checks everything that can be checked without a key.
    pub(super) fn read(bytes: &[u8], limit: usize) -> Result<Self, SealError> {
        let (fields, aad) = split(bytes, limit)?;
        let format: u8 = required(&fields, KEY_FORMAT)?;
        if format != FORMAT {
            return Err(SealError::Format(format));
        }
        let suite = required(&fields, KEY_SUITE)?;
        let sealed = match suite {
            SUITE_X25519_CHACHA => Some(read_sealed(&fields)?),
            _ => None,
        };
        Ok(Self {
            suite,
            agency_key: optional(&fields, KEY_AGENCY)?,
            mailbox: required(&fields, KEY_MAILBOX)?,
            attachments: attachments(&fields)?,
            kind: optional(&fields, KEY_KIND)?,
            aad,
            sealed,
        })
    }

    /// Encapsulated key and ciphertext.
    pub(super) fn sealed(&self) -> Result<(&[u8; 32], &[u8]), SealError> {
        let (enc, ct) = self.sealed.as_ref().ok_or(SealError::Suite(self.suite))?;
        Ok((enc, ct))
    }
}

/// The outside of a letter without its sealed part: what the person signed with the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub agency_key: Option<KeyId>,
    pub mailbox: MailboxId,
    pub attachments: Vec<OuterAttachment>,
}

impl Bound {
    /// Reads what [`Outer::aad`] holds.
    pub(super) fn read(aad: &[u8], limit: usize) -> Result<Self, SealError> {
        let (fields, _) = split(aad, limit)?;
        Ok(Self {
            agency_key: optional(&fields, KEY_AGENCY)?,
            mailbox: required(&fields, KEY_MAILBOX)?,
            attachments: attachments(&fields)?,
        })
    }
}

fn attachments(fields: &Fields<'_>) -> Result<Vec<OuterAttachment>, SealError> {
    let attachments: Vec<OuterAttachment> = optional(fields, KEY_ATTACHMENTS)?.unwrap_or_default();
    let largest = encrypted_len(ATTACHMENT_BYTES_MAX);
    if attachments.len() > ATTACHMENTS_MAX || attachments.iter().any(|a| a.bytes > largest) {
        return Err(SealError::AttachmentLimit);
    }
    Ok(attachments)
}

type Fields<'b> = BTreeMap<u64, &'b [u8]>;

/// The fields of the map, and the map without encapsulated key and ciphertext.
fn split(bytes: &[u8], limit: usize) -> Result<(Fields<'_>, Vec<u8>), SealError> {
    if bytes.len() > limit {
        let got = bytes.len();
        return Err(CborError::TooLong { got, limit }.into());
    }
    let mut decoder = Decoder::new(bytes);
    let count = decoder
        .map()
        .map_err(shape)?
        .ok_or(SealError::NotDeterministic)?;
    if count > FIELDS_MAX || bytes.get(..decoder.position()) != Some(&map_header(count)) {
        return Err(SealError::NotDeterministic);
    }
    let mut fields = Fields::new();
    let mut bound = Vec::new();
    let mut bound_count = 0;
    for _ in 0..count {
        let start = decoder.position();
        let key = decoder.u64().map_err(shape)?;
        let value_start = decoder.position();
        decoder.skip().map_err(shape)?;
        let entry = bytes.get(start..decoder.position()).unwrap_or_default();
        let value = bytes
            .get(value_start..decoder.position())
            .unwrap_or_default();
        let ascending = fields.last_key_value().is_none_or(|(last, _)| *last < key);
        if !ascending || !entry.starts_with(&cbor::to_vec(&key)) {
            return Err(SealError::NotDeterministic);
        }
        if !matches!(key, KEY_ENC | KEY_CT) {
            bound.extend_from_slice(entry);
            bound_count += 1;
        }
        fields.insert(key, value);
    }
    match bytes.len() - decoder.position() {
        0 => {}
        rest => return Err(CborError::Trailing(rest).into()),
    }
    let mut aad = map_header(bound_count);
    aad.extend(bound);
    Ok((fields, aad))
}

fn read_sealed(fields: &Fields<'_>) -> Result<([u8; 32], Vec<u8>), SealError> {
    let enc: ByteArray<32> = required(fields, KEY_ENC)?;
    let ct: ByteVec = required(fields, KEY_CT)?;
    // These two are outside the authenticated data, so their own form must be the only one.
    let exact = fields.get(&KEY_ENC).copied() == Some(&cbor::to_vec(&enc))
        && fields.get(&KEY_CT).copied() == Some(&cbor::to_vec(&ct));
    if !exact {
        return Err(SealError::NotDeterministic);
    }
    let text = ct
        .len()
        .checked_sub(hpke_suite::TAG_BYTES)
        .ok_or(SealError::NotPadded)? as u64;
    if text == 0 || pad::padded_len(text) != text {
        return Err(SealError::NotPadded);
    }
    Ok((enc.into(), ct.into()))
}

fn required<'b, T: Decode<'b, ()>>(fields: &Fields<'b>, key: u64) -> Result<T, SealError> {
    optional(fields, key)?.ok_or(SealError::MissingField(key))
}

fn optional<'b, T: Decode<'b, ()>>(fields: &Fields<'b>, key: u64) -> Result<Option<T>, SealError> {
    let read = |value: &&'b [u8]| cbor::from_slice(value, value.len());
    Ok(fields.get(&key).map(read).transpose()?)
}

fn map_header(count: u64) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    // Writing to a Vec cannot fail.
    let _ = encoder.map(count);
    encoder.into_writer()
}

fn shape(error: minicbor::decode::Error) -> SealError {
    CborError::Shape(error.to_string()).into()
}

//! Sealing a reply to a conversation: a mailbox entry that only the agency can append and only the
//! person can open.

use rand_core::CryptoRng;

use super::outer::{Outer, OuterFields};
use super::{
    ConversationKeys, LETTER_BYTES_MAX, MAIL_ENTRY_BYTES_MAX, MailboxId, OuterAttachment, Reply,
    SealError, SealPublic, hpke_suite, pad,
};
use crate::cbor;
use crate::id::Hash;
use crate::sign::{Envelope, PayloadType, PublicKey, SecretKey, SignError};

const INFO: &[u8] = b"bantin reply v1";

/// A mailbox entry as a hub sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailEntry {
    /// SHA-256 of the signed part: the same for every copy of the same reply.
    pub id: Hash,
    /// How it is sealed.
    pub suite: u8,
    /// The mailbox it belongs to.
    pub mailbox: MailboxId,
    /// The ciphertexts that belong to it.
    pub attachments: Vec<OuterAttachment>,
    /// The agency's key that signed it.
    pub signed_by: PublicKey,
    outer: Outer,
}

/// A reply as the person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedReply {
    /// SHA-256 of the signed part; drop a second one with the same.
    pub id: Hash,
    /// The agency's key that signed it.
    pub signed_by: PublicKey,
    /// The reply, within its limits.
    pub reply: Reply,
}

/// Seals `reply` to a conversation and signs it as the agency: the bytes of the mailbox entry.
pub fn seal_reply(
    reply: &Reply,
    mailbox: MailboxId,
    conversation: &SealPublic,
    agency: &SecretKey,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    reply.validate()?;
    let attachments = OuterAttachment::list(&reply.attachments);
    let fields = OuterFields {
        agency_key: None,
        mailbox,
        attachments: &attachments,
        kind: None,
    };
    let aad = bound(&fields.aad(), &agency.public());
    let outer = fields.seal(conversation, INFO, &aad, reply, rng)?;
    Ok(Envelope::seal(PayloadType::Reply, outer, &[agency]).to_bytes())
}

impl MailEntry {
    /// Name and mailbox of an entry, whoever signed it: what a node needs that only carries it.
    pub fn outside(bytes: &[u8]) -> Result<(Hash, MailboxId), SealError> {
        let envelope = Envelope::from_bytes(bytes, MAIL_ENTRY_BYTES_MAX)?;
        if envelope.payload_type != PayloadType::Reply.as_str() {
            return Err(SignError::WrongType.into());
        }
        let outer = Outer::read(&envelope.payload, LETTER_BYTES_MAX)?;
        Ok((Hash::of(&envelope.payload), outer.mailbox))
    }

    /// Reads an entry signed by one of the agency's `keys`; what a hub does before it appends.
    pub fn verify(bytes: &[u8], keys: &[PublicKey]) -> Result<Self, SealError> {
        let envelope = Envelope::from_bytes(bytes, MAIL_ENTRY_BYTES_MAX)?;
        let payload = envelope.verified(PayloadType::Reply, keys, 1)?;
        let signs = |key: &&PublicKey| envelope.verified(PayloadType::Reply, &[**key], 1).is_ok();
        let signed_by = keys.iter().find(signs).copied().ok_or(SealError::Broken)?;
        let outer = Outer::read(payload, LETTER_BYTES_MAX)?;
        Ok(Self {
            id: Hash::of(payload),
            suite: outer.suite,
            mailbox: outer.mailbox,
            attachments: outer.attachments.clone(),
            signed_by,
            outer,
        })
    }
}

/// Opens a mailbox entry signed by one of the agency's `keys`.
pub fn open_reply(
    bytes: &[u8],
    conversation: &ConversationKeys,
    keys: &[PublicKey],
) -> Result<OpenedReply, SealError> {
    let entry = MailEntry::verify(bytes, keys)?;
    let (enc, ct) = entry.outer.sealed()?;
    if entry.mailbox != conversation.mailbox() {
        return Err(SealError::OtherReceiver);
    }
    let aad = bound(&entry.outer.aad, &entry.signed_by);
    let padded =
        hpke_suite::open(&conversation.seal, enc, INFO, &aad, ct).ok_or(SealError::Broken)?;
    let inner = pad::unpad(&padded).ok_or(SealError::NotPadded)?;
    let reply: Reply = cbor::from_slice(inner, LETTER_BYTES_MAX)?;
    if entry.attachments != OuterAttachment::list(&reply.attachments) {
        return Err(SealError::AttachmentsDiffer);
    }
    reply.validate()?;
    Ok(OpenedReply {
        id: entry.id,
        signed_by: entry.signed_by,
        reply,
    })
}

/// The signer's key is part of what the seal authenticates, so nobody can take another agency's
/// ciphertext and sign it as their own.
fn bound(aad: &[u8], signer: &PublicKey) -> Vec<u8> {
    [aad, signer.as_bytes()].concat()
}

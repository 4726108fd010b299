//! From a checked form to what lies in the outbox: sealed once, to be sent verbatim however often.

use bantin_model::id::{Hash, Lang};
use bantin_model::letter::{
    Attachment, AttachmentKey, AttachmentKind, ConversationKeys, Letter, LetterId, SealPublic,
    encrypt, seal,
};
use bantin_model::time::Seconds;
use bantin_wire::{Code, Failure};
use rand_core::CryptoRng;

use crate::{Act, seal_failure};

/// A sealed letter with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its identity: the hash of `sealed`.
    pub id: LetterId,
    /// What is inside, to be kept for the person.
    pub letter: Letter,
    /// The bytes to keep and send.
    pub sealed: Vec<u8>,
    /// Ciphertexts by hash, in the order of the letter's attachments, to be sent before it.
    pub attachments: Vec<(Hash, Vec<u8>)>,
}

/// Where a letter belongs and to whom it goes.
#[derive(Clone, Debug)]
pub struct Envelope<'a> {
    /// Keys of its conversation.
    pub keys: &'a ConversationKeys,
    /// 1 for the first letter of the conversation.
    pub seq: u32,
    /// The agency's key.
    pub agency: &'a SealPublic,
    /// When, by this device's clock.
    pub written_at: Seconds,
    /// Language of the text.
    pub lang: Lang,
}

/// Encrypts the photos and seals the letter. `photos` are JPEG files without metadata, in the order of
/// [`Act::photos`].
pub fn write(
    act: Act,
    photos: &[Vec<u8>],
    envelope: &Envelope<'_>,
    rng: &mut impl CryptoRng,
) -> Result<Written, Failure> {
    let mut named = Vec::new();
    let mut attachments = Vec::new();
    for photo in photos {
        let key = AttachmentKey::generate(rng);
        let sealed =
            encrypt(photo, &key).map_err(|_| Failure::at(Code::MediaTooLarge, "photos"))?;
        let hash = Hash::of(&sealed);
        named.push(Attachment {
            hash,
            key,
            bytes: photo.len() as u64,
            kind: AttachmentKind::Jpeg,
        });
        attachments.push((hash, sealed));
    }
    let Envelope {
        keys,
        seq,
        agency,
        written_at,
        lang,
    } = envelope;
    let letter = act.letter(keys, *seq, *written_at, lang.clone(), named);
    let (id, sealed) = seal(&letter, keys, agency, rng).map_err(|error| seal_failure(&error))?;
    Ok(Written {
        id,
        letter,
        sealed,
        attachments,
    })
}

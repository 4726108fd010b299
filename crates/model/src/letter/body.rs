//! What a person writes, before it is sealed.

use minicbor::{Decode, Encode};

use super::code::codes;
use super::{
    ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX, AttachmentKey, CONTACT_CHARS_MAX, ConversationId,
    ConversationKeys, FORMAT, LINE_CHARS_MAX, ProductDraft, SealPublic, TEXT_CHARS_MAX,
};
use crate::id::{Hash, Lang, RecordId};
use crate::sign::PublicKey;
use crate::time::Seconds;

codes! {
    /// What a letter asks the agency to do.
    Verb {
        /// Opens a conversation.
        Question = 1 "question",
        /// Gives more detail.
        Reply = 2 "reply",
        /// Rates the answer.
        Rate = 3 "rate",
        /// Closes the conversation.
        Close = 4 "close",
        /// Opens it again.
        Reopen = 5 "reopen",
        /// Offers a product for publication.
        SubmitProduct = 6 "submit-product",
        /// Asks that a published product be withdrawn.
        WithdrawProduct = 7 "withdraw-product",
    }
}

codes! {
    /// What an attachment is.
    AttachmentKind {
        /// image/jpeg
        Jpeg = 1 "jpeg",
        /// image/png
        Png = 2 "png",
        /// image/webp
        Webp = 3 "webp",
        /// audio/ogg with Opus
        Opus = 4 "opus",
        /// audio/mpeg
        Mp3 = 5 "mp3",
        /// audio/wav
        Wav = 6 "wav",
        /// audio/mp4
        M4a = 7 "m4a",
        /// video/mp4
        Mp4 = 8 "mp4",
        /// application/pdf
        Pdf = 9 "pdf",
    }
}

impl AttachmentKind {
    /// The media type; an unknown kind is `application/octet-stream`, to be saved and never shown.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Opus => "audio/ogg",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
            Self::M4a => "audio/mp4",
            Self::Mp4 => "video/mp4",
            Self::Pdf => "application/pdf",
            Self::Unknown(_) => "application/octet-stream",
        }
    }

    /// The kind with this media type.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        let same = |kind: &&Self| kind.media_type() == media_type;
        Self::KNOWN.iter().find(same).copied()
    }
}

/// An encrypted file that travels beside a letter or a reply; its key travels inside.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Attachment {
    /// SHA-256 of the ciphertext, under which it travels.
    #[n(0)]
    pub hash: Hash,
    /// Decrypts it; used for this one file only.
    #[n(1)]
    pub key: AttachmentKey,
    /// Length before encryption.
    #[n(2)]
    pub bytes: u64,
    /// What it is.
    #[n(3)]
    pub kind: AttachmentKind,
}

/// A letter. No name, no phone number, no account: only what the person chose to give.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Letter {
    /// Version of this format.
    #[n(0)]
    pub format: u8,
    /// What is asked.
    #[n(1)]
    pub verb: Verb,
    /// The conversation's public sign key; it signs this letter and names the conversation.
    #[n(2)]
    pub sign: PublicKey,
    /// Replies are sealed to this key.
    #[n(3)]
    pub seal: SealPublic,
    /// 1 for the first letter of the conversation, then one more for each.
    #[n(4)]
    pub seq: u32,
    /// When it was written, by the phone's clock.
    #[n(5)]
    pub written_at: Seconds,
    /// Language of the text.
    #[n(6)]
    pub lang: Lang,
    /// The text, at most 20,000 characters; the comment if this is a rating.
    #[n(7)]
    #[cbor(default)]
    pub text: String,
    /// The publication it is about.
    #[n(8)]
    pub about: Option<RecordId>,
    /// The topic it is about.
    #[n(9)]
    pub topic: Option<u8>,
    /// Files, at most 24.
    #[n(10)]
    #[cbor(skip_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The product offered.
    #[n(11)]
    pub product: Option<ProductDraft>,
    /// 1 (bad) to 5 (good).
    #[n(12)]
    pub rating: Option<u8>,
    /// For whom it was written, if somebody helped; at most 200 characters.
    #[n(13)]
    pub written_for: Option<String>,
    /// How to reach the person, only if they gave it; at most 500 characters.
    #[n(14)]
    pub contact: Option<String>,
}

/// Why a letter or a reply cannot be sent; names the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// A version this code does not know.
    #[error("format {0} is not known")]
    Format(u8),
    /// A field that must be there is empty or missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A text has too many characters.
    #[error("{field} has {got} characters, at most {limit} are allowed")]
    TooLong {
        /// Which field.
        field: &'static str,
        /// Characters found.
        got: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// A list has too many entries.
    #[error("{got} {field}, at most {limit} are allowed")]
    TooMany {
        /// Which field.
        field: &'static str,
        /// Entries found.
        got: usize,
        /// Entries allowed.
        limit: usize,
    },
    /// A number or date outside its range.
    #[error("{0} is out of range")]
    OutOfRange(&'static str),
}

impl Letter {
    /// A letter of the conversation with `keys`; everything optional is empty.
    pub fn new(
        keys: &ConversationKeys,
        verb: Verb,
        seq: u32,
        written_at: Seconds,
        lang: Lang,
        text: impl Into<String>,
    ) -> Self {
        Self {
            format: FORMAT,
            verb,
            sign: keys.sign.public(),
            seal: keys.seal.public(),
            seq,
            written_at,
            lang,
            text: text.into(),
            about: None,
            topic: None,
            attachments: Vec::new(),
            product: None,
            rating: None,
            written_for: None,
            contact: None,
        }
    }

    /// The conversation it belongs to.
    pub fn conversation(&self) -> ConversationId {
        ConversationId::of(&self.sign)
    }

    /// Whether every field is within its limits and the verb has what it needs. A verb of a newer
    /// version needs nothing: it can be kept and shown as text.
    pub fn validate(&self) -> Result<(), LetterError> {
        if self.format != FORMAT {
            return Err(LetterError::Format(self.format));
        }
        if self.seq == 0 {
            return Err(LetterError::OutOfRange("seq"));
        }
        check_chars("text", &self.text, TEXT_CHARS_MAX)?;
        check_chars(
            "written_for",
            self.written_for.as_deref().unwrap_or(""),
            LINE_CHARS_MAX,
        )?;
        check_chars(
            "contact",
            self.contact.as_deref().unwrap_or(""),
            CONTACT_CHARS_MAX,
        )?;
        check_attachments(&self.attachments)?;
        if self.rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
            return Err(LetterError::OutOfRange("rating"));
        }
        self.product
            .as_ref()
            .map_or(Ok(()), ProductDraft::validate)?;
        self.validate_verb()
    }

    fn validate_verb(&self) -> Result<(), LetterError> {
        match self.verb {
            // A voice or a photo alone is a full question: not everybody writes.
            Verb::Question | Verb::Reply if self.attachments.is_empty() => {
                check_present("text", &self.text)
            }
            Verb::Rate if self.rating.is_none() => Err(LetterError::Missing("rating")),
            Verb::SubmitProduct if self.product.is_none() => Err(LetterError::Missing("product")),
            Verb::WithdrawProduct if self.about.is_none() => Err(LetterError::Missing("about")),
            _ => Ok(()),
        }
    }
}

/// `text` has at most `limit` characters.
pub(super) fn check_chars(
    field: &'static str,
    text: &str,
    limit: usize,
) -> Result<(), LetterError> {
    match text.chars().count() {
        got if got > limit => Err(LetterError::TooLong { field, got, limit }),
        _ => Ok(()),
    }
}

/// `text` has something other than white space.
pub(super) fn check_present(field: &'static str, text: &str) -> Result<(), LetterError> {
    if text.trim().is_empty() {
        return Err(LetterError::Missing(field));
    }
    Ok(())
}

/// Not too many attachments, none too large.
pub(super) fn check_attachments(attachments: &[Attachment]) -> Result<(), LetterError> {
    if attachments.len() > ATTACHMENTS_MAX {
        return Err(LetterError::TooMany {
            field: "attachments",
            got: attachments.len(),
            limit: ATTACHMENTS_MAX,
        });
    }
    if attachments.iter().any(|a| a.bytes > ATTACHMENT_BYTES_MAX) {
        return Err(LetterError::OutOfRange("attachments.bytes"));
    }
    Ok(())
}

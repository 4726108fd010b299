//! What a record of a pack can be, and how large.

use crate::feed::{DICTIONARY_BYTES_MAX, HEADS_BYTES_MAX, SEGMENT_RAW_MAX};
use crate::letter::{
    ATTACHMENT_BYTES_MAX, LETTER_BYTES_MAX, MAIL_ENTRY_BYTES_MAX, RECEIPT_BYTES_MAX, encrypted_len,
};
use crate::record::Blob;

/// The largest body of any record, known or not, in bytes.
pub const RECORD_BODY_BYTES_MAX: u64 = Blob::BYTES_MAX;

/// Room for what packing adds to a segment that does not get smaller, in bytes.
const SEGMENT_FRAME_BYTES: u64 = 64 << 10;

/// What a record is. One that this version does not know is kept by whoever carries packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKind(pub u16);

impl RecordKind {
    /// A heads document, byte for byte.
    pub const HEADS: Self = Self(1);
    /// A segment.
    pub const SEGMENT: Self = Self(2);
    /// A dictionary that segments name.
    pub const DICTIONARY: Self = Self(3);
    /// A picture or sound of the news.
    pub const BLOB: Self = Self(4);
    /// A sealed letter on its way up.
    pub const LETTER: Self = Self(5);
    /// A ciphertext that a letter names.
    pub const ATTACHMENT: Self = Self(6);
    /// [`super::Ask`]: whoever can, answer this mailbox.
    pub const ASK: Self = Self(7);
    /// A receipt on its way back.
    pub const RECEIPT: Self = Self(8);
    /// [`super::PackedMail`]: an entry of a mailbox on its way back.
    pub const MAIL: Self = Self(9);
    /// The last record of a whole pack.
    pub const END: Self = Self(0xffff);

    /// The largest body, in bytes.
    pub fn bytes_max(self) -> u64 {
        match self {
            Self::HEADS => HEADS_BYTES_MAX as u64,
            Self::SEGMENT => SEGMENT_RAW_MAX as u64 + SEGMENT_FRAME_BYTES,
            Self::DICTIONARY => DICTIONARY_BYTES_MAX as u64,
            Self::BLOB => Blob::BYTES_MAX,
            Self::LETTER => LETTER_BYTES_MAX as u64,
            Self::ATTACHMENT => encrypted_len(ATTACHMENT_BYTES_MAX),
            Self::ASK | Self::END => 256,
            Self::RECEIPT => RECEIPT_BYTES_MAX as u64,
            Self::MAIL => MAIL_ENTRY_BYTES_MAX as u64 + 64,
            _ => RECORD_BODY_BYTES_MAX,
        }
    }

    /// Its name in reports; none if this version does not know it.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::HEADS => "heads",
            Self::SEGMENT => "segment",
            Self::DICTIONARY => "dictionary",
            Self::BLOB => "blob",
            Self::LETTER => "letter",
            Self::ATTACHMENT => "attachment",
            Self::ASK => "ask",
            Self::RECEIPT => "receipt",
            Self::MAIL => "mail",
            Self::END => "end",
            _ => return None,
        })
    }
}

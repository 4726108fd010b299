//! Rows of the private tables, as CBOR.

use bantin_model::cbor;
use bantin_model::id::PlaceId;
use bantin_model::letter::{LetterId, OuterAttachment, ReceiptKey, SealedLetter, Signer};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// No row is larger: a photo at its largest size is under 2 MB.
const ROW_BYTES_MAX: usize = 32 << 20;

/// A row as it is stored.
pub trait Row: Encode<()> + for<'b> Decode<'b, ()> {
    /// Its bytes.
    fn to_row(&self) -> Vec<u8> {
        cbor::to_vec(self)
    }

    /// Reads a row; none if it is damaged.
    fn from_row(bytes: &[u8]) -> Option<Self> {
        cbor::from_slice(bytes, ROW_BYTES_MAX).ok()
    }
}

/// A conversation; its key is the id in hex.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ConversationRow {
    /// The one secret.
    #[n(0)]
    pub seed: ByteArray<32>,
    /// The place whose agency it is written to.
    #[n(1)]
    pub agency: PlaceId,
    /// Keys that may sign replies; only ever grows.
    #[n(2)]
    pub reply_keys: Vec<PublicKey>,
    /// Mailbox cursor.
    #[n(3)]
    pub after: u64,
    /// Replies the person has seen.
    #[n(4)]
    pub replies_read: u32,
    /// When it was taken over by its claim code; 0 if it began on this device.
    #[n(5)]
    #[cbor(default)]
    pub claimed_at: Seconds,
    /// The life of the hubs that `after` belongs to; 0 = not known.
    #[n(6)]
    #[cbor(default)]
    pub life: u64,
}
impl Row for ConversationRow {}

/// A letter; its key is its hash in hex.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LetterRow {
    /// Conversation, 16 bytes.
    #[n(0)]
    pub conversation: ByteArray<16>,
    /// The letter's CBOR, with the keys of its attachments.
    #[n(1)]
    pub letter: ByteVec,
    /// What is sent, verbatim.
    #[n(2)]
    pub sealed: ByteVec,
    /// When it became durable here.
    #[n(3)]
    pub saved_at: Seconds,
    /// Replies held when it was written.
    #[n(4)]
    pub replies_before: u32,
    /// A hub said that it will never take it.
    #[n(5)]
    pub refused: bool,
    /// Its photos here.
    #[n(6)]
    pub photos: Vec<PhotoName>,
}
impl Row for LetterRow {}

impl LetterRow {
    /// The ciphertexts that go before it.
    pub fn attachments(&self) -> Vec<OuterAttachment> {
        SealedLetter::read(&self.sealed)
            .map(|sealed| sealed.attachments)
            .unwrap_or_default()
    }

    /// Its identity.
    pub fn id(&self) -> LetterId {
        LetterId::of(&self.sealed)
    }
}

/// A photo without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PhotoName {
    /// Key of its [`PhotoRow`].
    #[n(0)]
    pub token: String,
    /// Width in px.
    #[n(1)]
    pub width: u32,
    /// Height in px.
    #[n(2)]
    pub height: u32,
}

/// A photo; its key is a random token.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PhotoRow {
    /// The largest size, without metadata.
    #[n(0)]
    pub jpeg: ByteVec,
    /// Width in px.
    #[n(1)]
    pub width: u32,
    /// Height in px.
    #[n(2)]
    pub height: u32,
    /// When it was taken in.
    #[n(3)]
    pub added_at: Seconds,
}
impl Row for PhotoRow {}

/// A receipt that was verified when it came, with the key that signed it, so that it can be verified
/// again when that key has left its feed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ReceiptRow {
    /// Exact bytes.
    #[n(0)]
    pub bytes: ByteVec,
    /// The signer's key.
    #[n(1)]
    pub key: PublicKey,
    /// The place it signs for.
    #[n(2)]
    pub place: PlaceId,
    /// 1 agency, 2 hub, 3 relay.
    #[n(3)]
    pub signer: u8,
}
impl Row for ReceiptRow {}

impl ReceiptRow {
    /// The number of a role.
    pub fn signer_code(signer: Signer) -> u8 {
        match signer {
            Signer::Agency => 1,
            Signer::Hub => 2,
            Signer::Relay => 3,
        }
    }

    /// The key as receipts are verified with.
    pub fn key(&self) -> ReceiptKey {
        ReceiptKey {
            key: self.key,
            place: self.place.clone(),
            signer: match self.signer {
                1 => Signer::Agency,
                2 => Signer::Hub,
                _ => Signer::Relay,
            },
        }
    }
}

/// A reply; its key is conversation and number, see [`reply_key`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ReplyRow {
    /// The mailbox entry's exact bytes.
    #[n(0)]
    pub bytes: ByteVec,
    /// The agency's key that signed it.
    #[n(1)]
    pub signed_by: PublicKey,
}
impl Row for ReplyRow {}

/// `conversation/number`, the number with leading zeros so that keys sort by it: the cursor, or a higher one
/// where a restored hub hands out cursors again.
pub fn reply_key(conversation: &str, number: u64) -> String {
    format!("{conversation}/{number:020}")
}

/// What the person did with a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct MarkRow {
    /// Opened.
    #[n(0)]
    pub read: bool,
    /// Kept.
    #[n(1)]
    pub saved: bool,
    /// Listened to.
    #[n(2)]
    pub heard: bool,
}
impl Row for MarkRow {}

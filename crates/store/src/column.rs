//! Columns and the model's types: SQLite has signed integers, texts and blobs only.

use bantin_model::id::{Hash, PlaceId, RecordId};
use bantin_model::letter::{ConversationId, LetterId};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;

use crate::{Result, StoreError};

/// An unsigned number; beyond the largest column value it is that value.
pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A column that was written by [`int`].
pub(crate) fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

/// A moment that was written by [`int`].
pub(crate) fn seconds(value: i64) -> Seconds {
    Seconds(unsigned(value))
}

pub(crate) fn hash(bytes: &[u8]) -> Result<Hash> {
    Hash::from_slice(bytes).ok_or(StoreError::Damaged("hash"))
}

pub(crate) fn key(bytes: &[u8]) -> Result<PublicKey> {
    PublicKey::from_slice(bytes).ok_or(StoreError::Damaged("public key"))
}

pub(crate) fn record_id(bytes: &[u8]) -> Result<RecordId> {
    RecordId::from_slice(bytes).ok_or(StoreError::Damaged("record id"))
}

pub(crate) fn letter_id(bytes: &[u8]) -> Result<LetterId> {
    hash(bytes).map(LetterId)
}

pub(crate) fn conversation_id(bytes: &[u8]) -> Result<ConversationId> {
    ConversationId::from_slice(bytes).ok_or(StoreError::Damaged("conversation id"))
}

pub(crate) fn place(text: String) -> Result<PlaceId> {
    PlaceId::new(text).map_err(|_| StoreError::Damaged("place"))
}

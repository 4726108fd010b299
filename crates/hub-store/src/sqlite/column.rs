//! Stored values and what they mean.

use bantin_model::conversation::Status;
use bantin_model::id::{Hash, KeyId, PlaceId, RecordId};
use bantin_model::letter::{ConversationId, LetterId, MailboxId, SealPublic};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::{Result, StoreError};

/// A number as SQLite stores it. Times and counts never reach 2⁶³.
pub(super) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Reads columns by name.
pub(super) trait Columns {
    fn number(&self, name: &'static str) -> Result<u64>;
    fn maybe_number(&self, name: &'static str) -> Result<Option<u64>>;
    fn small(&self, name: &'static str) -> Result<u32>;
    fn flag(&self, name: &'static str) -> Result<bool>;
    fn text(&self, name: &'static str) -> Result<String>;
    fn blob(&self, name: &'static str) -> Result<Vec<u8>>;
    fn maybe_blob(&self, name: &'static str) -> Result<Option<Vec<u8>>>;
    fn maybe_text(&self, name: &'static str) -> Result<Option<String>>;

    fn time(&self, name: &'static str) -> Result<Seconds> {
        self.number(name).map(Seconds)
    }
    fn maybe_time(&self, name: &'static str) -> Result<Option<Seconds>> {
        Ok(self.maybe_number(name)?.map(Seconds))
    }
    fn place(&self, name: &'static str) -> Result<PlaceId> {
        PlaceId::new(self.text(name)?).map_err(|_| StoreError::Damaged(name))
    }
    /// A place, or none if the text is empty.
    fn maybe_place(&self, name: &'static str) -> Result<Option<PlaceId>> {
        match self.text(name)?.is_empty() {
            true => Ok(None),
            false => self.place(name).map(Some),
        }
    }
    fn status(&self, name: &'static str) -> Result<Status> {
        let code = u8::try_from(self.number(name)?).ok();
        code.and_then(Status::from_code)
            .ok_or(StoreError::Damaged(name))
    }
    fn hash(&self, name: &'static str) -> Result<Hash> {
        Hash::from_slice(&self.blob(name)?).ok_or(StoreError::Damaged(name))
    }
    fn record_id(&self, name: &'static str) -> Result<RecordId> {
        RecordId::from_slice(&self.blob(name)?).ok_or(StoreError::Damaged(name))
    }
    fn key_id(&self, name: &'static str) -> Result<KeyId> {
        KeyId::from_slice(&self.blob(name)?).ok_or(StoreError::Damaged(name))
    }
    fn letter_id(&self, name: &'static str) -> Result<LetterId> {
        self.hash(name).map(LetterId)
    }
    fn mailbox(&self, name: &'static str) -> Result<MailboxId> {
        self.hash(name).map(MailboxId)
    }
    fn conversation(&self, name: &'static str) -> Result<ConversationId> {
        ConversationId::from_slice(&self.blob(name)?).ok_or(StoreError::Damaged(name))
    }
    fn public_key(&self, name: &'static str) -> Result<PublicKey> {
        PublicKey::from_slice(&self.blob(name)?).ok_or(StoreError::Damaged(name))
    }
    fn seal_public(&self, name: &'static str) -> Result<SealPublic> {
        SealPublic::from_slice(&self.blob(name)?).ok_or(StoreError::Damaged(name))
    }
}

impl Columns for SqliteRow {
    fn number(&self, name: &'static str) -> Result<u64> {
        let value: i64 = self.try_get(name)?;
        u64::try_from(value).map_err(|_| StoreError::Damaged(name))
    }
    fn maybe_number(&self, name: &'static str) -> Result<Option<u64>> {
        let value: Option<i64> = self.try_get(name)?;
        value
            .map(|v| u64::try_from(v).map_err(|_| StoreError::Damaged(name)))
            .transpose()
    }
    fn small(&self, name: &'static str) -> Result<u32> {
        u32::try_from(self.number(name)?).map_err(|_| StoreError::Damaged(name))
    }
    fn flag(&self, name: &'static str) -> Result<bool> {
        Ok(self.number(name)? != 0)
    }
    fn text(&self, name: &'static str) -> Result<String> {
        Ok(self.try_get(name)?)
    }
    fn blob(&self, name: &'static str) -> Result<Vec<u8>> {
        Ok(self.try_get(name)?)
    }
    fn maybe_blob(&self, name: &'static str) -> Result<Option<Vec<u8>>> {
        Ok(self.try_get(name)?)
    }
    fn maybe_text(&self, name: &'static str) -> Result<Option<String>> {
        Ok(self.try_get(name)?)
    }
}

/// A list of place ids as JSON, for `json_each`.
pub(super) fn places_json(places: &[PlaceId]) -> String {
    // Place ids are made of letters, digits and dashes, so nothing needs escaping.
    let quoted: Vec<String> = places.iter().map(|place| format!("\"{place}\"")).collect();
    format!("[{}]", quoted.join(","))
}

/// [`StoreError::Taken`] if a row of that name was there already.
pub(super) fn inserted(rows: u64, what: &'static str) -> Result<()> {
    match rows {
        0 => Err(StoreError::Taken(what)),
        _ => Ok(()),
    }
}

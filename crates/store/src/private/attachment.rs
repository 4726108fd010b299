//! Encrypted files of letters that are kept to be sent, each a file named by the hash of its ciphertext.

use bantin_model::id::Hash;
use bantin_model::letter::ConversationId;
use sqlx::SqliteConnection;

use super::Private;
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table attachment (
    letter integer not null references letter (position),
    number integer not null,
    hash blob not null,
    -- The photo it was made from.
    photo text not null,
    -- An upload was begun: some of it may be at the hub already.
    tried integer not null default 0,
    -- The ciphertext was deleted; the photo stays.
    released integer not null default 0,
    primary key (letter, number)
) strict, without rowid;
create index attachment_hash on attachment (hash);
";

/// A file of a letter to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
    /// SHA-256 of the ciphertext.
    pub hash: Hash,
    /// The photo it was made from.
    pub photo: String,
}

impl Private {
    /// Hashes of a letter's files, in order.
    pub(super) async fn attachments(&self, letter: i64) -> Result<Vec<Hash>> {
        let sql = "select hash from attachment where letter = ? order by number";
        let rows: Vec<Vec<u8>> = sqlx::query_scalar(sql)
            .bind(letter)
            .fetch_all(&self.db.readers)
            .await?;
        rows.iter().map(|row| column::hash(row)).collect()
    }

    /// Names of the photos of a letter, in order.
    pub async fn letter_photos(&self, letter: i64) -> Result<Vec<String>> {
        let sql = "select photo from attachment where letter = ? order by number";
        Ok(sqlx::query_scalar(sql)
            .bind(letter)
            .fetch_all(&self.db.readers)
            .await?)
    }

    /// Whether a letter that is kept needs this file.
    pub async fn is_attached(&self, hash: Hash) -> Result<bool> {
        let sql = "select exists (select 1 from attachment where hash = ? and released = 0)";
        Ok(sqlx::query_scalar(sql)
            .bind(hash.as_bytes())
            .fetch_one(&self.db.readers)
            .await?)
    }

    /// Marks that an upload begins; true if one was begun before.
    pub async fn try_attachment(&self, hash: Hash) -> Result<bool> {
        let sql = "update attachment set tried = 1 where hash = ? and tried = 0";
        let done = sqlx::query(sql)
            .bind(hash.as_bytes())
            .execute(&self.db.writer)
            .await?;
        Ok(done.rows_affected() == 0)
    }
}

pub(super) async fn insert(
    tx: &mut SqliteConnection,
    letter: i64,
    attachments: &[NewAttachment],
) -> Result<()> {
    for (number, new) in (0i64..).zip(attachments) {
        sqlx::query("insert into attachment (letter, number, hash, photo) values (?, ?, ?, ?)")
            .bind(letter)
            .bind(number)
            .bind(new.hash.as_bytes())
            .bind(&new.photo)
            .execute(&mut *tx)
            .await?;
        sqlx::query("update photo set used = 1 where token = ?")
            .bind(&new.photo)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Marks the files of a conversation as no longer needed and names them.
pub(super) async fn release(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
) -> Result<Vec<Hash>> {
    let sql = "update attachment set released = 1
               where released = 0 and letter in (select position from letter where conversation = ?)
               returning hash";
    let rows: Vec<Vec<u8>> = sqlx::query_scalar(sql)
        .bind(conversation.as_bytes())
        .fetch_all(tx)
        .await?;
    rows.iter().map(|row| column::hash(row)).collect()
}

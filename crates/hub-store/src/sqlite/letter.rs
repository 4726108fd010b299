//! Tables `letter` and `attachment`: letters as they came, and the ciphertexts they name.

use async_trait::async_trait;
use bantin_model::id::Hash;
use bantin_model::letter::{ConversationId, LetterId};
use bantin_model::time::Seconds;
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};

use super::column::{Columns, int};
use super::migrate::Migration;
use super::{SqliteStore, carried};
use crate::{Letters, NewLetter, Quarantined, Result, Route, StoredLetter};

pub(super) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE letter (
        -- The order in which letters were accepted.
        seq INTEGER NOT NULL CONSTRAINT letter_order PRIMARY KEY AUTOINCREMENT,
        id BLOB NOT NULL CONSTRAINT letter_once UNIQUE,
        place TEXT NOT NULL,
        agency_key BLOB NOT NULL,
        mailbox BLOB NOT NULL,
        bytes BLOB NOT NULL,
        accepted_at INTEGER NOT NULL,
        -- Empty until it is opened.
        conversation BLOB NOT NULL DEFAULT x'',
        -- When an officer first saw it.
        seen_at INTEGER,
        -- Empty unless it cannot be opened.
        quarantined TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX letter_aside ON letter (seq) WHERE quarantined <> '';
    CREATE INDEX letter_of_conversation ON letter (conversation, seq);
    CREATE TABLE attachment (
        letter BLOB NOT NULL CONSTRAINT attachment_letter REFERENCES letter (id),
        hash BLOB NOT NULL,
        bytes INTEGER NOT NULL,
        CONSTRAINT attachment_key PRIMARY KEY (hash, letter)
    ) STRICT, WITHOUT ROWID;",
)];

fn read(row: &SqliteRow) -> Result<StoredLetter> {
    let conversation = row.blob("conversation")?;
    Ok(StoredLetter {
        id: row.letter_id("id")?,
        place: row.place("place")?,
        agency_key: row.key_id("agency_key")?,
        bytes: row.blob("bytes")?,
        accepted_at: row.time("accepted_at")?,
        conversation: match conversation.is_empty() {
            true => None,
            false => Some(row.conversation("conversation")?),
        },
        seen_at: row.maybe_time("seen_at")?,
    })
}

/// Inserts a letter, or finds when it was accepted first.
async fn accept_one(tx: &mut SqliteConnection, letter: &NewLetter) -> Result<Seconds> {
    let insert = query(
        "INSERT INTO letter (id, place, agency_key, mailbox, bytes, accepted_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING",
    );
    let done = insert
        .bind(letter.id.0.as_bytes())
        .bind(letter.place.as_str())
        .bind(letter.agency_key.as_bytes())
        .bind(letter.mailbox.0.as_bytes())
        .bind(&letter.bytes)
        .bind(int(letter.at.0))
        .execute(&mut *tx)
        .await?;
    if done.rows_affected() == 0 {
        let select = query("SELECT accepted_at FROM letter WHERE id = ?1");
        let row = select
            .bind(letter.id.0.as_bytes())
            .fetch_one(&mut *tx)
            .await?;
        return row.time("accepted_at");
    }
    for attachment in &letter.attachments {
        let insert = query(
            "INSERT INTO attachment (letter, hash, bytes) VALUES (?1, ?2, ?3)
             ON CONFLICT (hash, letter) DO NOTHING",
        );
        insert
            .bind(letter.id.0.as_bytes())
            .bind(attachment.hash.as_bytes())
            .bind(int(attachment.bytes))
            .execute(&mut *tx)
            .await?;
    }
    Ok(letter.at)
}

/// Says which conversation a letter belongs to; whether it was not yet opened.
pub(super) async fn opened(
    tx: &mut SqliteConnection,
    letter: &LetterId,
    conversation: &ConversationId,
) -> Result<bool> {
    let update = query("UPDATE letter SET conversation = ?2 WHERE id = ?1 AND conversation = x''");
    let done = update
        .bind(letter.0.as_bytes())
        .bind(conversation.as_bytes())
        .execute(tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// An officer saw it.
pub(super) async fn seen(tx: &mut SqliteConnection, letter: &LetterId, at: Seconds) -> Result<()> {
    let update = query("UPDATE letter SET seen_at = ?2 WHERE id = ?1 AND seen_at IS NULL");
    update
        .bind(letter.0.as_bytes())
        .bind(int(at.0))
        .execute(tx)
        .await?;
    Ok(())
}

#[async_trait]
impl Letters for SqliteStore {
    async fn accept(&self, letters: &[NewLetter]) -> Result<Vec<Seconds>> {
        let mut tx = self.begin().await?;
        let mut moments = Vec::with_capacity(letters.len());
        for letter in letters {
            moments.push(match &letter.route {
                Route::Home => accept_one(&mut tx, letter).await?,
                Route::Up | Route::Down(_) => carried::accept_one(&mut tx, letter).await?,
            });
        }
        tx.commit().await?;
        Ok(moments)
    }

    async fn unopened(&self, limit: u32, skip: u32) -> Result<Vec<StoredLetter>> {
        let select = query(
            "SELECT id, place, agency_key, bytes, accepted_at, conversation, seen_at FROM letter
             WHERE conversation = x'' AND quarantined = '' ORDER BY seq LIMIT ?1 OFFSET ?2",
        );
        let select = select.bind(i64::from(limit)).bind(i64::from(skip));
        let rows = select.fetch_all(&self.read).await?;
        rows.iter().map(read).collect()
    }

    async fn letter(&self, id: &LetterId) -> Result<Option<StoredLetter>> {
        let select = query(
            "SELECT id, place, agency_key, bytes, accepted_at, conversation, seen_at FROM letter WHERE id = ?1",
        );
        let row = select
            .bind(id.0.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.as_ref().map(read).transpose()
    }

    async fn letters_of(&self, id: &ConversationId) -> Result<Vec<StoredLetter>> {
        let select = query(
            "SELECT id, place, agency_key, bytes, accepted_at, conversation, seen_at FROM letter
             WHERE conversation = ?1 ORDER BY seq",
        );
        let rows = select.bind(id.as_bytes()).fetch_all(&self.read).await?;
        rows.iter().map(read).collect()
    }

    async fn quarantine(&self, id: &LetterId, reason: &str) -> Result<()> {
        let update =
            query("UPDATE letter SET quarantined = ?2 WHERE id = ?1 AND conversation = x''");
        update
            .bind(id.0.as_bytes())
            .bind(reason)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    async fn quarantined(&self) -> Result<Vec<Quarantined>> {
        let select = query(
            "SELECT id, place, accepted_at, quarantined FROM letter
             WHERE quarantined <> '' ORDER BY seq",
        );
        let read = |row: &SqliteRow| {
            Ok(Quarantined {
                id: row.letter_id("id")?,
                place: row.place("place")?,
                accepted_at: row.time("accepted_at")?,
                reason: row.text("quarantined")?,
            })
        };
        select
            .fetch_all(&self.read)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    async fn is_attached(&self, hash: &Hash) -> Result<bool> {
        let select =
            query("SELECT 1 FROM attachment WHERE hash = ?1 LIMIT 1").bind(hash.as_bytes());
        Ok(
            select.fetch_optional(&self.read).await?.is_some()
                || carried::names(self, hash).await?,
        )
    }
}

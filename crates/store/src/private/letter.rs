//! Letters of this device: what was written, and the sealed bytes that are sent verbatim.
//!
//! Letters and replies share one numbering, the order in which this device wrote or received them; it
//! needs no clock.

use bantin_model::id::{Hash, KeyId};
use bantin_model::letter::{ConversationId, LetterId};
use bantin_model::sync::Outgoing;
use bantin_model::time::Seconds;
use sqlx::SqliteConnection;

use super::{ConversationRow, NewAttachment, Private, attachment, conversation, once};
use crate::{Result, StoreError, column};

pub(super) const MIGRATION: &str = "
create table letter (
    position integer not null primary key,
    id blob not null unique,
    conversation blob not null references conversation (id),
    -- The letter as it was written, CBOR.
    plain blob not null,
    -- Sealed, to be sent verbatim; empty once the conversation is closed and all of it was accepted.
    sealed blob not null,
    -- Short name of the key it is sealed to.
    agency_key blob not null,
    saved_at integer not null,
    -- 0 waiting, 1 accepted by a hub, 2 refused for good
    state integer not null default 0
) strict;
create index letter_conversation on letter (conversation, position);
create index letter_waiting on letter (position) where state = 0;
";

pub(super) const AGAIN_MIGRATION: &str = "
-- State 3: waiting again after a hub was restored. Only a receipt for what is sent from now on ends it: a
-- reply may be of the life of the hub that is lost.
drop index letter_waiting;
create index letter_waiting on letter (position) where state in (0, 3);
";

/// The next number of the order that letters and replies share.
pub(super) const NEXT_POSITION: &str = "select 1 + max(
    (select coalesce(max(position), 0) from letter), (select coalesce(max(position), 0) from reply))";

/// How far a letter is proven to have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// No hub has accepted it.
    Waiting,
    /// A hub has.
    Accepted,
    /// The hub will never take it.
    Refused,
}

/// A letter of this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// Its number among letters and replies.
    pub position: i64,
    /// Its identity.
    pub id: LetterId,
    /// The conversation.
    pub conversation: ConversationId,
    /// CBOR of [`bantin_model::letter::Letter`].
    pub plain: Vec<u8>,
    /// The key it is sealed to.
    pub agency_key: KeyId,
    /// When it became durable.
    pub saved_at: Seconds,
    /// How far it came.
    pub state: LetterState,
}

/// A letter to be saved.
#[derive(Clone, Debug)]
pub struct NewLetter<'a> {
    /// Its conversation.
    pub conversation: &'a ConversationRow,
    /// The conversation begins with it.
    pub first: bool,
    /// Its identity.
    pub id: LetterId,
    /// CBOR of the letter.
    pub plain: &'a [u8],
    /// Sealed.
    pub sealed: &'a [u8],
    /// The key it is sealed to.
    pub agency_key: KeyId,
    /// When.
    pub saved_at: Seconds,
    /// Its files, already durable.
    pub attachments: &'a [NewAttachment],
    /// Name of the act and what it returns.
    pub once: (&'a str, &'a str),
}

type Row = (i64, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, i64, i64);

fn read(row: Row) -> Result<LetterRow> {
    Ok(LetterRow {
        position: row.0,
        id: column::letter_id(&row.1)?,
        conversation: column::conversation_id(&row.2)?,
        plain: row.3,
        agency_key: KeyId::from_slice(&row.4).ok_or(StoreError::Damaged("key id"))?,
        saved_at: column::seconds(row.5),
        state: match row.6 {
            0 | 3 => LetterState::Waiting,
            1 => LetterState::Accepted,
            _ => LetterState::Refused,
        },
    })
}

impl Private {
    /// Saves a letter with everything that belongs to it. When this returns it is durable; a second
    /// letter for the same act is [`StoreError::Taken`] and changes nothing.
    pub async fn save_letter(&self, new: NewLetter<'_>) -> Result<()> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        let (key, result) = new.once;
        once::put(&mut tx, key, result).await?;
        if new.first {
            conversation::insert(&mut tx, new.conversation).await?;
        } else {
            // Whose agency it is may be known only since a reply came.
            let sql = "update conversation set released = 0, place = ? where id = ?";
            sqlx::query(sql)
                .bind(new.conversation.place.as_str())
                .bind(new.conversation.id.as_bytes())
                .execute(&mut *tx)
                .await?;
        }
        let position: i64 = sqlx::query_scalar(NEXT_POSITION)
            .fetch_one(&mut *tx)
            .await?;
        sqlx::query(
            "insert into letter (position, id, conversation, plain, sealed, agency_key, saved_at)
             values (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(position)
        .bind(new.id.0.as_bytes())
        .bind(new.conversation.id.as_bytes())
        .bind(new.plain)
        .bind(new.sealed)
        .bind(new.agency_key.as_bytes())
        .bind(column::int(new.saved_at.0))
        .execute(&mut *tx)
        .await?;
        attachment::insert(&mut tx, position, new.attachments).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The letters of a conversation, oldest first.
    pub async fn letters(&self, conversation: ConversationId) -> Result<Vec<LetterRow>> {
        let sql = "select position, id, conversation, plain, agency_key, saved_at, state
                   from letter where conversation = ? order by position";
        let rows: Vec<Row> = sqlx::query_as(sql)
            .bind(conversation.as_bytes())
            .fetch_all(&self.db.readers)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Letters the hub refused for good.
    pub async fn refused(&self) -> Result<Vec<LetterRow>> {
        let sql = "select position, id, conversation, plain, agency_key, saved_at, state
                   from letter where state = 2 order by position";
        let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(&self.db.readers).await?;
        rows.into_iter().map(read).collect()
    }

    /// Letters no hub has accepted yet, oldest first, with the files that go before them.
    pub async fn outbox(&self) -> Result<Vec<Outgoing>> {
        let sql = "select position, id from letter where state in (0, 3) order by position";
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(sql).fetch_all(&self.db.readers).await?;
        let mut outbox = Vec::new();
        for (position, id) in rows {
            let letter = column::letter_id(&id)?;
            let attachments = self.attachments(position).await?;
            outbox.push(Outgoing {
                letter,
                attachments,
            });
        }
        Ok(outbox)
    }

    /// The sealed bytes of a letter.
    pub async fn sealed(&self, id: LetterId) -> Result<Option<Vec<u8>>> {
        let sql = "select sealed from letter where id = ?";
        let bytes = sqlx::query_scalar(sql)
            .bind(id.0.as_bytes())
            .fetch_optional(&self.db.readers)
            .await?;
        Ok(bytes)
    }

    /// Letters that are on this device only: waiting or refused.
    pub async fn waiting(&self) -> Result<u32> {
        let sql = "select count(*) from letter where state <> 1";
        let count: i64 = sqlx::query_scalar(sql).fetch_one(&self.db.readers).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The hub will never take this letter; it stays, marked.
    pub async fn apply_refused(&self, id: LetterId) -> Result<()> {
        let sql = "update letter set state = 2 where id = ? and state in (0, 3)";
        sqlx::query(sql)
            .bind(id.0.as_bytes())
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// Lets letters that a hub refused wait again, the person's own and those carried for others: another hub may
    /// be on their way.
    pub async fn offer_refused(&self) -> Result<()> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        for sql in [
            "update letter set state = 3 where state = 2 and length(sealed) > 0",
            "update carried set refused = 0 where refused <> 0",
        ] {
            sqlx::query(sql).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Replaces the seal of a letter that was refused, and lets it wait again.
    pub async fn seal_anew(
        &self,
        old: LetterId,
        new: LetterId,
        sealed: &[u8],
        agency_key: KeyId,
    ) -> Result<()> {
        let sql = "update letter set id = ?, sealed = ?, agency_key = ?, state = 0 where id = ?";
        sqlx::query(sql)
            .bind(new.0.as_bytes())
            .bind(sealed)
            .bind(agency_key.as_bytes())
            .bind(old.0.as_bytes())
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// Lets every letter of an open conversation wait again, also those that were accepted: the hub was
    /// restored and may have lost them. A hub that has them takes them as the ones they are. Replies that
    /// come after this end no wait: they may have been written before the restore.
    pub async fn offer_again(&self, conversations: &[ConversationId]) -> Result<()> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        for id in conversations {
            let sql = "update letter set state = 3
                       where conversation = ? and state in (0, 1) and length(sealed) > 0";
            sqlx::query(sql)
                .bind(id.as_bytes())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// A conversation is closed and all its letters were accepted: their sealed bytes go. Names the
    /// files that nothing needs any longer; nothing if a letter still waits.
    pub async fn release(&self, conversation: ConversationId) -> Result<Vec<Hash>> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        let sql = "select count(*) from letter where conversation = ? and state <> 1";
        let waiting: i64 = sqlx::query_scalar(sql)
            .bind(conversation.as_bytes())
            .fetch_one(&mut *tx)
            .await?;
        if waiting > 0 {
            return Ok(Vec::new());
        }
        let files = attachment::release(&mut tx, conversation).await?;
        for sql in [
            "update letter set sealed = x'' where conversation = ?",
            "update conversation set released = 1 where id = ?",
        ] {
            sqlx::query(sql)
                .bind(conversation.as_bytes())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(files)
    }
}

/// Some hub had the letter at some time: what a reply proves, and a receipt that came by hand. One that is
/// offered again goes on waiting.
pub(super) async fn accepted_once(tx: &mut SqliteConnection, id: LetterId) -> Result<()> {
    let sql = "update letter set state = 1 where id = ? and state <> 3";
    sqlx::query(sql).bind(id.0.as_bytes()).execute(tx).await?;
    Ok(())
}

/// A hub has it: the answer to what this device sent.
pub(super) async fn accepted(tx: &mut SqliteConnection, id: LetterId) -> Result<()> {
    let sql = "update letter set state = 1 where id = ?";
    sqlx::query(sql).bind(id.0.as_bytes()).execute(tx).await?;
    Ok(())
}

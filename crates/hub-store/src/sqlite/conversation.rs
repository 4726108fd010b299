//! Tables `conversation`, `status` and `answer`.

use async_trait::async_trait;
use bantin_model::conversation::StatusAt;
use bantin_model::letter::ConversationId;
use sqlx::query;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::column::{Columns, places_json};
use super::migrate::Migration;
use super::step;
use crate::{
    AnswerRow, ConversationKind, ConversationRow, Conversations, QueueFilter, Result, Step,
    StepOutcome, StoreError,
};

pub(super) const MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE conversation (
        id BLOB NOT NULL CONSTRAINT conversation_key PRIMARY KEY,
        place TEXT NOT NULL,
        kind TEXT NOT NULL,
        status INTEGER NOT NULL,
        -- 0 while the agency owes something; sorts the queue.
        settled INTEGER NOT NULL DEFAULT 0 CONSTRAINT conversation_settled_flag CHECK (settled IN (0, 1)),
        received_at INTEGER NOT NULL,
        due_at INTEGER,
        changed_at INTEGER NOT NULL,
        opened_at INTEGER,
        rating INTEGER CONSTRAINT conversation_rating_range CHECK (rating BETWEEN 1 AND 5),
        mailbox BLOB NOT NULL,
        sign_key BLOB NOT NULL,
        seal_key BLOB NOT NULL,
        replies INTEGER NOT NULL DEFAULT 0,
        change INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX conversation_queue ON conversation (settled, due_at, changed_at);
    CREATE TABLE status (
        conversation BLOB NOT NULL CONSTRAINT status_conversation REFERENCES conversation (id),
        seq INTEGER NOT NULL,
        status INTEGER NOT NULL,
        at INTEGER NOT NULL,
        CONSTRAINT status_key PRIMARY KEY (conversation, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE answer (
        conversation BLOB NOT NULL CONSTRAINT answer_conversation REFERENCES conversation (id),
        seq INTEGER NOT NULL,
        officer TEXT,
        at INTEGER NOT NULL,
        -- Sealed to the agency's own key.
        copy BLOB NOT NULL,
        CONSTRAINT answer_key PRIMARY KEY (conversation, seq)
    ) STRICT, WITHOUT ROWID;",
), (
    19,
    "-- The place whose agency has it now, if that is at another hub; empty if it is here.
    ALTER TABLE conversation ADD COLUMN passed_to TEXT NOT NULL DEFAULT '';
    -- How often it was passed on.
    ALTER TABLE conversation ADD COLUMN hops INTEGER NOT NULL DEFAULT 0;
    -- Whose agency said it: a conversation can move from place to place.
    ALTER TABLE answer ADD COLUMN place TEXT NOT NULL DEFAULT '';
    UPDATE answer SET place = (SELECT place FROM conversation WHERE id = answer.conversation);",
)];

fn read(row: &SqliteRow) -> Result<ConversationRow> {
    let kind =
        ConversationKind::from_name(&row.text("kind")?).ok_or(StoreError::Damaged("kind"))?;
    Ok(ConversationRow {
        id: row.conversation("id")?,
        place: row.place("place")?,
        kind,
        status: row.status("status")?,
        received_at: row.time("received_at")?,
        due_at: row.maybe_time("due_at")?,
        changed_at: row.time("changed_at")?,
        opened_at: row.maybe_time("opened_at")?,
        rating: row
            .maybe_number("rating")?
            .and_then(|rating| u8::try_from(rating).ok()),
        mailbox: row.mailbox("mailbox")?,
        sign: row.public_key("sign_key")?,
        seal: row.seal_public("seal_key")?,
        replies: row.small("replies")?,
        passed_to: row.maybe_place("passed_to")?,
        hops: row.small("hops")?,
        change: row.number("change")?,
    })
}

#[async_trait]
impl Conversations for SqliteStore {
    async fn conversation(&self, id: &ConversationId) -> Result<Option<ConversationRow>> {
        let select = query(
            "SELECT id, place, kind, status, received_at, due_at, changed_at, opened_at, rating,
                    mailbox, sign_key, seal_key, replies, passed_to, hops, change
             FROM conversation WHERE id = ?1",
        );
        let row = select
            .bind(id.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.as_ref().map(read).transpose()
    }

    async fn queue(&self, filter: &QueueFilter) -> Result<Vec<ConversationRow>> {
        let select = query(
            "SELECT id, place, kind, status, received_at, due_at, changed_at, opened_at, rating,
                    mailbox, sign_key, seal_key, replies, passed_to, hops, change
             FROM conversation
             WHERE settled <= ?1 AND place IN (SELECT value FROM json_each(?2))
             ORDER BY settled, due_at IS NULL, CASE settled WHEN 0 THEN due_at END,
                      changed_at DESC, id
             LIMIT ?3 OFFSET ?4",
        );
        let rows = select
            .bind(i64::from(!filter.open_only))
            .bind(places_json(&filter.places))
            .bind(i64::from(filter.limit))
            .bind(i64::from(filter.offset))
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(read).collect()
    }

    async fn history(&self, id: &ConversationId) -> Result<Vec<StatusAt>> {
        let select = query("SELECT at, status FROM status WHERE conversation = ?1 ORDER BY seq");
        let read = |row: &SqliteRow| {
            Ok(StatusAt {
                at: row.time("at")?,
                status: row.status("status")?,
            })
        };
        select
            .bind(id.as_bytes())
            .fetch_all(&self.read)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    async fn answers(&self, id: &ConversationId) -> Result<Vec<AnswerRow>> {
        let select = query(
            "SELECT conversation, place, seq, officer, at, copy FROM answer
             WHERE conversation = ?1 ORDER BY seq",
        );
        let read = |row: &SqliteRow| {
            Ok(AnswerRow {
                conversation: row.conversation("conversation")?,
                place: row.place("place")?,
                seq: row.small("seq")?,
                officer: row.maybe_text("officer")?,
                at: row.time("at")?,
                copy: row.blob("copy")?,
            })
        };
        select
            .bind(id.as_bytes())
            .fetch_all(&self.read)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    async fn step(&self, step: &Step) -> Result<StepOutcome> {
        step::keep(self, step).await
    }
}

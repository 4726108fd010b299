//! Answers of agencies, verified and opened.

use bantin_model::cbor;
use bantin_model::letter::{ConversationId, LETTER_BYTES_MAX, OpenedReply, Reply, ReplyVerb};
use bantin_model::time::Seconds;

use super::Private;
use crate::{Result, StoreError, column};

pub(super) const MIGRATION: &str = "
create table reply (
    position integer not null primary key,
    -- SHA-256 of the signed part.
    id blob not null unique,
    conversation blob not null references conversation (id),
    -- The reply as it was opened, CBOR.
    plain blob not null,
    -- The mailbox entry's exact bytes.
    bytes blob not null,
    signed_by blob not null,
    received_at integer not null,
    -- It says something to the person and was not read yet.
    unread integer not null
) strict;
create index reply_conversation on reply (conversation, position);
create index reply_unread on reply (conversation) where unread = 1;
";

/// A reply on this device.
#[derive(Clone, Debug)]
pub struct ReplyRow {
    /// Its number among letters and replies.
    pub position: i64,
    /// What it says and who signed it.
    pub opened: OpenedReply,
    /// When this device got it.
    pub received_at: Seconds,
    /// It was not read yet.
    pub unread: bool,
}

type Row = (i64, Vec<u8>, Vec<u8>, Vec<u8>, i64, i64);

fn read(row: Row) -> Result<ReplyRow> {
    let reply: Reply =
        cbor::from_slice(&row.2, LETTER_BYTES_MAX).map_err(|_| StoreError::Damaged("reply"))?;
    Ok(ReplyRow {
        position: row.0,
        opened: OpenedReply {
            id: column::hash(&row.1)?,
            signed_by: column::key(&row.3)?,
            reply,
        },
        received_at: column::seconds(row.4),
        unread: row.5 != 0,
    })
}

/// Whether a reply says something to the person, and does not only prove a step.
pub(super) fn speaks(verb: ReplyVerb) -> bool {
    !matches!(verb, ReplyVerb::Delivered | ReplyVerb::Opened)
}

impl Private {
    /// The replies of a conversation in the order in which they came.
    pub async fn replies(&self, conversation: ConversationId) -> Result<Vec<ReplyRow>> {
        let sql = "select position, id, plain, signed_by, received_at, unread
                   from reply where conversation = ? order by position";
        let rows: Vec<Row> = sqlx::query_as(sql)
            .bind(conversation.as_bytes())
            .fetch_all(&self.db.readers)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Replies nobody has read yet.
    pub async fn unread(&self) -> Result<u32> {
        let sql = "select count(*) from reply where unread = 1";
        let count: i64 = sqlx::query_scalar(sql).fetch_one(&self.db.readers).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The person read a conversation; true if something in it was new.
    pub async fn set_conversation_read(&self, conversation: ConversationId) -> Result<bool> {
        let sql = "update reply set unread = 0 where conversation = ? and unread = 1";
        let done = sqlx::query(sql)
            .bind(conversation.as_bytes())
            .execute(&self.db.writer)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

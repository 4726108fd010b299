//! Conversations and the one secret of each.

use bantin_model::id::PlaceId;
use bantin_model::letter::{ConversationId, ConversationSeed};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use sqlx::SqliteConnection;

use super::Private;
use crate::{Result, StoreError, column};

pub(super) const MIGRATION: &str = "
create table conversation (
    id blob not null primary key,
    seed blob not null,
    -- Place of the agency it was written to.
    place text not null,
    -- Keys of agencies when it began, 32 bytes each: an agency may leave its feed.
    reply_keys blob not null,
    -- Cursor of the last mailbox entry held.
    mail_after integer not null default 0,
    -- Closed, and what was kept to be sent again is gone.
    released integer not null default 0
) strict;
";

pub(super) const CLAIMED_MIGRATION: &str = "
-- When it was taken over by its claim code; 0 if it began on this device.
alter table conversation add column claimed_at integer not null default 0;
";

pub(super) const LIFE_MIGRATION: &str = "
-- The life of the hubs that mail_after belongs to; 0 = not known.
alter table conversation add column mail_life integer not null default 0;
";

/// A conversation.
#[derive(Clone, Debug)]
pub struct ConversationRow {
    /// Its name.
    pub id: ConversationId,
    /// All its keys come from it.
    pub seed: ConversationSeed,
    /// Place of the agency it was written to.
    pub place: PlaceId,
    /// Keys whose replies count, known when it began.
    pub reply_keys: Vec<PublicKey>,
    /// Cursor of the last mailbox entry held.
    pub mail_after: u64,
    /// The life of the hubs that the cursor belongs to; 0 = not known.
    pub mail_life: u64,
    /// Nothing of it is kept to be sent again.
    pub released: bool,
    /// When it was taken over by its claim code; none if it began on this device.
    pub claimed_at: Option<Seconds>,
}

type Row = (Vec<u8>, Vec<u8>, String, Vec<u8>, i64, i64, i64, i64);

fn read(row: Row) -> Result<ConversationRow> {
    let seed = <[u8; 32]>::try_from(row.1).map_err(|_| StoreError::Damaged("seed"))?;
    Ok(ConversationRow {
        id: column::conversation_id(&row.0)?,
        seed: ConversationSeed::from_bytes(seed),
        place: column::place(row.2)?,
        reply_keys: row
            .3
            .chunks(PublicKey::LEN)
            .map(column::key)
            .collect::<Result<_>>()?,
        mail_after: column::unsigned(row.4),
        mail_life: column::unsigned(row.5),
        released: row.6 != 0,
        claimed_at: (row.7 != 0).then(|| column::seconds(row.7)),
    })
}

impl Private {
    /// All conversations, in the order in which they began.
    pub async fn conversations(&self) -> Result<Vec<ConversationRow>> {
        let sql = "select id, seed, place, reply_keys, mail_after, mail_life, released, claimed_at
                   from conversation order by rowid";
        let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(&self.db.readers).await?;
        rows.into_iter().map(read).collect()
    }

    /// One conversation.
    pub async fn conversation(&self, id: ConversationId) -> Result<Option<ConversationRow>> {
        let sql = "select id, seed, place, reply_keys, mail_after, mail_life, released, claimed_at
                   from conversation where id = ?";
        let row: Option<Row> = sqlx::query_as(sql)
            .bind(id.as_bytes())
            .fetch_optional(&self.db.readers)
            .await?;
        row.map(read).transpose()
    }

    /// Takes a conversation over; true if it was not here before. When this returns it is durable.
    pub async fn claim(&self, row: &ConversationRow) -> Result<bool> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        let new = insert(&mut tx, row).await?;
        tx.commit().await?;
        Ok(new)
    }
}

/// Keeps a conversation; false if it was here already.
pub(super) async fn insert(tx: &mut SqliteConnection, row: &ConversationRow) -> Result<bool> {
    let keys: Vec<u8> = row.reply_keys.iter().flat_map(|key| key.0).collect();
    let sql = "insert into conversation (id, seed, place, reply_keys, claimed_at)
               values (?, ?, ?, ?, ?) on conflict (id) do nothing";
    let done = sqlx::query(sql)
        .bind(row.id.as_bytes())
        .bind(&row.seed.to_bytes()[..])
        .bind(row.place.as_str())
        .bind(keys)
        .bind(column::int(row.claimed_at.unwrap_or_default().0))
        .execute(tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

//! One change of a conversation, with everything that belongs to it, in one transaction.

use bantin_model::conversation::StatusAt;
use bantin_model::id::PlaceId;
use sqlx::{SqliteConnection, query};

use super::column::{Columns, int};
use super::{SqliteStore, carried, letter, mail, once};
use crate::{AnswerRow, ConversationRow, Result, Step, StepOutcome};

pub(super) async fn keep(store: &SqliteStore, step: &Step) -> Result<StepOutcome> {
    let mut tx = store.begin().await?;
    if let Some(once) = &step.once
        && let Some(result) = once::claim(&mut tx, once).await?
    {
        return Ok(StepOutcome::Already(result));
    }
    let held = match step.from {
        None => insert(&mut tx, &step.to).await?,
        Some(change) => update(&mut tx, change, &step.to).await?,
    };
    if !held {
        return Ok(StepOutcome::Moved);
    }
    if let Some(id) = &step.letter
        && !letter::opened(&mut tx, id, &step.to.id).await?
    {
        return Ok(StepOutcome::Moved);
    }
    for id in &step.seen {
        letter::seen(&mut tx, id, step.to.changed_at).await?;
    }
    if let Some(entered) = &step.entered {
        enter(&mut tx, &step.to, entered).await?;
    }
    for entry in &step.mail {
        mail::append(&mut tx, entry).await?;
    }
    for forward in &step.forwards {
        carried::accept_one(&mut tx, forward).await?;
    }
    if let Some(answer) = &step.answer {
        say(&mut tx, answer).await?;
    }
    tx.commit().await?;
    Ok(StepOutcome::Done)
}

async fn insert(tx: &mut SqliteConnection, row: &ConversationRow) -> Result<bool> {
    let insert = query(
        "INSERT INTO conversation (id, place, kind, status, settled, received_at, due_at, changed_at,
                                   opened_at, rating, mailbox, sign_key, seal_key, replies,
                                   passed_to, hops, change)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 1)
         ON CONFLICT (id) DO NOTHING",
    );
    let done = insert
        .bind(row.id.as_bytes())
        .bind(row.place.as_str())
        .bind(row.kind.as_str())
        .bind(i64::from(row.status.code()))
        .bind(i64::from(is_settled(row)))
        .bind(int(row.received_at.0))
        .bind(row.due_at.map(|at| int(at.0)))
        .bind(int(row.changed_at.0))
        .bind(row.opened_at.map(|at| int(at.0)))
        .bind(row.rating.map(i64::from))
        .bind(row.mailbox.0.as_bytes())
        .bind(row.sign.as_bytes())
        .bind(row.seal.as_bytes())
        .bind(i64::from(row.replies))
        .bind(row.passed_to.as_ref().map_or("", PlaceId::as_str))
        .bind(i64::from(row.hops))
        .execute(tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the agency owes nothing: it is answered, or another agency has it.
fn is_settled(row: &ConversationRow) -> bool {
    !row.status.is_open() || row.passed_to.is_some()
}

async fn update(tx: &mut SqliteConnection, change: u64, row: &ConversationRow) -> Result<bool> {
    let update = query(
        "UPDATE conversation SET status = ?3, settled = ?4, due_at = ?5, changed_at = ?6,
                                 opened_at = ?7, rating = ?8, replies = ?9, kind = ?10,
                                 place = ?11, passed_to = ?12, hops = ?13, received_at = ?14,
                                 change = change + 1
         WHERE id = ?1 AND change = ?2",
    );
    let done = update
        .bind(row.id.as_bytes())
        .bind(int(change))
        .bind(i64::from(row.status.code()))
        .bind(i64::from(is_settled(row)))
        .bind(row.due_at.map(|at| int(at.0)))
        .bind(int(row.changed_at.0))
        .bind(row.opened_at.map(|at| int(at.0)))
        .bind(row.rating.map(i64::from))
        .bind(i64::from(row.replies))
        .bind(row.kind.as_str())
        .bind(row.place.as_str())
        .bind(row.passed_to.as_ref().map_or("", PlaceId::as_str))
        .bind(i64::from(row.hops))
        .bind(int(row.received_at.0))
        .execute(tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

async fn enter(tx: &mut SqliteConnection, row: &ConversationRow, entered: &StatusAt) -> Result<()> {
    let next =
        query("SELECT COALESCE(MAX(seq), 0) + 1 AS next FROM status WHERE conversation = ?1");
    let next = next
        .bind(row.id.as_bytes())
        .fetch_one(&mut *tx)
        .await?
        .number("next")?;
    let insert =
        query("INSERT INTO status (conversation, seq, status, at) VALUES (?1, ?2, ?3, ?4)");
    insert
        .bind(row.id.as_bytes())
        .bind(int(next))
        .bind(i64::from(entered.status.code()))
        .bind(int(entered.at.0))
        .execute(tx)
        .await?;
    Ok(())
}

async fn say(tx: &mut SqliteConnection, answer: &AnswerRow) -> Result<()> {
    let insert = query(
        "INSERT INTO answer (conversation, seq, officer, at, copy, place)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    );
    insert
        .bind(answer.conversation.as_bytes())
        .bind(i64::from(answer.seq))
        .bind(&answer.officer)
        .bind(int(answer.at.0))
        .bind(&answer.copy)
        .bind(answer.place.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

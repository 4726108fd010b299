//! New entries of a mailbox: the replies and the cursor move together.

use std::collections::BTreeSet;

use bantin_model::cbor;
use bantin_model::sign::PublicKey;
use bantin_model::sync::{MailChange, MailboxState};
use bantin_model::time::Seconds;

use super::letter::NEXT_POSITION;
use super::{Private, reply};
use crate::{Result, column};

impl Private {
    /// Keeps what came into one mailbox; an entry that came before is not kept twice. How many were new.
    pub async fn apply_mail(&self, change: &MailChange, received_at: Seconds) -> Result<u32> {
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        let mut new = 0;
        for (_, bytes, opened) in &change.replies {
            let position: i64 = sqlx::query_scalar(NEXT_POSITION)
                .fetch_one(&mut *tx)
                .await?;
            let kept = sqlx::query(
                "insert into reply (position, id, conversation, plain, bytes, signed_by, received_at,
                     unread)
                 values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
            )
            .bind(position)
            .bind(opened.id.as_bytes())
            .bind(change.conversation.as_bytes())
            .bind(cbor::to_vec(&opened.reply))
            .bind(bytes)
            .bind(opened.signed_by.as_bytes())
            .bind(column::int(received_at.0))
            .bind(i64::from(reply::speaks(opened.reply.verb)))
            .execute(&mut *tx)
            .await?;
            new += u32::from(kept.rows_affected() > 0);
            // A reply to a letter proves that some hub had it, whatever became of the receipt.
            if let Some(letter) = opened.reply.re {
                super::letter::accepted_once(&mut tx, letter).await?;
            }
        }
        // A cursor of another life of the hub says nothing, be it the higher one.
        sqlx::query(
            "update conversation set mail_life = ?2,
                 mail_after = case when mail_life = ?2 then max(mail_after, ?1) else ?1 end
             where id = ?3 and ?1 > 0",
        )
        .bind(column::int(change.after))
        .bind(column::int(change.life))
        .bind(change.conversation.as_bytes())
        .execute(&mut *tx)
        .await?;
        // Who it was passed on to may answer from now on.
        let passed: Vec<u8> = change.passed.iter().flat_map(|key| key.0).collect();
        let known = sqlx::query(
            "update conversation set reply_keys = cast(reply_keys || ? as blob)
             where id = ? and instr(reply_keys, ?) = 0",
        );
        known
            .bind(passed.clone())
            .bind(change.conversation.as_bytes())
            .bind(passed)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(new)
    }

    /// Another hub's copies of the mailboxes are read from the first entry on.
    pub async fn forget_cursors(&self) -> Result<()> {
        sqlx::query("update conversation set mail_after = 0")
            .execute(&self.db.writer)
            .await?;
        Ok(())
    }

    /// All mailboxes, with the keys whose replies count: those of `agencies` and those each
    /// conversation began with.
    pub async fn mailboxes(&self, agencies: &[PublicKey]) -> Result<Vec<MailboxState>> {
        let rows = self.conversations().await?;
        let state = |row: super::ConversationRow| {
            let mut agency: BTreeSet<PublicKey> = agencies.iter().copied().collect();
            agency.extend(row.reply_keys);
            MailboxState {
                seed: row.seed,
                after: row.mail_after,
                life: row.mail_life,
                agency: agency.into_iter().collect(),
            }
        };
        Ok(rows.into_iter().map(state).collect())
    }
}

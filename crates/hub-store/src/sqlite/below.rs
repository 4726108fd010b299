//! Rows of `carried` that go down, and table `mail_up`.

use async_trait::async_trait;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{LetterId, MailboxId};
use bantin_model::time::Seconds;
use sqlx::query;
use sqlx::sqlite::SqliteRow;

use super::column::{Columns, int};
use super::{SqliteStore, mail};
use crate::{Belows, Mail, MailUp, Result};

#[async_trait]
impl Belows for SqliteStore {
    async fn to_hand_down(
        &self,
        place: &PlaceId,
        now: Seconds,
        limit: u32,
    ) -> Result<Vec<(LetterId, Vec<u8>)>> {
        let select = query(
            "SELECT id, bytes FROM carried
             WHERE via = ?1 AND carried_at IS NULL AND refused_at IS NULL AND next_at <= ?2
             ORDER BY seq LIMIT ?3",
        );
        let rows = select
            .bind(place.as_str())
            .bind(int(now.0))
            .bind(i64::from(limit))
            .fetch_all(&self.read)
            .await?;
        let read = |row: &SqliteRow| Ok((row.letter_id("id")?, row.blob("bytes")?));
        rows.iter().map(read).collect()
    }

    async fn handed_down(&self, place: &PlaceId, ids: &[LetterId], at: Seconds) -> Result<()> {
        let mut tx = self.begin().await?;
        for id in ids {
            let update = query(
                "UPDATE carried SET carried_at = ?3
                 WHERE id = ?1 AND via = ?2 AND carried_at IS NULL",
            );
            let update = update.bind(id.0.as_bytes()).bind(place.as_str());
            update.bind(int(at.0)).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn hand_down_later(
        &self,
        place: &PlaceId,
        ids: &[LetterId],
        next_at: Seconds,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        for id in ids {
            let update = query("UPDATE carried SET next_at = ?3 WHERE id = ?1 AND via = ?2");
            let update = update.bind(id.0.as_bytes()).bind(place.as_str());
            update.bind(int(next_at.0)).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn goes_down(&self, hash: &Hash) -> Result<bool> {
        let select = query(
            "SELECT 1 FROM carried_attachment JOIN carried ON carried.id = carried_attachment.letter
             WHERE carried_attachment.hash = ?1 AND carried.via <> '' LIMIT 1",
        );
        let row = select
            .bind(hash.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        Ok(row.is_some())
    }

    async fn waiting_below(&self) -> Result<(u64, Option<Seconds>)> {
        let select = query(
            "SELECT count(*) AS letters, min(accepted_at) AS oldest FROM carried
             WHERE via <> '' AND carried_at IS NULL AND refused_at IS NULL",
        );
        let row = select.fetch_one(&self.read).await?;
        Ok((row.number("letters")?, row.maybe_time("oldest")?))
    }

    async fn take_mail_from(&self, place: &PlaceId, entries: &[Mail]) -> Result<u32> {
        let mut tx = self.begin().await?;
        let mut new = 0;
        for entry in entries {
            let select = query("SELECT 1 FROM carried WHERE via = ?1 AND mailbox = ?2 LIMIT 1");
            let select = select.bind(place.as_str()).bind(entry.mailbox.0.as_bytes());
            if select.fetch_optional(&mut *tx).await?.is_some() {
                new += u32::from(mail::append(&mut tx, entry).await?);
            }
        }
        tx.commit().await?;
        Ok(new)
    }

    async fn answer_up(&self, mailbox: &MailboxId, at: Seconds) -> Result<()> {
        let insert = query(
            "INSERT INTO mail_up (mailbox, at) VALUES (?1, ?2)
             ON CONFLICT (mailbox) DO UPDATE SET at = max(at, ?2)",
        );
        let insert = insert.bind(mailbox.0.as_bytes()).bind(int(at.0));
        insert.execute(&self.write).await?;
        Ok(())
    }

    async fn mail_to_go_up(&self, limit: u32) -> Result<Vec<MailUp>> {
        let select = query(
            "SELECT mail.mailbox, mail.cursor, mail.bytes
             FROM mail_up JOIN mailbox ON mailbox.id = mail_up.mailbox
                  AND mailbox.last > mail_up.after
             JOIN mail ON mail.mailbox = mail_up.mailbox AND mail.cursor > mail_up.after
             ORDER BY mail.mailbox, mail.cursor LIMIT ?1",
        );
        let rows = select.bind(i64::from(limit)).fetch_all(&self.read).await?;
        let read = |row: &SqliteRow| {
            Ok(MailUp {
                mailbox: row.mailbox("mailbox")?,
                cursor: row.number("cursor")?,
                bytes: row.blob("bytes")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn mail_went_up(&self, mailbox: &MailboxId, cursor: u64) -> Result<()> {
        let update = query("UPDATE mail_up SET after = max(after, ?2) WHERE mailbox = ?1");
        let update = update.bind(mailbox.0.as_bytes()).bind(int(cursor));
        update.execute(&self.write).await?;
        Ok(())
    }
}

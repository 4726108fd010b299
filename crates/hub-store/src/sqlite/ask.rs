//! Table `ask`: mailboxes whose owners wait for a pack.

use async_trait::async_trait;
use bantin_model::letter::{LetterId, MailboxId};
use bantin_model::time::Seconds;
use sqlx::query;

use super::SqliteStore;
use super::column::{Columns, int};
use super::migrate::Migration;
use crate::ask::ASKS_MAX;
use crate::{AskRow, Asks, Result};

pub(super) const MIGRATIONS: &[Migration] = &[(
    16,
    "CREATE TABLE ask (
        mailbox BLOB NOT NULL,
        -- Empty if only answers were asked for.
        letter BLOB NOT NULL DEFAULT x'',
        at INTEGER NOT NULL,
        CONSTRAINT ask_key PRIMARY KEY (mailbox, letter)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ask_by_age ON ask (at);",
)];

#[async_trait]
impl Asks for SqliteStore {
    async fn ask(&self, asks: &[AskRow]) -> Result<()> {
        let mut tx = self.begin().await?;
        for ask in asks {
            let letter = ask.letter.map_or(Vec::new(), |id| id.0.as_bytes().to_vec());
            let insert = query(
                "INSERT INTO ask (mailbox, letter, at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (mailbox, letter) DO UPDATE SET at = max(at, ?3)",
            );
            insert
                .bind(ask.mailbox.0.as_bytes())
                .bind(letter)
                .bind(int(ask.at.0))
                .execute(&mut *tx)
                .await?;
        }
        let trim = query(
            "DELETE FROM ask WHERE (mailbox, letter) IN
                 (SELECT mailbox, letter FROM ask ORDER BY at DESC LIMIT -1 OFFSET ?1)",
        );
        trim.bind(i64::from(ASKS_MAX)).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn asked(&self) -> Result<Vec<AskRow>> {
        let select = query("SELECT mailbox, letter, at FROM ask ORDER BY mailbox, letter");
        let rows = select.fetch_all(&self.read).await?;
        let row = |row: &sqlx::sqlite::SqliteRow| {
            let letter = match row.blob("letter")?.is_empty() {
                true => None,
                false => Some(LetterId(row.hash("letter")?)),
            };
            Ok(AskRow {
                mailbox: MailboxId(row.hash("mailbox")?),
                letter,
                at: row.time("at")?,
            })
        };
        rows.iter().map(row).collect()
    }

    async fn expire_asks(&self, before: Seconds) -> Result<u64> {
        let delete = query("DELETE FROM ask WHERE at < ?1").bind(int(before.0));
        Ok(delete.execute(&self.write).await?.rows_affected())
    }
}

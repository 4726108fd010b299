//! Tables `mailbox` and `mail`: sealed replies waiting for the people they are for.

use async_trait::async_trait;
use bantin_model::letter::{MailItem, MailboxId};
use bantin_model::time::Seconds;
use sqlx::{SqliteConnection, query};

use super::SqliteStore;
use super::column::{Columns, int};
use super::migrate::Migration;
use crate::{Mail, MailPage, Mailboxes, Result};

pub(super) const MIGRATIONS: &[Migration] = &[(
    9,
    "CREATE TABLE mailbox (
        id BLOB NOT NULL CONSTRAINT mailbox_key PRIMARY KEY,
        -- Cursor of the newest entry ever; stays when entries expire, so that no cursor comes twice.
        last INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE mail (
        mailbox BLOB NOT NULL CONSTRAINT mail_mailbox REFERENCES mailbox (id),
        cursor INTEGER NOT NULL,
        id BLOB NOT NULL,
        bytes BLOB NOT NULL,
        at INTEGER NOT NULL,
        CONSTRAINT mail_key PRIMARY KEY (mailbox, cursor),
        CONSTRAINT mail_once UNIQUE (mailbox, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mail_by_age ON mail (at);",
)];

/// Appends an entry unless one of its name is there; whether it was new. Cursors grow with the time: those of a hub that was
/// set back to a backup come after all that phones have seen before.
pub(super) async fn append(tx: &mut SqliteConnection, mail: &Mail) -> Result<bool> {
    let known = query("SELECT 1 FROM mail WHERE mailbox = ?1 AND id = ?2")
        .bind(mail.mailbox.0.as_bytes())
        .bind(mail.id.as_bytes())
        .fetch_optional(&mut *tx)
        .await?;
    if known.is_some() {
        return Ok(false);
    }
    let next = query(
        "INSERT INTO mailbox (id, last) VALUES (?1, max(?2, 1))
         ON CONFLICT (id) DO UPDATE SET last = max(last + 1, ?2) RETURNING last",
    );
    let row = next
        .bind(mail.mailbox.0.as_bytes())
        .bind(int(mail.at.0))
        .fetch_one(&mut *tx)
        .await?;
    let insert =
        query("INSERT INTO mail (mailbox, cursor, id, bytes, at) VALUES (?1, ?2, ?3, ?4, ?5)");
    insert
        .bind(mail.mailbox.0.as_bytes())
        .bind(int(row.number("last")?))
        .bind(mail.id.as_bytes())
        .bind(&mail.bytes)
        .bind(int(mail.at.0))
        .execute(&mut *tx)
        .await?;
    Ok(true)
}

#[async_trait]
impl Mailboxes for SqliteStore {
    async fn mail(
        &self,
        mailbox: &MailboxId,
        after: u64,
        limit: usize,
        bytes_max: usize,
    ) -> Result<MailPage> {
        let select = query(
            "SELECT cursor, bytes FROM mail WHERE mailbox = ?1 AND cursor > ?2
             ORDER BY cursor LIMIT ?3",
        );
        let rows = select
            .bind(mailbox.0.as_bytes())
            .bind(int(after))
            .bind(int(limit as u64 + 1))
            .fetch_all(&self.read)
            .await?;
        let mut page = MailPage::default();
        let mut left = bytes_max;
        for row in &rows {
            let bytes = row.blob("bytes")?;
            let fits = bytes.len() <= left || (page.entries.is_empty() && bytes_max > 0);
            if page.entries.len() == limit || !fits {
                page.more = true;
                break;
            }
            left = left.saturating_sub(bytes.len());
            page.entries.push(MailItem {
                cursor: row.number("cursor")?,
                bytes: bytes.into(),
            });
        }
        Ok(page)
    }

    async fn expire_mail(&self, before: Seconds) -> Result<u64> {
        let delete = query("DELETE FROM mail WHERE at < ?1").bind(int(before.0));
        Ok(delete.execute(&self.write).await?.rows_affected())
    }
}

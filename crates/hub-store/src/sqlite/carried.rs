//! Tables `carried*`: letters on their way up, and the mailboxes they are answered to.

use async_trait::async_trait;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::{CarriedBox, LetterId, MailboxId, OuterAttachment};
use bantin_model::time::Seconds;
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};

use super::column::{Columns, int};
use super::migrate::Migration;
use super::{SqliteStore, mail};
use crate::{CarriedCount, CarriedLetter, Carriers, Mail, NewLetter, Result, Route};

/// The longest pause between two looks into a mailbox, in seconds.
const LOOK_MAX_S: u64 = 3600;
/// The pause is this part of the time in which nothing happened.
const QUIET_PART: u64 = 16;

pub(super) const MIGRATIONS: &[Migration] = &[
    (15, TABLES),
    (
        18,
        "-- The life of the hubs above that `after` belongs to; 0 = not known.
        ALTER TABLE carried_mailbox ADD COLUMN life INTEGER NOT NULL DEFAULT 0;",
    ),
    (20, DOWN),
];

/// Letters that go down, and answers to them that go up.
const DOWN: &str = "-- The place below whose node is to have it; empty if the hub above is.
    ALTER TABLE carried ADD COLUMN via TEXT NOT NULL DEFAULT '';
    DROP INDEX carried_waiting;
    CREATE INDEX carried_waiting ON carried (via, seq)
        WHERE carried_at IS NULL AND refused_at IS NULL;
    CREATE INDEX carried_to_mailbox ON carried (mailbox) WHERE via <> '';
    -- Mailboxes of letters that came from above: what is said into them goes up.
    CREATE TABLE mail_up (
        mailbox BLOB NOT NULL CONSTRAINT mail_up_key PRIMARY KEY,
        -- Cursor, here, of the last entry that the hub above has.
        after INTEGER NOT NULL DEFAULT 0,
        -- When a letter came.
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;";

const TABLES: &str = "CREATE TABLE carried (
        -- The order in which letters were accepted.
        seq INTEGER NOT NULL CONSTRAINT carried_order PRIMARY KEY AUTOINCREMENT,
        id BLOB NOT NULL CONSTRAINT carried_once UNIQUE,
        place TEXT NOT NULL,
        agency_key BLOB NOT NULL,
        mailbox BLOB NOT NULL,
        -- Empty once it was carried and the time it is kept for is over.
        bytes BLOB NOT NULL,
        accepted_at INTEGER NOT NULL,
        -- Tried again from then on.
        next_at INTEGER NOT NULL DEFAULT 0,
        -- When the hub above had it; NULL until then.
        carried_at INTEGER,
        -- Receipt of the hub above; empty until then.
        receipt BLOB NOT NULL DEFAULT x'',
        -- When the hub above refused it for good.
        refused_at INTEGER
    ) STRICT;
    CREATE INDEX carried_waiting ON carried (seq)
        WHERE carried_at IS NULL AND refused_at IS NULL;
    CREATE TABLE carried_attachment (
        letter BLOB NOT NULL CONSTRAINT carried_attachment_letter REFERENCES carried (id),
        position INTEGER NOT NULL,
        hash BLOB NOT NULL,
        bytes INTEGER NOT NULL,
        CONSTRAINT carried_attachment_key PRIMARY KEY (letter, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX carried_attachment_hash ON carried_attachment (hash);
    CREATE TABLE carried_mailbox (
        id BLOB NOT NULL CONSTRAINT carried_mailbox_key PRIMARY KEY,
        -- Cursor of the hub above.
        after INTEGER NOT NULL DEFAULT 0,
        -- When a letter went up or an entry came down.
        active_at INTEGER NOT NULL,
        -- Looked into again from then on.
        next_at INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX carried_mailbox_due ON carried_mailbox (next_at);
    CREATE INDEX letter_mailbox ON letter (mailbox);";

/// Keeps a letter for the hub above, or finds when it was accepted first. One whose bytes were let go
/// of comes again only from a phone that was not answered: it is carried once more.
pub(super) async fn accept_one(tx: &mut SqliteConnection, letter: &NewLetter) -> Result<Seconds> {
    let insert = query(
        "INSERT INTO carried (id, place, agency_key, mailbox, bytes, accepted_at, via)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING",
    );
    let via = match &letter.route {
        Route::Down(place) => place.as_str(),
        Route::Home | Route::Up => "",
    };
    let done = insert
        .bind(letter.id.0.as_bytes())
        .bind(letter.place.as_str())
        .bind(letter.agency_key.as_bytes())
        .bind(letter.mailbox.0.as_bytes())
        .bind(&letter.bytes)
        .bind(int(letter.at.0))
        .bind(via)
        .execute(&mut *tx)
        .await?;
    let mut moment = letter.at;
    if done.rows_affected() == 0 {
        let select = query("SELECT accepted_at, bytes FROM carried WHERE id = ?1");
        let row = select
            .bind(letter.id.0.as_bytes())
            .fetch_one(&mut *tx)
            .await?;
        moment = row.time("accepted_at")?;
        if !row.blob("bytes")?.is_empty() {
            return Ok(moment);
        }
        let update = query(
            "UPDATE carried SET bytes = ?2, next_at = 0, carried_at = NULL, refused_at = NULL
             WHERE id = ?1",
        );
        update
            .bind(letter.id.0.as_bytes())
            .bind(&letter.bytes)
            .execute(&mut *tx)
            .await?;
    }
    for (position, attachment) in letter.attachments.iter().enumerate() {
        let insert = query(
            "INSERT OR REPLACE INTO carried_attachment (letter, position, hash, bytes)
             VALUES (?1, ?2, ?3, ?4)",
        );
        insert
            .bind(letter.id.0.as_bytes())
            .bind(int(position as u64))
            .bind(attachment.hash.as_bytes())
            .bind(int(attachment.bytes))
            .execute(&mut *tx)
            .await?;
    }
    Ok(moment)
}

/// The hub above lost what it had since its backup: whatever is still here goes up again.
pub(super) async fn offer_again(tx: &mut SqliteConnection) -> Result<()> {
    let update = query(
        "UPDATE carried SET carried_at = NULL, refused_at = NULL, next_at = 0
         WHERE bytes <> x'' AND via = ''",
    );
    update.execute(&mut *tx).await?;
    let update = query("UPDATE mail_up SET after = 0");
    update.execute(tx).await?;
    Ok(())
}

/// A node below came back from a backup in a new life of its feed: what it had taken is handed to it again.
pub(super) async fn hand_again(tx: &mut SqliteConnection, node: &PlaceId) -> Result<()> {
    let update =
        query("UPDATE carried SET carried_at = NULL, next_at = 0 WHERE via = ?1 AND bytes <> x''");
    update.bind(node.as_str()).execute(tx).await?;
    Ok(())
}

/// Looks into a mailbox from now on.
async fn watch(tx: &mut SqliteConnection, mailbox: &MailboxId, now: Seconds) -> Result<()> {
    let insert = query(
        "INSERT INTO carried_mailbox (id, active_at, next_at) VALUES (?1, ?2, ?2)
         ON CONFLICT (id) DO UPDATE SET active_at = max(active_at, ?2), next_at = min(next_at, ?2)",
    );
    insert
        .bind(mailbox.0.as_bytes())
        .bind(int(now.0))
        .execute(tx)
        .await?;
    Ok(())
}

/// Appends what came; how many were new.
async fn bring(tx: &mut SqliteConnection, entries: &[Mail]) -> Result<u32> {
    let mut new = 0;
    for entry in entries {
        new += u32::from(mail::append(&mut *tx, entry).await?);
    }
    Ok(new)
}

#[async_trait]
impl Carriers for SqliteStore {
    async fn to_carry(&self, now: Seconds, limit: u32) -> Result<Vec<CarriedLetter>> {
        let select = query(
            "SELECT id, place, accepted_at FROM carried
             WHERE via = '' AND carried_at IS NULL AND refused_at IS NULL AND next_at <= ?1
             ORDER BY seq LIMIT ?2",
        );
        let select = select.bind(int(now.0)).bind(i64::from(limit));
        let mut letters = Vec::new();
        for row in select.fetch_all(&self.read).await? {
            let id = row.letter_id("id")?;
            let select = query(
                "SELECT hash, bytes FROM carried_attachment WHERE letter = ?1 ORDER BY position",
            );
            let rows = select.bind(id.0.as_bytes()).fetch_all(&self.read).await?;
            let read = |row: &SqliteRow| {
                Ok(OuterAttachment {
                    hash: row.hash("hash")?,
                    bytes: row.number("bytes")?,
                })
            };
            letters.push(CarriedLetter {
                id,
                place: row.place("place")?,
                accepted_at: row.time("accepted_at")?,
                attachments: rows.iter().map(read).collect::<Result<_>>()?,
            });
        }
        Ok(letters)
    }

    async fn carried_bytes(&self, id: &LetterId) -> Result<Option<Vec<u8>>> {
        let select = query("SELECT bytes FROM carried WHERE id = ?1 AND bytes <> x''");
        let row = select
            .bind(id.0.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.map(|row| row.blob("bytes")).transpose()
    }

    async fn carried(&self, id: &LetterId, receipt: &[u8], at: Seconds) -> Result<()> {
        let mut tx = self.begin().await?;
        let update = query(
            "UPDATE carried SET carried_at = ?2, receipt = ?3, refused_at = NULL WHERE id = ?1
             RETURNING mailbox",
        );
        let row = update
            .bind(id.0.as_bytes())
            .bind(int(at.0))
            .bind(receipt)
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(row) = row {
            watch(&mut tx, &row.mailbox("mailbox")?, at).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn carry_refused(&self, id: &LetterId, at: Seconds) -> Result<()> {
        let update = query("UPDATE carried SET refused_at = ?2 WHERE id = ?1");
        let update = update.bind(id.0.as_bytes()).bind(int(at.0));
        update.execute(&self.write).await?;
        Ok(())
    }

    async fn carry_later(&self, ids: &[LetterId], next_at: Seconds) -> Result<()> {
        let mut tx = self.begin().await?;
        for id in ids {
            let update = query("UPDATE carried SET next_at = ?2 WHERE id = ?1");
            let update = update.bind(id.0.as_bytes()).bind(int(next_at.0));
            update.execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn carried_receipt(&self, id: &LetterId) -> Result<Option<Vec<u8>>> {
        let select = query("SELECT receipt FROM carried WHERE id = ?1 AND receipt <> x''");
        let row = select
            .bind(id.0.as_bytes())
            .fetch_optional(&self.read)
            .await?;
        row.map(|row| row.blob("receipt")).transpose()
    }

    async fn carried_count(&self) -> Result<CarriedCount> {
        let waiting = query(
            "SELECT count(*) AS letters, min(accepted_at) AS oldest FROM carried
             WHERE via = '' AND carried_at IS NULL AND refused_at IS NULL",
        );
        let waiting = waiting.fetch_one(&self.read).await?;
        let done = query(
            "SELECT count(carried_at) AS carried, count(refused_at) AS refused FROM carried
                   WHERE via = ''",
        );
        let done = done.fetch_one(&self.read).await?;
        Ok(CarriedCount {
            waiting: waiting.number("letters")?,
            oldest: waiting.maybe_time("oldest")?,
            carried: done.number("carried")?,
            refused: done.number("refused")?,
        })
    }

    async fn carried_boxes(&self, life: u64, now: Seconds, limit: u32) -> Result<Vec<CarriedBox>> {
        let select = query(
            "SELECT id, CASE WHEN life = ?3 THEN after ELSE 0 END AS after
             FROM carried_mailbox WHERE next_at <= ?1 ORDER BY next_at, id LIMIT ?2",
        );
        let rows = select
            .bind(int(now.0))
            .bind(i64::from(limit))
            .bind(int(life))
            .fetch_all(&self.read)
            .await?;
        let read = |row: &SqliteRow| {
            Ok(CarriedBox {
                mailbox: row.mailbox("id")?,
                after: row.number("after")?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn want_mail(&self, boxes: &[MailboxId], most: u64, now: Seconds) -> Result<u32> {
        let names: Vec<String> = boxes.iter().map(|id| format!("\"{}\"", id.0)).collect();
        let select = query(
            "SELECT unhex(value) AS id FROM json_each(?1)
             WHERE NOT EXISTS (SELECT 1 FROM carried_mailbox WHERE id = unhex(value))
             AND (NOT EXISTS (SELECT 1 FROM letter WHERE mailbox = unhex(value))
                  OR EXISTS (SELECT 1 FROM carried WHERE via = '' AND mailbox = unhex(value)))",
        );
        let rows = select
            .bind(format!("[{}]", names.join(",")))
            .fetch_all(&self.read)
            .await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let count = query("SELECT count(*) AS boxes FROM carried_mailbox");
        let there = count.fetch_one(&mut *tx).await?.number("boxes")?;
        let room = usize::try_from(most.saturating_sub(there)).unwrap_or(usize::MAX);
        let mut new = 0;
        for row in rows.iter().take(room) {
            watch(&mut tx, &row.mailbox("id")?, now).await?;
            new += 1;
        }
        tx.commit().await?;
        Ok(new)
    }

    async fn forget_carried_cursors(&self) -> Result<()> {
        let update = query("UPDATE carried_mailbox SET after = 0, next_at = 0");
        update.execute(&self.write).await?;
        Ok(())
    }

    async fn bring_mail(
        &self,
        life: u64,
        at: &CarriedBox,
        entries: &[Mail],
        more: bool,
        now: Seconds,
    ) -> Result<u32> {
        let mut tx = self.begin().await?;
        let new = bring(&mut tx, entries).await?;
        let select = query("SELECT active_at FROM carried_mailbox WHERE id = ?1");
        let row = select
            .bind(at.mailbox.0.as_bytes())
            .fetch_optional(&mut *tx)
            .await?;
        let active = match row {
            Some(row) if new == 0 => row.time("active_at")?,
            _ => now,
        };
        let pause = match more {
            true => 0,
            false => (now.since(active) / QUIET_PART).clamp(1, LOOK_MAX_S),
        };
        let update = query(
            "UPDATE carried_mailbox SET
                 after = CASE WHEN life = ?5 THEN max(after, ?2) ELSE ?2 END, life = ?5,
                 active_at = ?3, next_at = ?4
             WHERE id = ?1",
        );
        update
            .bind(at.mailbox.0.as_bytes())
            .bind(int(at.after))
            .bind(int(active.0))
            .bind(int(now.plus(pause).0))
            .bind(int(life))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(new)
    }

    async fn expire_carried(&self, letters: Seconds, boxes: Seconds) -> Result<u64> {
        let mut tx = self.begin().await?;
        let delete = query(
            "DELETE FROM carried_attachment WHERE letter IN
             (SELECT id FROM carried WHERE bytes <> x'' AND (carried_at < ?1 OR refused_at < ?1))",
        );
        delete.bind(int(letters.0)).execute(&mut *tx).await?;
        let update = query(
            "UPDATE carried SET bytes = x''
             WHERE bytes <> x'' AND (carried_at < ?1 OR refused_at < ?1)",
        );
        let done = update.bind(int(letters.0)).execute(&mut *tx).await?;
        // A mailbox that was always empty is not waited for as long: whoever asks for it brings it back.
        let delete = query(
            "DELETE FROM carried_mailbox WHERE active_at < ?1 OR (after = 0 AND active_at < ?2)",
        );
        let delete = delete.bind(int(boxes.0)).bind(int(letters.0));
        let boxes_gone = delete.execute(&mut *tx).await?;
        let delete = query("DELETE FROM mail_up WHERE at < ?1").bind(int(boxes.0));
        delete.execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(done.rows_affected() + boxes_gone.rows_affected())
    }
}

/// Whether a carried letter that is kept names this attachment.
pub(super) async fn names(store: &SqliteStore, hash: &Hash) -> Result<bool> {
    let select = query("SELECT 1 FROM carried_attachment WHERE hash = ?1 LIMIT 1");
    let row = select
        .bind(hash.as_bytes())
        .fetch_optional(&store.read)
        .await?;
    Ok(row.is_some())
}

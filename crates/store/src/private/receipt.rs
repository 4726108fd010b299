//! Receipts: signed proofs of how far a letter came.

use bantin_model::letter::{ConversationId, Receipt, ReceiptStep, Signer, VerifiedReceipt};
use bantin_model::sync::ReceiptChange;

use super::{Private, letter};
use crate::{Result, column};

pub(super) const MIGRATION: &str = "
create table receipt (
    letter blob not null,
    step integer not null,
    place text not null,
    -- 0 agency, 1 hub, 2 relay
    signer integer not null,
    key blob not null,
    at integer not null,
    -- Exact bytes.
    bytes blob not null,
    primary key (letter, step, place, key)
) strict, without rowid;
";

type Row = (Vec<u8>, i64, String, i64, Vec<u8>, i64);

fn read(row: Row) -> Result<VerifiedReceipt> {
    Ok(VerifiedReceipt {
        receipt: Receipt {
            format: bantin_model::letter::FORMAT,
            letter: column::letter_id(&row.0)?,
            step: ReceiptStep::from_code(u8::try_from(row.1).unwrap_or_default()),
            at: column::seconds(row.5),
            place: column::place(row.2)?,
        },
        signer: match row.3 {
            0 => Signer::Agency,
            1 => Signer::Hub,
            _ => Signer::Relay,
        },
        key: column::key(&row.4)?,
    })
}

impl Private {
    /// Keeps the proof that a hub answered with. Only a hub or the agency lets a letter rest; what a relay
    /// carries is tried again.
    pub async fn apply_receipt(&self, change: &ReceiptChange) -> Result<()> {
        self.keep_receipt(change, true).await
    }

    /// Keeps a proof that came by hand. It may be older than the restore of a hub, so a letter that is
    /// offered again because of that goes on waiting.
    pub async fn apply_receipt_brought(&self, change: &ReceiptChange) -> Result<()> {
        self.keep_receipt(change, false).await
    }

    async fn keep_receipt(&self, change: &ReceiptChange, answered: bool) -> Result<()> {
        let verified = &change.verified;
        let mut tx = self.db.writer.begin_with("begin immediate").await?;
        sqlx::query(
            "insert or ignore into receipt (letter, step, place, signer, key, at, bytes)
             values (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(verified.receipt.letter.0.as_bytes())
        .bind(i64::from(verified.receipt.step.code()))
        .bind(verified.receipt.place.as_str())
        .bind(match verified.signer {
            Signer::Agency => 0i64,
            Signer::Hub => 1,
            Signer::Relay => 2,
        })
        .bind(verified.key.as_bytes())
        .bind(column::int(verified.receipt.at.0))
        .bind(&change.bytes)
        .execute(&mut *tx)
        .await?;
        let letter = verified.receipt.letter;
        match (verified.signer, answered) {
            (Signer::Relay, _) => {}
            (_, true) => letter::accepted(&mut tx, letter).await?,
            (_, false) => letter::accepted_once(&mut tx, letter).await?,
        }
        tx.commit().await?;
        Ok(())
    }

    /// The proofs of all letters of a conversation.
    pub async fn receipts(&self, conversation: ConversationId) -> Result<Vec<VerifiedReceipt>> {
        let sql = "select receipt.letter, step, place, signer, key, at from receipt
                   join letter on letter.id = receipt.letter
                   where letter.conversation = ? order by at, step";
        let rows: Vec<Row> = sqlx::query_as(sql)
            .bind(conversation.as_bytes())
            .fetch_all(&self.db.readers)
            .await?;
        rows.into_iter().map(read).collect()
    }
}

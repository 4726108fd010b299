//! What is carried for others: kept as it came, bounded, put into every pack, and given to a hub when
//! there is one.

use std::collections::{BTreeMap, BTreeSet};

use bantin_model::id::Hash;
use bantin_model::letter::{LetterId, Receipt, ReceiptKey, ReceiptStep, SealedLetter, Signer};
use bantin_model::pack::{Ask, Entry, PackedMail, RecordKind};
use bantin_model::sync::{Request, Trouble};
use bantin_model::time::Seconds;
use bantin_store::private::CarriedRow;
use bantin_wire::ipc::pack::PackReport;
use tokio::fs;

use super::mine::Mine;
use super::source::Source;
use crate::hub::{Hub, HubError};
use crate::{Engine, Error, Result, file};

/// Bytes carried for others, at most.
const CARRIED_BYTES_MAX: u64 = 64 << 20;
/// Records carried for others, at most.
const CARRIED_RECORDS_MAX: usize = 4_096;
/// How long something is carried.
const CARRIED_LIFE_S: u64 = 60 * Seconds::DAY;
/// Carried letters offered to a hub in one sync.
const DELIVERED_MAX: usize = 64;

impl Engine {
    /// Keeps the records of a pack that are somebody else's.
    pub(super) async fn import_carried(
        &self,
        source: &Source,
        mine: &Mine,
        report: &mut PackReport,
    ) -> Result<()> {
        let private = self.stores().await.private;
        self.put_down_old().await?;
        let held = private.carried().await?;
        let mut names: BTreeSet<(u16, Hash)> =
            held.iter().map(|row| (row.kind, row.hash)).collect();
        let mut bytes: u64 = held.iter().map(|row| row.bytes).sum();
        let named = self.named_attachments(source, &held).await?;
        let mut new = Vec::new();
        for entry in &source.contents.entries {
            if is_news(entry.kind) || names.contains(&(entry.kind.0, entry.hash)) {
                continue;
            }
            let Some(body) = source.body(entry).await? else {
                continue;
            };
            match self.judge(entry, &body, mine, &named).await? {
                Judged::Mine => continue,
                Judged::Damaged => {
                    report.not_carried += 1;
                    continue;
                }
                Judged::Others => {}
            }
            let after = bytes + body.len() as u64;
            if after > CARRIED_BYTES_MAX || names.len() >= CARRIED_RECORDS_MAX {
                report.not_carried += 1;
                continue;
            }
            self.keep(entry.kind, entry.hash, &body).await?;
            bytes = after;
            names.insert((entry.kind.0, entry.hash));
            new.push(row(entry.kind, entry.hash, body.len()));
        }
        private.carry(&new, self.now()).await?;
        report.carried = u32::try_from(new.len()).unwrap_or(u32::MAX);
        self.put_down_done(&mine.receipt_keys).await
    }

    async fn judge(
        &self,
        entry: &Entry,
        body: &[u8],
        mine: &Mine,
        named: &BTreeMap<Hash, u64>,
    ) -> Result<Judged> {
        let private = self.stores().await.private;
        let of_mailbox = |mailbox| match mine.has(&mailbox) {
            true => Judged::Mine,
            false => Judged::Others,
        };
        Ok(match entry.kind {
            RecordKind::LETTER => match SealedLetter::read(body) {
                Ok(letter) if private.is_own_letter(letter.id).await? => Judged::Mine,
                Ok(_) => Judged::Others,
                Err(_) => Judged::Damaged,
            },
            RecordKind::ATTACHMENT => match named.get(&entry.hash) {
                Some(bytes) if *bytes == body.len() as u64 => Judged::Others,
                _ => Judged::Damaged,
            },
            RecordKind::ASK => {
                Ask::from_bytes(body).map_or(Judged::Damaged, |ask| of_mailbox(ask.mailbox))
            }
            RecordKind::MAIL => PackedMail::from_bytes(body)
                .map_or(Judged::Damaged, |mail| of_mailbox(mail.mailbox)),
            // One that this device cannot check is no use to its letter's sender either.
            RecordKind::RECEIPT => match Receipt::verify(body, &mine.receipt_keys) {
                Ok(v) if private.is_own_letter(v.receipt.letter).await? => Judged::Mine,
                Ok(_) => Judged::Others,
                Err(_) => Judged::Damaged,
            },
            _ => Judged::Others,
        })
    }

    /// Attachments that letters of others name, here or in the pack, with their length.
    async fn named_attachments(
        &self,
        source: &Source,
        held: &[CarriedRow],
    ) -> Result<BTreeMap<Hash, u64>> {
        let private = self.stores().await.private;
        let mut letters = Vec::new();
        for entry in source.contents.of(RecordKind::LETTER) {
            letters.extend(source.body(entry).await?);
        }
        for row in held.iter().filter(|row| row.kind == RecordKind::LETTER.0) {
            letters.extend(self.carried_body(row).await?);
        }
        let mut named = BTreeMap::new();
        for letter in letters {
            let Ok(letter) = SealedLetter::read(&letter) else {
                continue;
            };
            if !private.is_own_letter(letter.id).await? {
                named.extend(letter.attachments.iter().map(|a| (a.hash, a.bytes)));
            }
        }
        Ok(named)
    }

    async fn keep(&self, kind: RecordKind, hash: Hash, body: &[u8]) -> Result<()> {
        let path = self.inner.folders.carried_file(kind.0, &hash);
        Ok(file::write_durable(&path, body).await?)
    }

    /// The bytes of something that is carried; none if the card lost them.
    pub(super) async fn carried_body(&self, row: &CarriedRow) -> Result<Option<Vec<u8>>> {
        let bytes = file::read(&self.inner.folders.carried_file(row.kind, &row.hash)).await?;
        Ok(bytes.filter(|bytes| Hash::of(bytes) == row.hash))
    }

    /// Letters that a receipt proves to be accepted need no carrying any more.
    async fn put_down_done(&self, keys: &[ReceiptKey]) -> Result<()> {
        let rows = self.stores().await.private.carried().await?;
        let mut accepted = BTreeSet::new();
        for row in rows.iter().filter(|row| row.kind == RecordKind::RECEIPT.0) {
            let body = self.carried_body(row).await?.unwrap_or_default();
            let proves = Receipt::verify(&body, keys).ok().filter(|verified| {
                verified.signer != Signer::Relay && verified.receipt.step == ReceiptStep::Accepted
            });
            accepted.extend(proves.map(|verified| verified.receipt.letter.0));
        }
        let (mut done, mut needed) = (Vec::new(), BTreeSet::new());
        for row in rows.iter().filter(|row| row.kind == RecordKind::LETTER.0) {
            if accepted.contains(&row.hash) {
                done.push((row.kind, row.hash));
            } else if let Some(body) = self.carried_body(row).await?
                && let Ok(letter) = SealedLetter::read(&body)
            {
                needed.extend(letter.attachments.iter().map(|a| a.hash));
            }
        }
        let attachments = rows
            .iter()
            .filter(|row| row.kind == RecordKind::ATTACHMENT.0);
        let loose = attachments.filter(|row| !needed.contains(&row.hash));
        done.extend(loose.map(|row| (row.kind, row.hash)));
        self.put_down(&done).await
    }

    /// What was carried for too long, and files that a cut left without a row.
    async fn put_down_old(&self) -> Result<()> {
        let private = self.stores().await.private;
        let before = Seconds(self.now().0.saturating_sub(CARRIED_LIFE_S));
        self.put_down(&private.carried_since_before(before).await?)
            .await?;
        let rows = private.carried().await?;
        let known: BTreeSet<_> = rows
            .iter()
            .map(|row| self.inner.folders.carried_file(row.kind, &row.hash))
            .collect();
        let mut files = fs::read_dir(self.inner.folders.carried()).await?;
        while let Some(entry) = files.next_entry().await? {
            if !known.contains(&entry.path()) {
                file::delete(&entry.path()).await?;
            }
        }
        Ok(())
    }

    async fn put_down(&self, rows: &[(u16, Hash)]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        self.stores().await.private.put_down(rows).await?;
        for (kind, hash) in rows {
            file::delete(&self.inner.folders.carried_file(*kind, hash)).await?;
        }
        Ok(())
    }

    /// After a sync: offers what is carried to the hub. How that goes is none of the sync's.
    pub(crate) async fn deliver_carried(&self) {
        if let Err(error) = self.deliver().await {
            tracing::info!(%error, "what is carried waits for the next sync");
        }
    }

    async fn deliver(&self) -> Result<()> {
        let stores = self.stores().await;
        let rows = stores.private.carried().await?;
        let offered = |row: &&CarriedRow| row.kind == RecordKind::LETTER.0 && !row.refused;
        let letters: Vec<CarriedRow> = rows.iter().filter(offered).copied().collect();
        let Some(follow) = stores.news.follow().await? else {
            return Ok(());
        };
        if letters.is_empty() {
            return Ok(());
        }
        let hub = self.inner.wire.hub(&follow.hub);
        let mine = Mine::read(&self.reading().await?).await?;
        for row in letters.iter().take(DELIVERED_MAX) {
            let Some(sealed) = self.carried_body(row).await? else {
                continue;
            };
            let request = Request::Letter(LetterId(row.hash));
            match self.offer_carried(&hub, sealed, &rows).await {
                Ok(Some(receipt)) if Receipt::verify(&receipt, &mine.receipt_keys).is_ok() => {
                    let hash = Hash::of(&receipt);
                    self.keep(RecordKind::RECEIPT, hash, &receipt).await?;
                    let kept = row_of_receipt(hash, &receipt);
                    stores.private.carry(&[kept], self.now()).await?;
                }
                Ok(_) => {}
                Err(error) => match error.trouble(&request) {
                    Trouble::Refused => {
                        stores.private.refuse_carried(row.kind, &row.hash).await?;
                    }
                    Trouble::AttachmentMissing => {}
                    _ => break,
                },
            }
        }
        self.put_down_done(&mine.receipt_keys).await
    }

    /// The hub's receipt; none while an attachment is missing here.
    async fn offer_carried(
        &self,
        hub: &Hub,
        sealed: Vec<u8>,
        rows: &[CarriedRow],
    ) -> core::result::Result<Option<Vec<u8>>, HubError> {
        let broken = |_| HubError::Here(Error::Broken("a carried letter"));
        let letter = SealedLetter::read(&sealed).map_err(broken)?;
        for attachment in &letter.attachments {
            let row = rows
                .iter()
                .find(|row| row.kind == RecordKind::ATTACHMENT.0 && row.hash == attachment.hash);
            let Some(row) = row else { return Ok(None) };
            let body = self.carried_body(row).await.map_err(HubError::Here)?;
            let Some(body) = body else { return Ok(None) };
            hub.attachment(&attachment.hash, &body, true).await?;
        }
        hub.letter(sealed).await.map(Some)
    }
}

/// Whose a record is.
enum Judged {
    Mine,
    Others,
    Damaged,
}

fn is_news(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::HEADS | RecordKind::SEGMENT | RecordKind::DICTIONARY | RecordKind::BLOB
    )
}

fn row(kind: RecordKind, hash: Hash, bytes: usize) -> CarriedRow {
    CarriedRow {
        kind: kind.0,
        hash,
        bytes: bytes as u64,
        refused: false,
    }
}

fn row_of_receipt(hash: Hash, receipt: &[u8]) -> CarriedRow {
    row(RecordKind::RECEIPT, hash, receipt.len())
}

//! Taking letters and asks from a pack. Each letter is accepted as if it had been sent: twice has the
//! effect of once, and nothing is said to be accepted before it is durable.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use bantin_hub_store::AskRow;
use bantin_model::id::Hash;
use bantin_model::letter::{LetterId, SealedLetter};
use bantin_model::pack::{Ask, Contents, Damage, RecordKind, ScanError, read_body, scan};
use bantin_wire::{Code, Failure};

use crate::Hub;
use crate::failure::{HubError, Result};
use crate::letter::attachment::{Arrived, refused};

/// Asks written in one transaction.
const ASKS_AT_ONCE: usize = 512;

/// What came of an import.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Letters that are now here, new or not.
    pub accepted: Vec<LetterId>,
    /// Letters that are not, and why.
    pub refused: Vec<(LetterId, Failure)>,
    /// Mailboxes that wait for answers.
    pub asks: u32,
    /// Parts of the file that are lost.
    pub damages: Vec<Damage>,
}

impl Hub {
    /// Takes what a pack brings to this hub. News in it are not looked at: this hub makes its own.
    pub async fn import_pack(self: &Arc<Self>, path: &Path) -> Result<Taken> {
        if self.store.resting().await? {
            return Err(HubError::code(Code::HubResting));
        }
        let (mut file, contents) = open(path)?;
        let mut taken = Taken {
            damages: contents.damages.clone(),
            ..Taken::default()
        };
        let attachments: BTreeMap<Hash, _> = contents
            .of(RecordKind::ATTACHMENT)
            .map(|entry| (entry.hash, *entry))
            .collect();
        let mut asks = Vec::new();
        for entry in contents.of(RecordKind::LETTER) {
            let Some(bytes) = read_body(&mut file, entry)? else {
                continue;
            };
            let id = LetterId(entry.hash);
            let read = |hash: &Hash| match attachments.get(hash) {
                Some(entry) => read_body(&mut file, entry),
                None => Ok(None),
            };
            match self.take_letter(&bytes, read).await {
                Ok(ask) => {
                    asks.push(ask);
                    taken.accepted.push(id);
                }
                Err(HubError::Refused(failure)) => taken.refused.push((id, failure)),
                // The disk or the store: what was taken so far is answered for below.
                Err(error) => {
                    self.remember(&asks).await?;
                    return Err(error);
                }
            }
        }
        for entry in contents.of(RecordKind::ASK) {
            let body = read_body(&mut file, entry)?.unwrap_or_default();
            if let Ok(Ask { mailbox }) = Ask::from_bytes(&body) {
                let at = self.clock.now();
                asks.push(AskRow {
                    mailbox,
                    letter: None,
                    at,
                });
                taken.asks += 1;
            }
        }
        self.remember(&asks).await?;
        Ok(taken)
    }

    async fn remember(&self, asks: &[AskRow]) -> Result<()> {
        for some in asks.chunks(ASKS_AT_ONCE) {
            self.store.ask(some).await?;
        }
        Ok(())
    }

    /// Takes a letter with those of its attachments that are not here yet.
    async fn take_letter(
        self: &Arc<Self>,
        bytes: &[u8],
        mut attachment: impl FnMut(&Hash) -> io::Result<Option<Vec<u8>>>,
    ) -> Result<AskRow> {
        let sealed =
            SealedLetter::read(bytes).map_err(|_| Failure::at(Code::Malformed, "letter"))?;
        for named in &sealed.attachments {
            if self.arrived(&named.hash).await != Arrived::Whole
                && let Some(body) = attachment(&named.hash)?
            {
                self.take_attachment(named.hash, body).await?;
            }
        }
        self.accept_letter(bytes).await?;
        Ok(AskRow {
            mailbox: sealed.mailbox,
            letter: Some(sealed.id),
            at: self.clock.now(),
        })
    }

    async fn take_attachment(&self, hash: Hash, body: Vec<u8>) -> Result<()> {
        let total = body.len() as u64;
        let (turn, mut upload) = self.begin_upload(hash, 0, total).await?;
        let written = tokio::task::spawn_blocking(move || {
            let done = upload.push(&body).and_then(|()| upload.finish());
            drop(turn);
            done
        });
        let written = written.await.map_err(|e| HubError::Broken(e.to_string()))?;
        written.map_err(refused)?;
        self.uploads.came(total);
        Ok(())
    }
}

fn open(path: &Path) -> Result<(File, Contents)> {
    let mut file = File::open(path)?;
    match scan(&mut file) {
        Ok(contents) => Ok((file, contents)),
        Err(ScanError::Io(error)) => Err(error.into()),
        Err(ScanError::Newer(_)) => Err(HubError::code(Code::PackNewer)),
        Err(ScanError::NotAPack | ScanError::TooLarge(_)) => Err(HubError::code(Code::NotAPack)),
    }
}

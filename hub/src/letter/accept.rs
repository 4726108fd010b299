//! Taking letters in. Nothing is acknowledged before it is durable, and what comes while a transaction
//! is being synced shares the next one: one sync for many letters.

use std::sync::{Arc, Mutex, PoisonError};

use bantin_hub_store::{NewLetter, Route, Side, StoreError};
use bantin_model::id::{KeyId, PlaceId};
use bantin_model::letter::{LETTER_BYTES_MAX, OuterAttachment, Receipt, ReceiptStep, SealedLetter};
use bantin_model::time::Seconds;
use bantin_wire::{Code, Failure};
use tokio::sync::oneshot;

use super::attachment::Arrived;
use crate::Hub;
use crate::disk::sync_dir;
use crate::failure::{HubError, Result, is_full};

/// Letters written in one transaction at most.
const BATCH_MAX: usize = 512;

/// Why a whole batch was not kept, in a form each of its letters can be told.
#[derive(Clone, Copy, Debug)]
enum NotKept {
    Full,
    Busy,
    Broken,
}

type Answer = std::result::Result<Seconds, NotKept>;

/// Letters that wait for the next transaction.
#[derive(Default)]
pub struct Batch {
    waiting: Mutex<Vec<(NewLetter, oneshot::Sender<Answer>)>>,
    writing: tokio::sync::Mutex<()>,
}

impl Batch {
    fn take(&self) -> Vec<(NewLetter, oneshot::Sender<Answer>)> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(BATCH_MAX);
        waiting.drain(..count).collect()
    }
}

impl Hub {
    /// Keeps a sealed letter and returns the signed receipt *accepted*. The same bytes again have no
    /// further effect.
    pub async fn accept_letter(self: &Arc<Self>, bytes: &[u8]) -> Result<Vec<u8>> {
        if bytes.len() > LETTER_BYTES_MAX {
            return Err(Failure::at(Code::TooLong, "letter")
                .with(LETTER_BYTES_MAX as u64)
                .into());
        }
        let sealed =
            SealedLetter::read(bytes).map_err(|_| Failure::at(Code::Malformed, "letter"))?;
        let (place, route) = self.route(&sealed.agency_key).await?;
        self.attachments_here(&sealed.attachments).await?;
        // Of a letter to a place above, phones know this hub by its own place.
        let signs = match &route {
            Route::Home => place.clone(),
            Route::Up => self.place_above().await?.0,
            // Who sends it to us knows the highest of our places, whichever branch it is below.
            Route::Down(_) => self.highest_place().await?,
        };
        let letter = NewLetter {
            route: route.clone(),
            id: sealed.id,
            place,
            agency_key: sealed.agency_key,
            mailbox: sealed.mailbox,
            bytes: bytes.to_vec(),
            attachments: sealed.attachments,
            at: self.clock.now(),
        };
        let names = !letter.attachments.is_empty();
        let at = self.keep(letter).await?;
        if names {
            self.uploads.were_named();
        }
        match route {
            Route::Home => self.arrived.notify_one(),
            Route::Up => self.to_carry.notify_one(),
            // The node below asks by itself.
            Route::Down(_) => {}
        }
        let keys = self.keys_of(&signs)?;
        Ok(Receipt::issue(
            sealed.id,
            ReceiptStep::Accepted,
            at,
            signs,
            &keys.receipt,
        ))
    }

    /// For whose agency a letter is, and the way there.
    pub(crate) async fn route(&self, key: &KeyId) -> Result<(PlaceId, Route)> {
        if let Some(place) = self.keys.place_of(key) {
            return Ok((place, Route::Home));
        }
        if let Some(above) = self.agency_above(key).await? {
            return Ok((above, Route::Up));
        }
        match self.store.agency_side(key).await? {
            Some((place, Side::Below(node))) => Ok((place, Route::Down(node))),
            Some((place, Side::Above)) if self.config.upstream.is_some() => Ok((place, Route::Up)),
            _ => Err(Failure::new(Code::NoAgencyKey).into()),
        }
    }

    /// The highest of this hub's own places.
    async fn highest_place(&self) -> Result<PlaceId> {
        let feeds = self.store.feeds().await?;
        let home = |place: &PlaceId| feeds.iter().any(|feed| feed.place == *place);
        let top = feeds
            .iter()
            .find(|feed| feed.parent.as_ref().is_none_or(|parent| !home(parent)));
        let none = || HubError::Broken("this hub is home to no place".into());
        Ok(top.ok_or_else(none)?.place.clone())
    }

    /// All attachments are durable, or the position of the first that is not.
    async fn attachments_here(&self, attachments: &[OuterAttachment]) -> Result<()> {
        for (at, attachment) in attachments.iter().enumerate() {
            let file = self.disk.attachment(&attachment.hash);
            // Whole means: looked at now, so that housekeeping leaves it to this letter.
            let whole = self.arrived(&attachment.hash).await == Arrived::Whole;
            let here = tokio::fs::metadata(file).await;
            if !whole || !here.is_ok_and(|meta| meta.len() == attachment.bytes) {
                return Err(Failure::at(Code::NotFound, "attachments")
                    .with(at as u64)
                    .into());
            }
        }
        Ok(())
    }

    async fn keep(self: &Arc<Self>, letter: NewLetter) -> Result<Seconds> {
        let (tell, told) = oneshot::channel();
        {
            let mut waiting = self
                .batch
                .waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if waiting.len() >= self.config.limits.letters_waiting_max {
                return Err(HubError::code(Code::Busy));
            }
            waiting.push((letter, tell));
        }
        // A task of its own: a phone that hangs up must not stop the letters of others.
        let hub = Arc::clone(self);
        tokio::spawn(async move { hub.write_batch().await });
        match told.await {
            Ok(Ok(at)) => Ok(at),
            Ok(Err(NotKept::Full)) => Err(StoreError::Full.into()),
            Ok(Err(NotKept::Busy)) | Err(_) => Err(StoreError::Busy.into()),
            Ok(Err(NotKept::Broken)) => Err(HubError::Broken("letters could not be kept".into())),
        }
    }

    async fn write_batch(&self) {
        let _turn = self.batch.writing.lock().await;
        let (letters, tell): (Vec<_>, Vec<_>) = self.batch.take().into_iter().unzip();
        if letters.is_empty() {
            return;
        }
        match self.write(&letters).await {
            Ok(moments) => {
                // Who hung up meanwhile sends the letter again and gets the same receipt.
                for (tell, at) in tell.into_iter().zip(moments) {
                    let _ = tell.send(Ok(at));
                }
            }
            Err(error) => {
                tracing::error!(%error, letters = letters.len(), "letters not kept");
                let why = match &error {
                    HubError::Store(StoreError::Full) => NotKept::Full,
                    HubError::Store(StoreError::Busy) => NotKept::Busy,
                    HubError::Io(error) if is_full(error) => NotKept::Full,
                    _ => NotKept::Broken,
                };
                for tell in tell {
                    let _ = tell.send(Err(why));
                }
            }
        }
    }

    async fn write(&self, letters: &[NewLetter]) -> Result<Vec<Seconds>> {
        if letters.iter().any(|letter| !letter.attachments.is_empty()) {
            // Another request may have renamed a file into place and not yet synced the folder.
            let dir = self.disk.attachments();
            tokio::task::spawn_blocking(move || sync_dir(&dir))
                .await
                .map_err(|e| HubError::Broken(e.to_string()))??;
        }
        Ok(self.store.accept(letters).await?)
    }
}

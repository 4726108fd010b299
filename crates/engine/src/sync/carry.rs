//! Requests of a session: to the store or to the hub.

use std::sync::atomic::AtomicU32;

use bantin_model::budget::{DataKind, Wish};
use bantin_model::feed::HeadsChanges;
use bantin_model::id::Hash;
use bantin_model::letter::seal_poll;
use bantin_model::sync::{Event, Request, Trouble, Unopened};
use bantin_store::news::Follow;
use bantin_wire::http::SEGMENTS;

use crate::engine::Stores;
use crate::file::{self, Folders};
use crate::hub::{Heads, Hub, HubError};
use crate::relay::Via;
use crate::{Engine, Error, Result};

/// Carries out requests.
pub(crate) struct Courier {
    pub(crate) hub: Hub,
    pub(crate) folders: Folders,
    pub(crate) stores: Stores,
    /// What was followed when this began.
    pub(crate) follow: Follow,
    /// Replies kept that were not here before.
    pub(crate) replies_new: AtomicU32,
    /// The hub is asked through a relay.
    pub(crate) via: Option<Box<Via>>,
    pub(crate) engine: Engine,
}

impl Courier {
    /// Carries out one request and says what happened.
    pub(super) async fn carry_out(&self, request: Request) -> Event {
        match self.event(&request).await {
            Ok(event) => event,
            Err(error) => {
                let trouble = error.trouble(&request);
                let via = self.via.as_ref();
                let trouble = via.map_or(trouble, |via| via.soften(trouble));
                tracing::info!(?request, ?trouble, "a request failed");
                Event::Failed { request, trouble }
            }
        }
    }

    async fn event(&self, request: &Request) -> core::result::Result<Event, HubError> {
        match request.clone() {
            Request::Heads {
                place,
                etag,
                changes,
            } => {
                let heads = self.hub.heads(&place, etag.as_deref(), changes).await?;
                Ok(match heads {
                    Heads::Unchanged => Event::HeadsUnchanged,
                    Heads::Changes { bytes, etag } => {
                        self.stage(&bytes).await?;
                        Event::HeadsChanges { bytes, etag }
                    }
                    Heads::New { bytes, etag } => Event::Heads { bytes, etag },
                })
            }
            Request::Ledgers { place, segments } => {
                let ledgers = self.stores.news.ledgers(&place, &segments).await;
                let ledgers = ledgers.map_err(Error::from).map_err(HubError::Here)?;
                Ok(Event::Ledgers { place, ledgers })
            }
            Request::Segment { place, hash, bytes } => {
                let partial = self.folders.partial_file(&hash);
                let hub = self.hub.on(DataKind::Text, bytes, Wish::Unasked);
                let came = hub.file(SEGMENTS, &hash, bytes, &partial).await;
                if let Err(HubError::Held(why)) = came {
                    self.engine.inner.wire.meter.leave(why, bytes);
                }
                let bytes = came?;
                Ok(Event::Segment { place, hash, bytes })
            }
            Request::Dictionary { hash } => Ok(Event::Dictionary {
                bytes: self.dictionary(&hash).await?,
                hash,
            }),
            Request::Attachment { letter, hash } => {
                let bytes = file::read(&self.folders.outgoing_file(&hash)).await?;
                let bytes = bytes.ok_or(HubError::Here(Error::Broken("an attachment is gone")))?;
                let begun = self.stores.private.try_attachment(hash).await;
                let begun = begun.map_err(Error::from).map_err(HubError::Here)?;
                self.hub.attachment(&hash, &bytes, begun).await?;
                Ok(Event::AttachmentSent { letter, hash })
            }
            Request::Letter(letter) => {
                let sealed = self.sealed(letter).await.map_err(HubError::Here)?;
                let bytes = match &self.via {
                    Some(_) => self.hub.letter_to_carry(sealed).await?,
                    None => self.hub.letter(sealed).await?,
                };
                Ok(Event::LetterAnswered { letter, bytes })
            }
            Request::Poll(poll) => Ok(Event::Polled {
                bytes: match &self.via {
                    Some(via) => {
                        let key = &via.card.seal;
                        let sealed = self.engine.with_rng(|rng| seal_poll(&poll, key, rng));
                        let sealed = sealed.ok_or(HubError::NotAHub)?;
                        self.hub.poll_sealed(sealed).await?
                    }
                    None => self.hub.poll(&poll).await?,
                },
            }),
        }
    }

    /// Opens a segment on a thread of its own: others come meanwhile.
    pub(crate) async fn open(&self, unopened: Unopened) -> Event {
        let (hash, request) = (unopened.hash(), unopened.request());
        let opening = tokio::task::spawn_blocking(move || unopened.open());
        let trouble = match opening.await {
            Ok(Event::Opened(opened)) if !opened.is_genuine() => {
                // Kept, it would be offered again at every sync.
                let deleted = file::delete(&self.folders.partial_file(&hash)).await;
                match deleted {
                    Ok(()) => return Event::Opened(opened),
                    Err(error) => trouble_here(&error.into()),
                }
            }
            Ok(event) => return event,
            Err(error) => {
                tracing::error!(%error, "a segment could not be opened");
                Trouble::Other
            }
        };
        Event::Failed { request, trouble }
    }

    /// Segments that came with the changes lie where fetched ones do: they are then not asked for.
    async fn stage(&self, changes: &[u8]) -> std::io::Result<()> {
        let changes = HeadsChanges::from_bytes(changes).unwrap_or_default();
        for segment in changes.segments {
            let staged = self.folders.partial_file(&Hash::of(&segment));
            tokio::fs::write(staged, segment.as_slice()).await?;
        }
        Ok(())
    }

    /// A dictionary, kept beside the blobs from its first use on.
    async fn dictionary(&self, hash: &Hash) -> core::result::Result<Vec<u8>, HubError> {
        let path = self.folders.blob(hash);
        if let Some(bytes) = file::read(&path).await?.filter(|b| Hash::of(b) == *hash) {
            return Ok(bytes);
        }
        let partial = self.folders.partial_file(hash);
        let hub = self.hub.for_kind(DataKind::Text);
        let bytes = hub.dictionary(hash, &partial).await?;
        if Hash::of(&bytes) == *hash {
            file::write_durable(&path, &bytes).await?;
        }
        file::delete(&partial).await?;
        Ok(bytes)
    }

    async fn sealed(&self, letter: bantin_model::letter::LetterId) -> Result<Vec<u8>> {
        let sealed = self.stores.private.sealed(letter).await?;
        sealed.ok_or(Error::Broken("a letter of the outbox is gone"))
    }
}

/// The trouble of something that could not be made durable.
pub(super) fn trouble_here(error: &Error) -> Trouble {
    if error.is_full() {
        return Trouble::DiskFull;
    }
    tracing::error!(%error, "a change could not be made durable");
    Trouble::Other
}

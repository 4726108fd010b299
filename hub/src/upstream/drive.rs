//! Carrying out what the session asks for: requests to the hub above, changes of the store.

use std::collections::{BTreeMap, VecDeque};

use bantin_model::feed::Pin;
use bantin_model::letter::{LetterId, ReceiptKey, Signer};
use bantin_model::sync::{
    Apply, Effect, Event, FeedState, Outgoing, Request, Scope, Session, Start, Summary, Trouble,
    Unopened,
};

use super::link::{Heads, Link, LinkError};
use crate::Hub;
use crate::config::Upstream;
use crate::failure::{HubError, Result};

/// Letters carried in one session.
pub(super) const LETTERS_MAX: u32 = 256;

impl Hub {
    /// One session with the hub above; the letters that were tried, and how it went.
    pub(super) async fn session(
        &self,
        upstream: &Upstream,
        link: &Link,
    ) -> Result<(Vec<LetterId>, Summary)> {
        let start = self.start(upstream).await?;
        let tried = start.outbox.iter().map(|letter| letter.letter).collect();
        let mut session = Session::new(start);
        let mut applies: VecDeque<Box<Apply>> = VecDeque::new();
        let mut segments: VecDeque<Box<Unopened>> = VecDeque::new();
        let mut requests: VecDeque<Request> = VecDeque::new();
        let mut event = Event::Begin;
        let mut cut = false;
        loop {
            for effect in session.step(event, self.clock.now()) {
                match effect {
                    Effect::Apply(apply) => applies.push_back(apply),
                    Effect::Open(unopened) => segments.push_back(unopened),
                    Effect::Request(request) => requests.push_back(request),
                    Effect::Finish(summary) => return Ok((tried, summary)),
                }
            }
            // What is to be kept goes first: later requests may rest on it.
            event = if let Some(apply) = applies.pop_front() {
                self.apply(*apply).await
            } else if let Some(unopened) = segments.pop_front() {
                open(*unopened).await
            } else if let Some(request) = requests.pop_front() {
                match cut && !matches!(request, Request::Ledgers { .. }) {
                    // Each further try would wait for the line anew.
                    true => {
                        let trouble = Trouble::Offline;
                        Event::Failed { request, trouble }
                    }
                    false => self.carry_out(link, request).await,
                }
            } else {
                return Err(HubError::Broken("a session waits for nothing".into()));
            };
            let trouble = Trouble::Offline;
            cut |= matches!(&event, Event::Failed { trouble: why, .. } if *why == trouble);
        }
    }

    async fn start(&self, upstream: &Upstream) -> Result<Start> {
        let (_, place) = self.place_above().await?;
        let state = self.store.mirror_state().await?;
        let rows = self.store.mirror_feeds().await?;
        let key = |row: &bantin_hub_store::MirrorRow| {
            Some(ReceiptKey {
                key: row.receipt?,
                place: row.place.clone(),
                signer: Signer::Hub,
            })
        };
        let receipt_keys = rows.iter().filter_map(key).collect();
        // Mirrored feeds are one way down, and come in its order.
        let mut above = None;
        let mut feeds = BTreeMap::new();
        for row in rows {
            let state = FeedState {
                known: row.known,
                segments: row.segments.iter().map(|segment| segment.hash).collect(),
                above: above.replace(row.place.clone()),
            };
            feeds.insert(row.place, state);
        }
        let waiting = self.store.to_carry(self.clock.now(), LETTERS_MAX).await?;
        let outgoing = |letter: bantin_hub_store::CarriedLetter| Outgoing {
            letter: letter.id,
            attachments: letter.attachments.iter().map(|a| a.hash).collect(),
        };
        Ok(Start {
            scope: Scope::Everything,
            place,
            pin: Pin {
                root: upstream.root,
                root_version: state.root_version,
            },
            feeds,
            etag: state.etag,
            // A document is a few kilobytes, and the whole of it is what is served on.
            document: None,
            outbox: waiting.into_iter().map(outgoing).collect(),
            mailboxes: Vec::new(),
            receipt_keys,
        })
    }

    async fn carry_out(&self, link: &Link, request: Request) -> Event {
        match self.event(link, &request).await {
            Ok(event) => event,
            Err(error) => {
                let trouble = error.trouble(&request);
                if let LinkError::Here(error) = &error {
                    tracing::error!(%error, "a request to the hub above could not be carried out");
                } else {
                    tracing::info!(?trouble, %error, "a request to the hub above failed");
                }
                Event::Failed { request, trouble }
            }
        }
    }

    async fn event(&self, link: &Link, request: &Request) -> std::result::Result<Event, LinkError> {
        Ok(match request.clone() {
            Request::Heads { place, etag, .. } => {
                match link.heads(&place, etag.as_deref()).await? {
                    Heads::Unchanged => Event::HeadsUnchanged,
                    Heads::New { bytes, etag } => Event::Heads { bytes, etag },
                }
            }
            Request::Ledgers { place, segments } => {
                let ledgers = self.store.mirror_ledgers(&segments).await;
                let ledgers = ledgers.map_err(HubError::from)?;
                Event::Ledgers { place, ledgers }
            }
            Request::Segment { place, hash, bytes } => {
                let bytes = self.mirror_segment(link, &hash, bytes).await?;
                Event::Segment { place, hash, bytes }
            }
            Request::Dictionary { hash } => {
                let bytes = self.mirror_dictionary(link, &hash).await?;
                Event::Dictionary { hash, bytes }
            }
            Request::Attachment { letter, hash } => {
                let file = self.disk.attachment(&hash);
                let bytes = tokio::fs::read(file).await?;
                link.attachment(&hash, &bytes).await?;
                Event::AttachmentSent { letter, hash }
            }
            Request::Letter(letter) => {
                let sealed = self.store.carried_bytes(&letter).await;
                let sealed = sealed.map_err(HubError::from)?;
                let gone = || HubError::Broken("a letter to be carried is gone".into());
                let bytes = link.letter(sealed.ok_or_else(gone)?).await?;
                Event::LetterAnswered { letter, bytes }
            }
            Request::Poll(_) => {
                let never = "a hub holds no read keys".to_owned();
                return Err(HubError::Broken(never).into());
            }
        })
    }
}

/// Opens a segment on a thread of its own: requests of phones are answered meanwhile.
async fn open(unopened: Unopened) -> Event {
    let request = unopened.request();
    let opened = tokio::task::spawn_blocking(move || unopened.open()).await;
    opened.unwrap_or_else(|error| {
        tracing::error!(%error, "a segment of the hub above could not be opened");
        let trouble = Trouble::Other;
        Event::Failed { request, trouble }
    })
}

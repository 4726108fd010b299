//! One sync from its first to its last effect.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};

use bantin_model::sync::{Apply, Effect, Event, Scope, Session, Start, Summary};
use bantin_view::{outcome, outcome_failure};
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::{Code, Failure};
use futures::future::{Either, select};

use super::beside::Beside;
use super::carry::Courier;
use crate::relay::Way;
use crate::{Engine, Error, Result};

/// What may wait to be told to the session while something becomes durable.
const EARLY_MAX: usize = 4;

impl Engine {
    pub(super) async fn run_sync(&self, scope: Scope, mut way: Way) -> Result<SyncOutcome> {
        self.renew_meter().await?;
        self.inner.wire.meter.begin();
        let mut brought = SyncOutcome::default();
        let mut done = self.pass(scope, &way, &mut brought).await;
        if is_offline(&done)
            && let Way::Hub = way
            && let Some(via) = self.relay_remembered().await
        {
            way = Way::Relay(Box::new(via));
            done = self.pass(scope, &way, &mut brought).await;
        }
        // What was written, sealed anew or to be offered again meanwhile leaves with the same call.
        let again = match &done {
            Ok(()) => true,
            Err(error) => refused_for_its_key(error),
        };
        // A relay has what it was given; it can do no more with it at once.
        if again && matches!(way, Way::Hub) && self.has_outbox().await? {
            // A letter refused for its key needs the heads that name the new one.
            done = self.pass(Scope::Everything, &way, &mut brought).await;
        }
        done?;
        if scope == Scope::Everything {
            self.deliver_carried().await;
            self.prefetch(&way).await;
        }
        self.note(None).await;
        Ok(brought)
    }

    /// One session with everything around it; adds to what was brought.
    async fn pass(&self, scope: Scope, way: &Way, brought: &mut SyncOutcome) -> Result<()> {
        let done = self.session(scope, way).await;
        let failure = match &done {
            Ok(summary) => outcome_failure(summary),
            // Nothing is followed yet: no sync, and no failure of one.
            Err(Error::Refused(_)) => None,
            Err(error) if error.is_full() => Some(Failure::new(Code::DiskFull)),
            Err(_) => Some(Failure::new(Code::Internal)),
        };
        self.note(failure.as_ref()).await;
        let summary = done?;
        self.judge_again().await?;
        self.settle().await?;
        let new = outcome(&summary);
        brought.records_changed += new.records_changed;
        brought.letters_accepted += new.letters_accepted;
        brought.entries_received += new.entries_received;
        failure.map_or(Ok(()), |failure| Err(failure.into()))
    }

    async fn has_outbox(&self) -> Result<bool> {
        Ok(!self.stores().await.private.outbox().await?.is_empty())
    }

    /// Remembers how a sync went. On a full disk this cannot be kept; the sync's own failure is what counts
    /// then.
    async fn note(&self, failure: Option<&Failure>) {
        let news = self.stores().await.news;
        let code = failure
            .map(|failure| failure.code.as_str())
            .unwrap_or_default();
        if let Err(error) = news.set_outcome(&code).await {
            tracing::warn!(%error, "how the sync went could not be kept");
        }
    }

    async fn session(&self, scope: Scope, way: &Way) -> Result<Summary> {
        let stores = self.stores().await;
        let follow = stores.news.follow().await?;
        let follow = follow.ok_or_else(|| Failure::at(Code::NotFound, "place"))?;
        let agencies = self.reading().await?.directory;
        let mut start = Start {
            scope,
            place: follow.place.clone(),
            pin: follow.pin,
            feeds: stores.news.feed_states().await?,
            etag: stores.news.freshness().await?.etag,
            document: stores.news.document().await?,
            outbox: stores.private.outbox().await?,
            mailboxes: stores.private.mailboxes(&agencies.reply_keys()).await?,
            receipt_keys: stores.news.receipt_keys().await?,
        };
        let mut hub = self.inner.wire.hub(&follow.hub);
        let mut relay = None;
        if let Way::Relay(via) = way {
            via.prepare(&mut start, &follow);
            hub = self.inner.wire.hub(&via.base).nearby();
            relay = Some(via.clone());
        }
        let courier = Courier {
            hub,
            folders: self.inner.folders.clone(),
            stores,
            follow,
            replies_new: AtomicU32::new(0),
            via: relay,
            engine: self.clone(),
        };
        let mut summary = self.drive(Session::new(start), &courier).await?;
        if let Some(via) = &courier.via {
            via.forgive(&mut summary);
            // Through a relay the same entries come again and again.
            summary.replies = courier.replies_new.load(Ordering::Relaxed);
        }
        if !self.still_follows(&courier).await? {
            // Somebody chose to leave it half done.
            summary.troubles.clear();
        }
        Ok(summary)
    }

    /// Carries out effects until the session has no more: applies one after the other as soon as they
    /// are asked for, everything else beside them, a few at once.
    async fn drive(&self, mut session: Session, courier: &Courier) -> Result<Summary> {
        let mut applies: VecDeque<Box<Apply>> = VecDeque::new();
        let mut beside = Beside::new(courier);
        let mut early: VecDeque<Event> = VecDeque::new();
        let mut event = Event::Begin;
        loop {
            let effects = session.step(event, self.now());
            if let Some(summary) = sort(effects, &mut applies, &mut beside) {
                return Ok(summary);
            }
            if let Some(apply) = applies.pop_front() {
                let mut apply = pin!(self.apply(*apply, courier));
                event = loop {
                    // What comes meanwhile waits in memory, so it must not be all there is.
                    if early.len() < EARLY_MAX {
                        beside.begin();
                    }
                    if beside.is_idle() {
                        break apply.await;
                    }
                    // One of them may hold what the apply waits for.
                    let came = match select(apply.as_mut(), pin!(beside.next())).await {
                        Either::Left((event, _)) => break event,
                        Either::Right((came, _)) => came,
                    };
                    let Some(segment @ Event::Segment { .. }) = came else {
                        early.extend(came);
                        continue;
                    };
                    // It is opened meanwhile; what is in it waits like everything else.
                    let effects = session.step(segment, self.now());
                    if sort(effects, &mut applies, &mut beside).is_some() {
                        return Err(Error::Broken("a sync ended before its changes"));
                    }
                };
                continue;
            }
            if let Some(came) = early.pop_front() {
                event = came;
                continue;
            }
            beside.begin();
            event = match beside.next().await {
                Some(event) => event,
                None => return Err(Error::Broken("a sync waits for nothing")),
            };
        }
    }
}

/// Puts effects where they wait; the summary if that was the end.
fn sort(
    effects: Vec<Effect>,
    applies: &mut VecDeque<Box<Apply>>,
    beside: &mut Beside<'_>,
) -> Option<Summary> {
    let mut end = None;
    for effect in effects {
        match effect {
            Effect::Apply(apply) => applies.push_back(apply),
            Effect::Open(segment) => beside.open(segment),
            Effect::Request(request) => beside.request(request),
            Effect::Finish(summary) => end = Some(summary),
        }
    }
    end
}

/// No way to the hub.
fn is_offline(done: &Result<()>) -> bool {
    matches!(done, Err(Error::Refused(failure)) if failure.code == Code::Offline)
}

/// A letter was refused for its key; with another key it may go at once.
fn refused_for_its_key(error: &Error) -> bool {
    matches!(error, Error::Refused(failure) if failure.code == Code::NoAgencyKey)
}

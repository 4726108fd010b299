//! One sync: the session says what to do, this does it.

use std::collections::VecDeque;
use std::rc::Rc;

use bantin_model::sync::{Effect, Event, Request, Scope, Session, Start, Summary, next_request};
use bantin_view::{outcome, outcome_failure};
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::{Code, Failure};
use futures::future::{Either, FutureExt, LocalBoxFuture, Shared, select};
use futures::stream::{FuturesUnordered, StreamExt};

use super::Engine;
use crate::host::{Host, Lock};

/// A sync under way, for all who wait for it.
pub(crate) type Running = Shared<LocalBoxFuture<'static, Result<SyncOutcome, Failure>>>;

/// Requests under way at once.
const REQUESTS_AT_ONCE: usize = 4;

impl<H: Host> Engine<H> {
    /// Fetches news, sends letters, collects answers. A second call joins the first.
    pub async fn sync(self: &Rc<Self>) -> Result<SyncOutcome, Failure> {
        let running = {
            let mut slot = self.running.borrow_mut();
            match slot.as_ref() {
                Some(running) => running.clone(),
                None => {
                    let engine = Rc::clone(self);
                    let running = async move { engine.sync_alone().await }.boxed_local();
                    let running = running.shared();
                    *slot = Some(running.clone());
                    running
                }
            }
        };
        running.await
    }

    async fn sync_alone(&self) -> Result<SyncOutcome, Failure> {
        let went = self.sync_locked().await;
        // The counters are no reason to call a sync failed.
        let _ = self.count_traffic().await;
        self.came.borrow_mut().clear();
        *self.running.borrow_mut() = None;
        let failure = went.as_ref().err().map(|failure| failure.code);
        self.last_failure.set(failure);
        self.failures.set(match failure {
            Some(_) => self.failures.get().saturating_add(1),
            None => 0,
        });
        self.host.changed();
        went
    }

    async fn sync_locked(&self) -> Result<SyncOutcome, Failure> {
        let _only = self.host.lock(Lock::Sync).await;
        self.fresh().await?;
        let summary = self.drive(self.start()?).await?;
        self.seal_refused_again().await?;
        self.release_closed().await?;
        match outcome_failure(&summary) {
            // What was brought in spite of it counts: the page asks again and shows it.
            Some(failure) => Err(failure),
            None => Ok(outcome(&summary)),
        }
    }

    fn start(&self) -> Result<Start, Failure> {
        let (news, private) = (self.news.borrow(), self.private.borrow());
        let follow = news.follow.as_ref();
        let follow = follow.ok_or_else(|| Failure::new(Code::PlaceUnknown))?;
        self.letters_new.set(false);
        self.begin_counting();
        // Those of today beside those each conversation began with: an agency may have new keys since.
        let agencies = news.directory.reply_keys();
        let mut mailboxes = private.mailboxes();
        for mailbox in &mut mailboxes {
            mailbox.agency.extend_from_slice(&agencies);
        }
        let mut receipt_keys = news.directory.receipt_keys();
        receipt_keys.extend(follow.receipt_keys.iter().map(|row| row.to_key()));
        Ok(Start {
            scope: Scope::Everything,
            place: follow.place.clone(),
            pin: follow.pin(),
            feeds: news.feed_states(),
            etag: follow.etag.clone(),
            // A browser asks for whole documents; its caches understand those.
            document: None,
            outbox: private.outbox(),
            mailboxes,
            receipt_keys,
        })
    }

    async fn drive(&self, start: Start) -> Result<Summary, Failure> {
        let place = start.place.clone();
        let mut session = Session::new(start);
        let mut effects: VecDeque<Effect> = session.step(Event::Begin, self.now()).into();
        let mut waiting: VecDeque<Request> = VecDeque::new();
        let mut under_way = FuturesUnordered::new();
        let mut early: VecDeque<Event> = VecDeque::new();
        loop {
            while let Some(effect) = effects.pop_front() {
                let event = match effect {
                    Effect::Finish(summary) => return Ok(summary),
                    Effect::Request(request) => {
                        waiting.push_back(request);
                        continue;
                    }
                    Effect::Open(unopened) => unopened.open(),
                    Effect::Apply(apply) => {
                        let mut apply = std::pin::pin!(self.apply(&place, *apply));
                        // Requests go on meanwhile: one of them may hold what the apply waits for.
                        let applied = loop {
                            if under_way.is_empty() {
                                break apply.await;
                            }
                            match select(apply.as_mut(), under_way.next()).await {
                                Either::Left((applied, _)) => break applied,
                                Either::Right((came, _)) => early.extend(came),
                            }
                        };
                        applied.map_or_else(Event::ApplyFailed, |()| Event::Applied)
                    }
                };
                effects.extend(session.step(event, self.now()));
            }
            while under_way.len() < REQUESTS_AT_ONCE
                && let Some(request) = next_request(&mut waiting)
            {
                under_way.push(self.carry_out(request));
            }
            // A session with nothing under way has finished; if not, it never will.
            let event = match early.pop_front() {
                Some(came) => Some(came),
                None => under_way.next().await,
            };
            let event = event.ok_or_else(|| Failure::new(Code::Internal))?;
            effects.extend(session.step(event, self.now()));
        }
    }
}

//! Carries out one session as `crates/engine/src/sync/run.rs` does: applies one after the other as soon as they are
//! asked for, a few requests at once, and what comes during an apply waits for its end.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use bantin_model::id::Hash;
use bantin_model::sync::{Apply, Effect, Event, Request, Session, Start, Summary};
use bantin_model::time::Seconds;

use crate::message::Node;
use crate::outcome::{Breach, hold};

/// Requests under way at once.
const REQUESTS_MAX: usize = 2;
/// Steps after which a sync is said never to end. The longest honest one takes a few hundred.
const STEPS_MAX: u32 = 3000;
/// Effects that wait at once: what a sync may hold in memory.
const WAITING_MAX: usize = 600;

/// One sync under way. All of it is lost in a crash.
pub struct Driver {
    session: Session,
    /// Whom it asks.
    pub source: Node,
    requests: VecDeque<Request>,
    applies: VecDeque<Box<Apply>>,
    early: VecDeque<Event>,
    under_way: BTreeMap<u64, Request>,
    /// What is being made durable.
    pub committing: Option<Box<Apply>>,
    /// Segments as they came, by name.
    pub staged: BTreeMap<Hash, Arc<[u8]>>,
    done: Option<Summary>,
    steps: u32,
    now: Seconds,
}

/// What the driver wants next.
pub enum Next {
    /// Make it durable, then call [`Driver::committed`].
    Commit,
    /// Carry it out; the answer goes to [`Driver::arrived`] under this ticket.
    Ask(u64, Request),
    /// Something is under way.
    Wait,
    /// It is over.
    Done(Summary),
}

impl Driver {
    /// A sync that has begun.
    pub fn begin(start: Start, source: Node, now: Seconds) -> Result<Self, Breach> {
        let mut driver = Self {
            session: Session::new(start),
            source,
            requests: VecDeque::new(),
            applies: VecDeque::new(),
            early: VecDeque::new(),
            under_way: BTreeMap::new(),
            committing: None,
            staged: BTreeMap::new(),
            done: None,
            steps: 0,
            now,
        };
        driver.tell(Event::Begin)?;
        Ok(driver)
    }

    fn tell(&mut self, event: Event) -> Result<(), Breach> {
        self.steps += 1;
        hold!(
            self.steps <= STEPS_MAX,
            "a sync took {STEPS_MAX} steps and is not at its end"
        );
        for effect in self.session.step(event, self.now) {
            hold!(
                self.done.is_none(),
                "a session asked for more after its end"
            );
            match effect {
                Effect::Apply(apply) => self.applies.push_back(apply),
                Effect::Open(unopened) => self.early.push_back(unopened.open()),
                Effect::Request(request) => self.requests.push_back(request),
                Effect::Finish(summary) => self.done = Some(summary),
            }
        }
        let waiting = self.applies.len() + self.requests.len() + self.early.len();
        hold!(
            waiting <= WAITING_MAX,
            "{waiting} effects wait in one session"
        );
        Ok(())
    }

    /// What to do next. `ticket` names the next request.
    pub fn next(&mut self, ticket: u64, now: Seconds) -> Result<Next, Breach> {
        self.now = now;
        loop {
            if let Some(summary) = self.done.take() {
                return Ok(Next::Done(summary));
            }
            if self.committing.is_some() {
                return Ok(Next::Wait);
            }
            if let Some(apply) = self.applies.pop_front() {
                self.committing = Some(apply);
                return Ok(Next::Commit);
            }
            if let Some(event) = self.early.pop_front() {
                self.tell(event)?;
                continue;
            }
            if self.under_way.len() < REQUESTS_MAX
                && let Some(request) = self.requests.pop_front()
            {
                self.under_way.insert(ticket, request.clone());
                return Ok(Next::Ask(ticket, request));
            }
            hold!(!self.under_way.is_empty(), "a sync waits for nothing");
            return Ok(Next::Wait);
        }
    }

    /// The request that an answer is for, the first time it comes.
    pub fn take(&mut self, ticket: u64) -> Option<Request> {
        self.under_way.remove(&ticket)
    }

    /// Something came.
    pub fn arrived(&mut self, event: Event, now: Seconds) -> Result<(), Breach> {
        self.now = now;
        // A segment is opened while something becomes durable, as in the engine; what is in it waits.
        if self.committing.is_some() && !matches!(event, Event::Segment { .. }) {
            self.early.push_back(event);
            return Ok(());
        }
        self.tell(event)
    }

    /// The apply is durable, or could not be made so.
    pub fn committed(&mut self, event: Event, now: Seconds) -> Result<(), Breach> {
        self.now = now;
        self.committing = None;
        self.tell(event)
    }
}

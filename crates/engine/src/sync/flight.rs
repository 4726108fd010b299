//! One sync at a time: a second caller joins the first.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use bantin_model::sync::Scope;
use bantin_wire::Failure;
use bantin_wire::ipc::device::SyncOutcome;
use tokio::sync::watch;

use crate::relay::{Via, Way};
use crate::{Engine, Error, Result};

type Landed = Option<core::result::Result<SyncOutcome, Failure>>;

/// A sync under way, and what it does.
#[derive(Clone)]
struct Running {
    scope: Scope,
    landed: watch::Receiver<Landed>,
    /// How often another hub had been turned to when it began.
    turned: u64,
}

/// The sync that runs, if one does.
#[derive(Default)]
pub(crate) struct Flight {
    running: Mutex<Option<Running>>,
    /// Held by whatever moves the news: a sync, or an import. What one of them knows of the feeds must
    /// not change under it.
    pub(crate) turn: tokio::sync::Mutex<()>,
    /// Held while one change of a session becomes durable, and while another hub or place begins to be
    /// followed: what was said by the one before is kept before that, or not at all.
    pub(crate) applying: tokio::sync::Mutex<()>,
    turned: AtomicU64,
}

impl Flight {
    pub(crate) fn is_running(&self) -> bool {
        let running = self.running.lock();
        let running = running.unwrap_or_else(PoisonError::into_inner);
        running.as_ref().is_some_and(is_under_way)
    }

    /// Another hub or place is followed: whoever wants a sync from now on wants one with that.
    pub(crate) fn turned(&self) {
        self.turned.fetch_add(1, Ordering::Relaxed);
    }
}

/// Whether it can still land: one that broke off tells nobody.
fn is_under_way(running: &Running) -> bool {
    running.landed.has_changed().is_ok()
}

impl Engine {
    /// Fetches news, sends letters, collects answers. A second call joins the first, and a caller that
    /// goes away does not stop it.
    ///
    /// # Errors
    /// The first thing a person should hear of. What was applied before stays.
    pub async fn sync(&self) -> Result<SyncOutcome> {
        self.fly(Scope::Everything, None).await
    }

    /// Sends the letters that wait, and asks for nothing: the cheapest way out over a dear network. Joins a
    /// sync that runs.
    ///
    /// # Errors
    /// As [`Self::sync`].
    pub async fn send(&self) -> Result<SyncOutcome> {
        self.fly(Scope::Letters, None).await
    }

    /// A whole sync through a relay: waits for a sync that runs and begins its own.
    pub(crate) async fn sync_through(&self, via: Via) -> Result<SyncOutcome> {
        self.fly(Scope::Everything, Some(via)).await
    }

    async fn fly(&self, scope: Scope, via: Option<Via>) -> Result<SyncOutcome> {
        let turned = self.inner.flight.turned.load(Ordering::Relaxed);
        loop {
            let (mut running, ours) = self.board(scope, via.as_ref());
            let outcome = running.landed.wait_for(Option::is_some).await;
            let outcome = outcome.map_err(|_| Error::Broken("the sync ended without a word"))?;
            let outcome = outcome.clone();
            let half = running.scope == Scope::Letters && scope == Scope::Everything;
            let elsewhere = running.turned < turned;
            if !ours && (half || elsewhere || via.is_some()) {
                // It did only half of what is asked for, asked somebody else, or went another way.
                continue;
            }
            return match outcome {
                Some(Ok(outcome)) => Ok(outcome),
                Some(Err(failure)) => Err(failure.into()),
                None => Err(Error::Broken("the sync ended without a word")),
            };
        }
    }

    /// Joins the sync that runs, or starts one; whether it was started.
    fn board(&self, scope: Scope, via: Option<&Via>) -> (Running, bool) {
        let mut running = self
            .inner
            .flight
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref().filter(|running| is_under_way(running)) {
            return (running.clone(), false);
        }
        let (tell, landed) = watch::channel(None);
        let begun = Running {
            scope,
            landed,
            turned: self.inner.flight.turned.load(Ordering::Relaxed),
        };
        *running = Some(begun.clone());
        let way = via.map_or(Way::Hub, |via| Way::Relay(Box::new(via.clone())));
        let engine = self.clone();
        tokio::spawn(async move {
            let turn = engine.inner.flight.turn.lock().await;
            let outcome = engine.metered(engine.run_sync(scope, way)).await;
            let outcome = outcome.map_err(Failure::from);
            drop(turn);
            let mut running = engine
                .inner
                .flight
                .running
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *running = None;
            drop(running);
            // Nobody may be waiting any more.
            let _ = tell.send(Some(outcome));
            engine.tell_changed();
        });
        (begun, true)
    }
}

//! One sync at a time: a second caller joins the first.

use std::sync::{Mutex, PoisonError};

use bantin_model::sync::Scope;
use bantin_wire::Failure;
use bantin_wire::ipc::device::SyncOutcome;
use tokio::sync::watch;

use crate::{Engine, Error, Result};

type Landed = Option<core::result::Result<SyncOutcome, Failure>>;

/// A sync under way, and what it does.
#[derive(Clone)]
struct Running {
    scope: Scope,
    landed: watch::Receiver<Landed>,
}

/// The sync that runs, if one does.
#[derive(Default)]
pub(crate) struct Flight {
    running: Mutex<Option<Running>>,
}

impl Flight {
    pub(crate) fn is_running(&self) -> bool {
        let running = self.running.lock();
        let running = running.unwrap_or_else(PoisonError::into_inner);
        running.as_ref().is_some_and(is_under_way)
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
        self.fly(Scope::Everything).await
    }

    /// Sends the letters that wait, and asks for nothing: the cheapest way out over a dear network. Joins a
    /// sync that runs.
    ///
    /// # Errors
    /// As [`Self::sync`].
    pub async fn send(&self) -> Result<SyncOutcome> {
        self.fly(Scope::Letters).await
    }

    async fn fly(&self, scope: Scope) -> Result<SyncOutcome> {
        loop {
            let mut running = self.board(scope);
            let outcome = running.landed.wait_for(Option::is_some).await;
            let outcome = outcome.map_err(|_| Error::Broken("the sync ended without a word"))?;
            let outcome = outcome.clone();
            if running.scope == Scope::Letters && scope == Scope::Everything {
                // It did only half of what is asked for.
                continue;
            }
            return match outcome {
                Some(Ok(outcome)) => Ok(outcome),
                Some(Err(failure)) => Err(failure.into()),
                None => Err(Error::Broken("the sync ended without a word")),
            };
        }
    }

    /// Joins the sync that runs, or starts one.
    fn board(&self, scope: Scope) -> Running {
        let mut running = self
            .inner
            .flight
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref().filter(|running| is_under_way(running)) {
            return running.clone();
        }
        let (tell, landed) = watch::channel(None);
        let begun = Running { scope, landed };
        *running = Some(begun.clone());
        let engine = self.clone();
        tokio::spawn(async move {
            let outcome = engine.run_sync(scope).await.map_err(Failure::from);
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
        begun
    }
}

//! One sync at a time: a second caller joins the first.

use std::sync::{Mutex, PoisonError};

use bantin_wire::Failure;
use bantin_wire::ipc::device::SyncOutcome;
use tokio::sync::watch;

use crate::{Engine, Error, Result};

type Landed = Option<core::result::Result<SyncOutcome, Failure>>;

/// The sync that runs, if one does.
#[derive(Default)]
pub(crate) struct Flight {
    running: Mutex<Option<watch::Receiver<Landed>>>,
}

impl Flight {
    pub(crate) fn is_running(&self) -> bool {
        let running = self.running.lock();
        let running = running.unwrap_or_else(PoisonError::into_inner);
        running.as_ref().is_some_and(is_under_way)
    }
}

/// Whether it can still land: one that broke off tells nobody.
fn is_under_way(landed: &watch::Receiver<Landed>) -> bool {
    landed.has_changed().is_ok()
}

impl Engine {
    /// Fetches news, sends letters, collects answers. A second call joins the first, and a caller that
    /// goes away does not stop it.
    ///
    /// # Errors
    /// The first thing a person should hear of. What was applied before stays.
    pub async fn sync(&self) -> Result<SyncOutcome> {
        let mut landed = self.board();
        let outcome = landed.wait_for(Option::is_some).await;
        let outcome = outcome.map_err(|_| Error::Broken("the sync ended without a word"))?;
        match outcome.clone() {
            Some(Ok(outcome)) => Ok(outcome),
            Some(Err(failure)) => Err(failure.into()),
            None => Err(Error::Broken("the sync ended without a word")),
        }
    }

    /// Joins the sync that runs, or starts one.
    fn board(&self) -> watch::Receiver<Landed> {
        let mut running = self
            .inner
            .flight
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(landed) = running.as_ref().filter(|landed| is_under_way(landed)) {
            return landed.clone();
        }
        let (tell, landed) = watch::channel(None);
        *running = Some(landed.clone());
        let engine = self.clone();
        tokio::spawn(async move {
            let outcome = engine.run_sync().await.map_err(Failure::from);
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
        landed
    }
}

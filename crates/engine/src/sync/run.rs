//! One sync from its first to its last effect.

use std::collections::VecDeque;

use bantin_model::sync::{Apply, Effect, Event, Request, Session, Start, Summary};
use bantin_view::{outcome, outcome_failure};
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::{Code, Failure};
use futures::StreamExt;
use futures::stream::FuturesUnordered;

use super::carry::Courier;
use crate::{Engine, Error, Result};

/// Requests under way at once. Two hide each other's round trips; more only compete for a thin line.
const REQUESTS_MAX: usize = 2;

impl Engine {
    pub(super) async fn run_sync(&self) -> Result<SyncOutcome> {
        let done = self.session().await;
        self.count_traffic().await?;
        let failure = match &done {
            Ok(summary) => outcome_failure(summary),
            Err(_) => None,
        };
        let news = self.stores().await.news;
        let code = failure.as_ref().map(|failure| failure.code.as_str());
        let noted = news.set_outcome(code.as_deref().unwrap_or_default()).await;
        self.judge_again().await?;
        let summary = done?;
        self.settle().await?;
        match failure {
            None => {
                noted?;
                self.prefetch().await;
                self.count_traffic().await?;
                Ok(outcome(&summary))
            }
            Some(failure) => Err(failure.into()),
        }
    }

    async fn session(&self) -> Result<Summary> {
        let stores = self.stores().await;
        let follow = stores.news.follow().await?;
        let follow = follow.ok_or_else(|| Failure::at(Code::NotFound, "place"))?;
        let agencies = self.reading().await?.directory;
        let start = Start {
            place: follow.place.clone(),
            pin: follow.pin,
            feeds: stores.news.feed_states().await?,
            etag: stores.news.freshness().await?.etag,
            outbox: stores.private.outbox().await?,
            mailboxes: stores.private.mailboxes(&agencies.reply_keys()).await?,
            receipt_keys: stores.news.receipt_keys().await?,
        };
        let courier = Courier {
            hub: self.inner.wire.hub(&follow.hub),
            folders: self.inner.folders.clone(),
            stores,
        };
        self.drive(Session::new(start), &courier).await
    }

    /// Carries out effects until the session has no more: applies one after the other as soon as they
    /// are asked for, requests a few at once.
    async fn drive(&self, mut session: Session, courier: &Courier) -> Result<Summary> {
        let mut applies: VecDeque<Box<Apply>> = VecDeque::new();
        let mut requests: VecDeque<Request> = VecDeque::new();
        let mut running = FuturesUnordered::new();
        let mut event = Event::Begin;
        loop {
            for effect in session.step(event, self.now()) {
                match effect {
                    Effect::Apply(apply) => applies.push_back(apply),
                    Effect::Request(request) => requests.push_back(request),
                    Effect::Finish(summary) => return Ok(summary),
                }
            }
            if let Some(apply) = applies.pop_front() {
                event = self.apply(*apply, courier).await;
                continue;
            }
            while running.len() < REQUESTS_MAX
                && let Some(request) = requests.pop_front()
            {
                running.push(courier.carry_out(request));
            }
            event = match running.next().await {
                Some(event) => event,
                None => return Err(Error::Broken("a sync waits for nothing")),
            };
        }
    }

    async fn count_traffic(&self) -> Result<()> {
        let moved = self.inner.wire.take_moved();
        if moved > 0 {
            let news = self.stores().await.news;
            news.add_traffic(&self.today().to_string(), moved).await?;
        }
        Ok(())
    }
}

//! What goes on beside the applies of a sync: requests, and segments that are being opened.

use std::collections::VecDeque;

use bantin_model::sync::{Event, Request, Unopened, next_request};
use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, select};

use super::carry::Courier;

/// Requests under way at once. Two hide each other's round trips; more only compete for a thin line.
const REQUESTS_MAX: usize = 2;
/// Segments opened at once: two keep the cores of a cheap phone busy, and each takes its raw length of memory.
const OPENING_MAX: usize = 2;

/// What waits, and what is under way.
pub(super) struct Beside<'a> {
    courier: &'a Courier,
    requests: VecDeque<Request>,
    segments: VecDeque<Box<Unopened>>,
    asking: FuturesUnordered<BoxFuture<'a, Event>>,
    opening: FuturesUnordered<BoxFuture<'a, Event>>,
}

impl<'a> Beside<'a> {
    pub(super) fn new(courier: &'a Courier) -> Self {
        Self {
            courier,
            requests: VecDeque::new(),
            segments: VecDeque::new(),
            asking: FuturesUnordered::new(),
            opening: FuturesUnordered::new(),
        }
    }

    pub(super) fn request(&mut self, request: Request) {
        self.requests.push_back(request);
    }

    pub(super) fn open(&mut self, segment: Box<Unopened>) {
        self.segments.push_back(segment);
    }

    /// Begins what may be under way with the rest.
    pub(super) fn begin(&mut self) {
        while self.opening.len() < OPENING_MAX
            && let Some(segment) = self.segments.pop_front()
        {
            self.opening.push(Box::pin(self.courier.open(*segment)));
        }
        while self.asking.len() < REQUESTS_MAX
            && let Some(request) = next_request(&mut self.requests)
        {
            self.asking.push(Box::pin(self.courier.carry_out(request)));
        }
    }

    /// Whether nothing is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.asking.is_empty() && self.opening.is_empty()
    }

    /// What happens first of what is under way; none if nothing is.
    pub(super) async fn next(&mut self) -> Option<Event> {
        select(&mut self.asking, &mut self.opening).next().await
    }
}

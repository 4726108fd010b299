//! Fetches the queue page by page, no more than the eye needs, and again when something may have changed.

use bantin_wire::Failure;
use bantin_wire::desk::conversation::{QueueList, QueueRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Kind;
use super::filter::Filter;
use crate::desk::state::Desk;

/// Rows in one answer: the hub's own limit.
const PAGE: u32 = 200;
/// Rows drawn at first, and with every *more*.
const DRAWN: usize = 60;

/// The fetched part of the queue.
#[derive(Clone, Copy)]
pub struct Pages {
    desk: Desk,
    kind: Kind,
    filter: RwSignal<Filter>,
    rows: RwSignal<Vec<QueueRow>>,
    /// How many matching rows are drawn at most.
    pub most: RwSignal<usize>,
    /// Everything is here.
    pub done: RwSignal<bool>,
    /// A page is on its way.
    pub busy: RwSignal<bool>,
    /// Why nothing came, while nothing is here.
    pub failure: RwSignal<Option<Failure>>,
    /// Outdates answers to older questions.
    turn: StoredValue<u32>,
}

impl Pages {
    /// Begins to fetch; starts anew when the hub's part of the filter or [`Desk::changes`] moves.
    pub fn new(desk: Desk, kind: Kind, filter: RwSignal<Filter>) -> Self {
        let pages = Self {
            desk,
            kind,
            filter,
            rows: RwSignal::new(Vec::new()),
            most: RwSignal::new(DRAWN),
            done: RwSignal::new(false),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            turn: StoredValue::new(0),
        };
        let open_only = Memo::new(move |_| filter.with(|f| f.open_only));
        Effect::new(move |before: Option<bool>| {
            desk.changes.track();
            let now = open_only.get();
            if before.is_some_and(|before| before != now) {
                pages.rows.set(Vec::new());
                pages.done.set(false);
                pages.most.set(DRAWN);
            }
            pages.fetch();
            now
        });
        // A narrower filter may need rows that were not fetched yet.
        Effect::new(move |before: Option<()>| {
            filter.track();
            if before.is_some() {
                pages.fill();
            }
        });
        pages
    }

    /// Fetched rows that the filter lets through.
    pub fn matching(self) -> Vec<QueueRow> {
        let filter = self.filter.get();
        let needle = filter.needle();
        self.rows.with(|rows| {
            rows.iter()
                .filter(|row| self.fits(row, &filter, &needle))
                .cloned()
                .collect()
        })
    }

    /// Draws more of them.
    pub fn show_more(self) {
        self.most.update(|most| *most += DRAWN);
        self.fill();
    }

    fn fits(self, row: &QueueRow, filter: &Filter, needle: &str) -> bool {
        row.kind == self.kind.code() && filter.lets_through(row, needle)
    }

    /// Fetches from the start as many rows as are here, and at least one page.
    fn fetch(self) {
        let here = self.rows.with_untracked(Vec::len);
        self.ask(Vec::new(), here.max(1), true);
    }

    /// Fetches on until enough rows match, or there are no more.
    fn fill(self) {
        if !self.done.get_untracked() && !self.busy.get_untracked() {
            let rows = self.rows.get_untracked();
            let here = rows.len();
            self.ask(rows, here + 1, false);
        }
    }

    /// One page after `rows`, then on while fewer than `at_least` are here or too few match.
    fn ask(self, rows: Vec<QueueRow>, at_least: usize, fresh: bool) {
        let Some(mine) = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        }) else {
            return;
        };
        self.busy.set(true);
        spawn_local(async move {
            let outcome = self.collect(rows, at_least, mine).await;
            if self.turn.try_get_value() != Some(mine) {
                return;
            }
            self.busy.set(false);
            match outcome {
                Ok((rows, done)) => {
                    self.failure.set(None);
                    self.done.set(done);
                    if self.rows.with_untracked(|old| *old != rows) {
                        self.rows.set(rows);
                    }
                }
                // What is here stays in view; the next round tries again.
                Err(failure) if fresh && self.rows.with_untracked(Vec::is_empty) => {
                    self.failure.set(Some(failure))
                }
                Err(failure) => {
                    self.desk.say_failure(&failure);
                }
            }
        });
    }

    async fn collect(
        self,
        mut rows: Vec<QueueRow>,
        at_least: usize,
        mine: u32,
    ) -> Result<(Vec<QueueRow>, bool), Failure> {
        loop {
            let offset = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let open_only = self.filter.with_untracked(|f| f.open_only);
            let page = self
                .desk
                .client
                .run(&QueueList {
                    open_only,
                    offset,
                    limit: PAGE,
                })
                .await?;
            let last = page.len() < PAGE as usize;
            rows.extend(page);
            if last || self.turn.try_get_value() != Some(mine) {
                return Ok((rows, last));
            }
            let filter = self.filter.get_untracked();
            let needle = filter.needle();
            let enough = self.most.get_untracked();
            let fitting = rows
                .iter()
                .filter(|row| self.fits(row, &filter, &needle))
                .take(enough)
                .count();
            if rows.len() >= at_least && fitting >= enough {
                return Ok((rows, false));
            }
        }
    }
}

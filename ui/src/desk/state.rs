//! What every screen of the desk shares: the officer's session, the address, the minute. One `Copy`
//! value in the context.

use bantin_model::time::Seconds;
use bantin_wire::desk::session::{Officer, OfficerPlace};
use bantin_wire::{Command, Failure};
use leptos::prelude::*;

use super::client::SignedIn;
use super::route::Route;
use crate::load::{Load, query_by};

/// The shared state of a signed-in window.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The way to the hub.
    pub client: SignedIn,
    /// Who is signed in.
    pub officer: RwSignal<Officer>,
    /// The screen.
    pub route: RwSignal<Route>,
    /// Grows whenever lists should be fetched again.
    pub changes: RwSignal<u32>,
    /// The clock of this device, to the half minute.
    pub now: RwSignal<Seconds>,
    /// Spoken by screen readers and shown for a moment as soon as it changes.
    pub said: RwSignal<String>,
    /// The list of keys is shown.
    pub help: RwSignal<bool>,
}

/// The shared state of this window.
pub fn desk() -> Desk {
    expect_context()
}

/// The clock of this device.
pub fn clock_now() -> Seconds {
    Seconds((js_sys::Date::now() / 1000.0) as u64)
}

impl Desk {
    /// The state right after signing in.
    pub fn new(client: SignedIn, officer: Officer, route: Route) -> Self {
        Self {
            client,
            officer: RwSignal::new(officer),
            route: RwSignal::new(route),
            changes: RwSignal::new(0),
            now: RwSignal::new(clock_now()),
            said: RwSignal::new(String::new()),
            help: RwSignal::new(false),
        }
    }

    /// Lets every list be fetched again.
    pub fn refresh(self) {
        self.now.set(clock_now());
        self.changes.update(|n| *n = n.wrapping_add(1));
    }

    /// Goes to a screen.
    pub fn go(self, route: &Route) {
        if let Some(window) = web_sys::window() {
            // Only fails for addresses that cannot be parsed; ours are made by `Route::href`.
            let _ = window.location().set_hash(&route.href());
        }
    }

    /// Places where the officer has `role` now.
    pub fn places_with(self, role: &str) -> Vec<OfficerPlace> {
        self.officer.with_untracked(|officer| {
            officer
                .places
                .iter()
                .filter(|place| place.roles.iter().any(|held| held == role))
                .cloned()
                .collect()
        })
    }

    /// Runs the command that `ask` makes, again whenever a signal read in it changes; see [`query_by`].
    pub fn query<C>(self, ask: impl Fn() -> Option<C> + 'static) -> RwSignal<Load<C::Reply>>
    where
        C: Command + Clone + PartialEq + 'static,
        C::Reply: Clone + PartialEq + Send + Sync + 'static,
    {
        query_by(ask, move |command: C| async move {
            self.client.run(&command).await
        })
    }

    /// Says a failure to screen readers and gives its text.
    pub fn say_failure(self, failure: &Failure) -> String {
        let text = crate::text::failure_text(failure);
        self.said.set(text.clone());
        text
    }
}

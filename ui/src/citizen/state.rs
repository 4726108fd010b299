//! What every screen of the citizen's app shares: status and settings of the device, the address, the
//! minute, the search words and the player. One `Copy` value in the context.

use bantin_model::time::Seconds;
use bantin_wire::ipc::device::{DeviceStatus, DeviceStatusGet, Settings, SettingsSet, SyncNow};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::player::Player;
use super::route::Route;
use super::start::Step;
use crate::engine;
use crate::text::failure_text;

/// The shared state.
#[derive(Clone, Copy)]
pub struct App {
    /// What the device knows.
    pub status: RwSignal<DeviceStatus>,
    /// How the person wants it.
    pub settings: RwSignal<Settings>,
    /// Grows whenever the engine says that something changed; reading it makes a query run again.
    pub changes: RwSignal<u32>,
    /// The screen.
    pub route: RwSignal<Route>,
    /// The clock of this device, to the half minute.
    pub now: RwSignal<Seconds>,
    /// Words in the search field.
    pub words: RwSignal<String>,
    /// Spoken by screen readers as soon as it changes.
    pub said: RwSignal<String>,
    /// A sync that the person asked for is running.
    pub syncing: RwSignal<bool>,
    /// Where the first start stands: choosing a language builds the screen anew, this must survive it.
    pub first_step: RwSignal<Step>,
    /// What plays.
    pub player: Player,
}

/// The shared state of this window.
pub fn app() -> App {
    expect_context()
}

/// The clock of this device.
pub fn clock_now() -> Seconds {
    Seconds((js_sys::Date::now() / 1000.0) as u64)
}

impl App {
    /// The state before the engine has answered.
    pub fn new(settings: Settings, status: DeviceStatus, route: Route) -> Self {
        Self {
            status: RwSignal::new(status),
            settings: RwSignal::new(settings),
            changes: RwSignal::new(0),
            route: RwSignal::new(route),
            now: RwSignal::new(clock_now()),
            words: RwSignal::new(String::new()),
            said: RwSignal::new(String::new()),
            syncing: RwSignal::new(false),
            first_step: RwSignal::new(Step::default()),
            player: Player::new(),
        }
    }

    /// Reads the status again and lets every query run again.
    pub fn refresh(self) {
        self.now.set(clock_now());
        self.changes.update(|n| *n = n.wrapping_add(1));
        spawn_local(async move {
            if let Ok(status) = engine::run(&DeviceStatusGet {}).await
                && self.status.get_untracked() != status
            {
                self.status.set(status);
            }
        });
    }

    /// Fetches news and sends letters. `aloud`: the person asked, so the outcome is said.
    pub fn sync(self, aloud: bool) {
        if self.syncing.get_untracked() {
            return;
        }
        self.syncing.set(aloud);
        spawn_local(async move {
            let outcome = engine::run(&SyncNow {}).await;
            self.syncing.set(false);
            if aloud {
                self.said.set(match outcome {
                    Ok(brought) if brought.records_changed + brought.entries_received > 0 => {
                        crate::t!("sync-brought")
                    }
                    Ok(_) => crate::t!("sync-nothing-new"),
                    Err(failure) => failure_text(&failure),
                });
            }
            self.refresh();
        });
    }

    /// Changes the settings here and on the device.
    pub fn set_settings(self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.get_untracked();
        change(&mut settings);
        self.settings.set(settings.clone());
        spawn_local(async move {
            if let Err(failure) = engine::run(&SettingsSet { settings }).await {
                self.said.set(failure_text(&failure));
            }
        });
    }

    /// A letter that began the conversation `id` is safe on this device: says so, tries to send it and shows
    /// where the answer will be.
    pub fn sent(self, id: String) {
        self.said.set(crate::t!("question-saved"));
        self.sync(false);
        self.go(&Route::Ask { open: Some(id) });
    }

    /// Goes to a screen.
    pub fn go(self, route: &Route) {
        if let Some(window) = web_sys::window() {
            // Only fails for addresses that cannot be parsed; ours are made by `Route::href`.
            let _ = window.location().set_hash(&route.href());
        }
    }

    /// The last sync failed for want of a network.
    pub fn offline(self) -> bool {
        self.status
            .with(|s| matches!(s.last_failure, Some(Code::Offline | Code::NotAHub)))
    }
}

/// Says a failure to screen readers and gives its text.
pub fn said_failure(app: App, failure: &Failure) -> String {
    let text = failure_text(failure);
    app.said.set(text.clone());
    text
}

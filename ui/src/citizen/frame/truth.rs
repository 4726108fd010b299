//! The line that always tells the truth: how fresh the news are, and what waits to be sent.

use bantin_model::budget::Holds;
use bantin_wire::ipc::device::DeviceStatus;
use leptos::prelude::*;

use super::super::state::{App, app};
use crate::component::button::IconButton;
use crate::component::icon::{Glyph, Icon};
use crate::t;
use crate::text::{ago, date};

/// The line.
#[component]
pub fn Truth() -> impl IntoView {
    let app = app();
    view! {
        <p class="truth" class:truth-mind=move || app.status.with(|s| s.stale || s.clock_wrong)>
            {move || {
                let icon = app.status.with(icon_of);
                view! { <Glyph icon=icon /> }
            }}
            <span>{move || line(app)}</span>
        </p>
    }
}

fn icon_of(status: &DeviceStatus) -> Icon {
    match () {
        () if status.clock_wrong => Icon::Warning,
        () if status.last_failure.is_some() => Icon::CloudOff,
        () if status.stale => Icon::Clock,
        () => Icon::Cloud,
    }
}

fn line(app: App) -> String {
    let now = app.now.get();
    let syncing = app.syncing.get();
    let offline = app.offline();
    app.status.with(|status| {
        let mut parts = Vec::new();
        if syncing || status.syncing {
            parts.push(t!("truth-syncing"));
        } else if status.clock_wrong {
            parts.push(t!("truth-clock"));
        } else if offline {
            parts.push(t!("truth-offline"));
        } else if status.last_failure.is_some() {
            parts.push(t!("truth-failed"));
        }
        match (status.stale, status.signed_at, status.updated_at) {
            (true, Some(signed), _) => parts.push(t!("truth-stale", date = date(signed))),
            (_, _, Some(at)) => parts.push(t!("truth-updated", ago = ago(at, now))),
            _ => parts.push(t!("truth-never")),
        }
        match status.holds {
            Some(Holds::Month) => parts.push(t!("truth-spent-month")),
            Some(_) => parts.push(t!("truth-spent-day")),
            None => {}
        }
        if status.letters_waiting > 0 {
            parts.push(t!(
                "truth-waiting",
                count = i64::from(status.letters_waiting)
            ));
        }
        parts.join(" · ")
    })
}

/// Fetches and sends now.
#[component]
pub fn SyncButton() -> impl IntoView {
    let app = app();
    view! {
        <span class="top-sync" class:top-syncing=move || app.syncing.get()>
            <IconButton icon=Icon::Refresh label=t!("sync-now") on_press=move || app.sync(true) />
        </span>
    }
}

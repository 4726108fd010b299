//! What this phone holds and what it cost to fetch.

use bantin_wire::ipc::device::StorageGet;
use leptos::prelude::*;

use super::Panel;
use crate::citizen::route::Route;
use crate::citizen::state::app;
use crate::component::button::ButtonLink;
use crate::component::icon::Icon;
use crate::load::query;
use crate::t;
use crate::text::bytes_text;

/// Bytes held and moved, each as a bar with its figure in words.
#[component]
pub fn Held() -> impl IntoView {
    let app = app();
    let storage = query(move || {
        app.changes.track();
        Some(StorageGet {})
    });
    let held = move || {
        storage.with(|load| {
            let s = load.ready()?;
            let all = s.news_bytes + s.media_bytes + s.private_bytes;
            Some(view! {
                {bar(t!("held-news"), s.news_bytes, all)}
                {bar(t!("held-media"), s.media_bytes, all)}
                {bar(t!("held-private"), s.private_bytes, all)}
            })
        })
    };
    let moved = move || {
        storage.with(|load| {
            let s = load.ready()?;
            Some(view! {
                {bar(t!("moved-today"), s.traffic_today_bytes, s.traffic_month_bytes)}
                {bar(t!("moved-month"), s.traffic_month_bytes, s.traffic_month_bytes)}
            })
        })
    };
    view! {
        <Panel icon=Icon::Storage id="me-held" title=t!("me-held")>{held}</Panel>
        <Panel icon=Icon::Upload id="me-moved" title=t!("me-moved")>
            {moved}
            <ButtonLink icon=Icon::Storage text=t!("data-open") href=Route::Data.href() />
        </Panel>
    }
}

pub(crate) fn bar(name: String, bytes: u64, of: u64) -> impl IntoView {
    let share = (bytes.saturating_mul(100)).checked_div(of).unwrap_or(0);
    view! {
        <div class="bar">
            <span class="bar-name">{name}</span>
            <span class="bar-size">{bytes_text(bytes)}</span>
            <progress class="bar-line" max="100" value=share aria-hidden="true"></progress>
        </div>
    }
}

//! The frame around every screen: the rail with the four destinations, the officer, and what was said.

mod help;
mod keys;
mod officer;

use std::time::Duration;

use bantin_wire::desk::session::Officer;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::client::SignedIn;
use super::route::{Route, Section};
use super::state::{Desk, clock_now};
use super::{editor, product, published, queue};
use crate::component::brocade::{Brocade, Motif};
use crate::component::icon::{Glyph, Icon};
use crate::t;

/// How often shown times move on.
const TICK: Duration = Duration::from_secs(30);
/// How often lists are fetched again while the desk lies open.
const AGAIN: Duration = Duration::from_secs(60);

/// The room of a signed-in officer.
#[component]
pub fn Frame(
    /// The way to the hub.
    client: SignedIn,
    /// Who is signed in.
    officer: Officer,
    /// Signs out.
    on_leave: impl Fn() + Clone + 'static,
) -> impl IntoView {
    let desk = Desk::new(client, officer, Route::parse(&hash()));
    provide_context(desk);
    follow(desk);
    keys::listen(desk);
    let section = Memo::new(move |_| desk.route.with(Route::section));
    Effect::new(move |_| set_title(&name(section.get())));
    let screen = move || match section.get() {
        Section::Queue => view! { <queue::Queue /> }.into_any(),
        Section::Write => view! { <editor::Write /> }.into_any(),
        Section::Published => view! { <published::Published /> }.into_any(),
        Section::Products => view! { <product::Products /> }.into_any(),
    };
    view! {
        <div class="desk-frame" class:desk-open=move || desk.route.with(Route::is_open)>
            <button type="button" class="skip" on:click=move |_| focus("[data-row]")>{t!("desk-skip")}</button>
            <header class="rail">
                <p class="rail-brand">
                    <span class="rail-name">"Bản Tin"</span>
                    <Brocade motif=Motif::Mountain />
                </p>
                <nav class="rail-nav" aria-label=t!("desk-nav")>
                    {Section::ALL.map(|to| view! { <Destination to=to here=section /> }).collect_view()}
                </nav>
                <officer::OfficerBox on_leave=on_leave />
            </header>
            <main class="desk-main" id="main">{screen}</main>
            <help::Help open=desk.help />
            <Said />
        </div>
    }
}

/// Follows the address and the clock for as long as the room lasts.
fn follow(desk: Desk) {
    let hash_moved = window_event_listener_untyped("hashchange", move |_| {
        let route = Route::parse(&hash());
        if desk.route.get_untracked() != route {
            desk.route.set(route);
        }
    });
    let tick = set_interval_with_handle(move || desk.now.set(clock_now()), TICK).ok();
    let again = set_interval_with_handle(
        move || {
            // A window nobody looks at asks nobody.
            let hidden = web_sys::window()
                .and_then(|w| w.document())
                .is_some_and(|d| d.hidden());
            if !hidden && !desk.client.lost.get_untracked() {
                desk.refresh();
            }
        },
        AGAIN,
    )
    .ok();
    on_cleanup(move || {
        hash_moved.remove();
        for handle in [tick, again].into_iter().flatten() {
            handle.clear();
        }
    });
}

#[component]
fn Destination(to: Section, here: Memo<Section>) -> impl IntoView {
    let icon = match to {
        Section::Queue => Icon::Ask,
        Section::Write => Icon::Pen,
        Section::Published => Icon::News,
        Section::Products => Icon::Box,
    };
    view! {
        <a class="rail-item" href=to.home().href() aria-current=move || (here.get() == to).then_some("page")>
            <Glyph icon=icon />
            <span>{name(to)}</span>
        </a>
    }
}

/// A destination in words.
fn name(section: Section) -> String {
    match section {
        Section::Queue => t!("desk-nav-queue"),
        Section::Write => t!("desk-nav-write"),
        Section::Published => t!("desk-nav-published"),
        Section::Products => t!("desk-nav-products"),
    }
}

/// What was just done, spoken and shown for a moment.
#[component]
fn Said() -> impl IntoView {
    let said = super::state::desk().said;
    view! {
        <div class="said" role="status" aria-live="polite">
            {move || {
                let text = said.get();
                (!text.is_empty()).then(|| view! { <p class="said-text">{text}</p> })
            }}
        </div>
    }
}

fn hash() -> String {
    web_sys::window()
        .and_then(|w| w.location().hash().ok())
        .unwrap_or_default()
}

fn set_title(place: &str) {
    if let Some(document) = web_sys::window().and_then(|w| w.document()) {
        document.set_title(&format!("{place} · Bản Tin"));
    }
}

/// Puts the focus on the first visible element that `selector` finds.
pub fn focus(selector: &str) {
    if let Some(element) = visible(selector).into_iter().next() {
        // Focusing an element of the page cannot fail.
        let _ = element.focus();
    }
}

/// Puts the focus on the first visible `field`; where none is wrong by itself, brings `notice` into view.
pub fn reveal(field: &str, notice: &str) {
    if let Some(element) = visible(field).into_iter().next() {
        // Focusing an element of the page cannot fail.
        let _ = element.focus();
    } else if let Some(element) = visible(notice).into_iter().next() {
        element.scroll_into_view();
    }
}

/// Every element that `selector` finds and that is on the screen, in order.
fn visible(selector: &str) -> Vec<HtmlElement> {
    let document = web_sys::window().and_then(|w| w.document());
    let Some(found) = document.and_then(|d| d.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.offset_height() > 0)
        .collect()
}

/// Writes the address of what is shown already, without a new step in the history.
pub fn replace_address(route: &Route) {
    if let Some(history) = web_sys::window().and_then(|w| w.history().ok()) {
        // Only the part after `#` changes, which every origin may do.
        let _ =
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.href()));
    }
}

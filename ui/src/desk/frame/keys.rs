//! Work without a mouse. Rows, fields and buttons that keys reach carry `data-row`, `data-mark` and
//! `data-send`; nothing here knows what they do.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::super::route::{Route, Section, Work};
use super::super::state::Desk;
use super::{focus, visible};

/// Listens for as long as the room lasts.
pub fn listen(desk: Desk) {
    let handle = window_event_listener_untyped("keydown", move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && !event.is_composing()
            && !desk.client.lost.get_untracked()
            && act(desk, event)
        {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether the key meant something here.
fn act(desk: Desk, event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    if event.ctrl_key() || event.meta_key() {
        return match event.key().as_str() {
            "Enter" => press(target.as_ref(), "[data-send]"),
            "s" => press(target.as_ref(), "[data-save]"),
            _ => false,
        };
    }
    // A dialog has its own keys.
    let inside = |what: &str| {
        target
            .as_ref()
            .is_some_and(|t| t.closest(what).ok().flatten().is_some())
    };
    if event.alt_key() || inside("dialog") {
        return false;
    }
    if inside("input:not([type=checkbox]):not([type=radio]), textarea, select") {
        return event.key() == "Escape" && blur(target.as_ref());
    }
    let arrows = inside("[data-row]");
    match event.key().as_str() {
        "j" => step(1),
        "k" => step(-1),
        "ArrowDown" if arrows => step(1),
        "ArrowUp" if arrows => step(-1),
        "/" => reach("[data-mark=search]"),
        "r" => reach("[data-mark=reply]"),
        "?" => {
            desk.help.set(true);
            true
        }
        "n" => go(desk, &Route::Write(Work::New("notice".into()))),
        "Escape" => desk
            .route
            .with_untracked(Route::above)
            .is_some_and(|above| go(desk, &above)),
        digit => section(digit).is_some_and(|section| go(desk, &section.home())),
    }
}

fn section(key: &str) -> Option<Section> {
    let at = key.parse::<usize>().ok()?.checked_sub(1)?;
    Section::ALL.get(at).copied()
}

fn go(desk: Desk, route: &Route) -> bool {
    desk.go(route);
    true
}

fn reach(selector: &str) -> bool {
    focus(selector);
    true
}

fn blur(target: Option<&Element>) -> bool {
    // Leaving a field cannot fail.
    target
        .and_then(|t| t.dyn_ref::<HtmlElement>())
        .is_some_and(|element| element.blur().is_ok())
}

/// The next or the previous row; from nowhere the open one, else the first.
fn step(by: i32) -> bool {
    let rows = visible("[data-row]");
    let active = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.active_element());
    let here = rows
        .iter()
        .position(|row| active.as_ref().is_some_and(|a| a.is_same_node(Some(row))));
    let open = || {
        rows.iter()
            .position(|row| row.has_attribute("aria-current"))
    };
    let next = match (here.or_else(open), by) {
        (None, _) => 0,
        (Some(at), 1) => (at + 1).min(rows.len().saturating_sub(1)),
        (Some(at), _) => at.saturating_sub(1),
    };
    // Focusing an element of the page cannot fail.
    rows.get(next).is_some_and(|row| row.focus().is_ok())
}

/// Presses the button `selector` finds in the form around `target`, else the first on the screen.
fn press(target: Option<&Element>, selector: &str) -> bool {
    let around = target.and_then(|t| t.closest("[data-form]").ok().flatten());
    let button = around
        .and_then(|form| form.query_selector(selector).ok().flatten())
        .and_then(|button| button.dyn_into::<HtmlElement>().ok())
        .or_else(|| visible(selector).into_iter().next());
    match button {
        Some(button) => {
            button.click();
            true
        }
        None => false,
    }
}

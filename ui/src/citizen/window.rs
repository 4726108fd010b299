//! What the app does to the browser's window: address, title, theme, text size, focus, the minute.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::route::Route;
use super::state::{App, clock_now};
use crate::engine;
use crate::text::language::direction;

/// How often the shown times are brought up to date.
const MINUTE: Duration = Duration::from_secs(30);
/// Several changes that come together are read once.
const SETTLE: Duration = Duration::from_millis(120);

/// The part of the address after the page, with its `#`.
pub fn hash() -> String {
    web_sys::window()
        .and_then(|w| w.location().hash().ok())
        .unwrap_or_default()
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Reloading one's own page is always allowed.
        let _ = window.location().reload();
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Writes what broke to the browser's console, and on the page that it must be opened again: a module that
/// panicked answers no tap any more. What was typed is kept by the engine.
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|what| {
        web_sys::console::error_1(&what.to_string().into());
        if let Some(root) = document().and_then(|d| d.document_element()) {
            // Attributes of the root element can always be set.
            let _ = root.set_attribute("data-boot", "failed");
        }
    }));
}

/// Follows the address, the engine's changes and the clock.
pub fn listen(app: App) {
    // The window listens for as long as it lives: the handles are not needed.
    let _ = window_event_listener_untyped("hashchange", move |_| {
        let route = Route::parse(&hash());
        if app.route.get_untracked() != route {
            app.route.set(route);
            set_timeout(arrive, Duration::ZERO);
        }
    });
    let _ = window_event_listener_untyped("online", move |_| app.sync(false));
    let settling = RwSignal::new(false);
    engine::on_change(move || {
        if !settling.get_untracked() {
            settling.set(true);
            set_timeout(
                move || {
                    settling.set(false);
                    app.refresh();
                },
                SETTLE,
            );
        }
    });
    set_interval(move || app.now.set(clock_now()), MINUTE);
}

/// Keeps language, direction, theme and text size of the page as the settings say.
pub fn dress(app: App) {
    Effect::new(move |_| {
        let settings = app.settings.get();
        let Some(root) = document().and_then(|d| d.document_element()) else {
            return;
        };
        let size = match settings.text_percent {
            ..=112 => "text-100",
            113..=137 => "text-125",
            138..=162 => "text-150",
            163..=187 => "text-175",
            _ => "text-200",
        };
        let theme = match settings.theme.as_str() {
            "light" => "theme-light",
            "dark" => "theme-dark",
            _ => "theme-auto",
        };
        let lang = crate::text::interface_tag(&settings.language);
        // Attributes of the root element can always be set.
        let _ = root.set_attribute("class", &format!("{theme} {size}"));
        let _ = root.set_attribute("lang", lang);
        let _ = root.set_attribute("dir", direction(lang));
    });
}

/// Says where we are to the title bar.
pub fn set_title(place: &str) {
    if let Some(document) = document() {
        document.set_title(&format!("{place} · Bản Tin"));
    }
}

/// Puts the focus where the new screen begins, so that a screen reader reads on from there.
pub fn arrive() {
    let Some(document) = document() else { return };
    let Ok(marked) = document.query_selector_all("[data-arrive]") else {
        return;
    };
    let last = (0..marked.length())
        .filter_map(|at| marked.get(at)?.dyn_into::<HtmlElement>().ok())
        .rfind(|element| element.offset_parent().is_some() || element.offset_height() > 0);
    if let Some(element) = last {
        // A form begins at its top; lists and readers scroll by themselves and stay where they are.
        if let Some(main) = document.get_element_by_id("main") {
            main.set_scroll_top(0);
        }
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // Focusing an element of the page cannot fail.
        let _ = element.focus_with_options(&options);
    }
}

/// Leads to the field that is wrong, once it says so; to the words about it where no field is marked.
pub fn show_fault() {
    let look = || {
        let wrong = "main [aria-invalid=true], main .callout-wrong";
        let found = document().and_then(|d| d.query_selector(wrong).ok().flatten());
        let Some(element) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        // Focusing an element of the page cannot fail.
        let _ = element.focus();
        let place = ScrollIntoViewOptions::new();
        place.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&place);
    };
    set_timeout(look, std::time::Duration::ZERO);
}

/// Whether this window can print: the web view of an Android app takes the call and does nothing.
pub fn can_print() -> bool {
    let agent = web_sys::window().and_then(|w| w.navigator().user_agent().ok());
    !engine::in_app() || !agent.unwrap_or_default().contains("Android")
}

/// Opens the system's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A system without a printer says so itself.
        let _ = window.print();
    }
}

/// Writes the address of a screen that is shown already, without a new step in the history.
pub fn replace_address(route: &Route) {
    if let Some(history) = web_sys::window().and_then(|w| w.history().ok()) {
        // Only the part after `#` changes, which every origin may do.
        let _ =
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.href()));
    }
}

/// The first screen again, with nothing kept in this window.
pub fn begin_anew() {
    replace_address(&Route::Home);
    reload();
}

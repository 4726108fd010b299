//! Small pills: a fact beside a title, or one of several choices in a row.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A fact, never only by colour.
#[component]
pub fn Fact(
    /// Its drawing.
    icon: Icon,
    /// Its words.
    #[prop(into)]
    text: String,
    /// `fact-red`, `fact-leaf`, … or nothing.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <span class=format!("fact {class}")>
            <Glyph icon=icon />
            <span>{text}</span>
        </span>
    }
}

/// A link among others in a row; one of them is where we are.
#[component]
pub fn ChipLink(
    /// Its drawing.
    icon: Icon,
    /// Its words.
    #[prop(into)]
    text: String,
    /// Where it leads.
    href: String,
    /// We are there.
    #[prop(into)]
    here: Signal<bool>,
) -> impl IntoView {
    view! {
        <a class="chip" href=href aria-current=move || here.get().then_some("true")>
            <Glyph icon=icon />
            <span>{text}</span>
        </a>
    }
}

/// A choice among others in a row.
#[component]
pub fn Chip(
    /// Its words.
    #[prop(into)]
    text: String,
    /// Language of the words, if not that of the screen.
    lang: Option<String>,
    /// It is chosen.
    #[prop(into)]
    chosen: Signal<bool>,
    /// Called when pressed.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            lang=lang
            aria-pressed=move || if chosen.get() { "true" } else { "false" }
            on:click=move |_| on_press()
        >
            <span>{text}</span>
        </button>
    }
}

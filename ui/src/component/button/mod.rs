//! Buttons and links that look like buttons: always an icon and words.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do here.
    Main,
    /// Something else one can do.
    #[default]
    Plain,
    /// Without a border, in a row of others.
    Quiet,
    /// Something that cannot be undone.
    Danger,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Self::Main => "button button-main",
            Self::Plain => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button.
#[component]
pub fn Button(
    /// Its drawing.
    icon: Icon,
    /// Its words: a verb.
    #[prop(into)]
    text: String,
    /// How much it asks to be pressed.
    #[prop(optional)]
    weight: Weight,
    /// It works: pressing again does nothing.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Called when pressed.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=weight.class()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |_| {
                if !busy.get_untracked() {
                    on_press();
                }
            }
        >
            <Glyph icon=icon />
            <span>{text}</span>
        </button>
    }
}

/// A link to another screen that looks like a button.
#[component]
pub fn ButtonLink(
    /// Its drawing.
    icon: Icon,
    /// Its words.
    #[prop(into)]
    text: String,
    /// How much it asks to be pressed.
    #[prop(optional)]
    weight: Weight,
    /// Where it leads.
    href: String,
) -> impl IntoView {
    view! {
        <a class=weight.class() href=href>
            <Glyph icon=icon />
            <span>{text}</span>
        </a>
    }
}

/// A button of an icon alone, with a spoken label.
#[component]
pub fn IconButton(
    /// Its drawing.
    #[prop(into)]
    icon: Signal<Icon>,
    /// What it does, spoken and shown as a tip.
    #[prop(into)]
    label: Signal<String>,
    /// Stays pressed: on or off; none for an ordinary button.
    #[prop(optional, into)]
    pressed: Signal<Option<bool>>,
    /// Called when pressed.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=label
            title=label
            aria-pressed=move || pressed.get().map(|on| if on { "true" } else { "false" })
            on:click=move |_| on_press()
        >
            {move || view! { <Glyph icon=icon.get() /> }}
        </button>
    }
}

//! A few plain words about a state: what is so, and what can be done.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Calm,
    /// Worth noticing before going on.
    Mind,
    /// Something did not work.
    Wrong,
    /// Something is proven.
    Good,
}

/// A callout. `Wrong` is spoken at once.
#[component]
pub fn Callout(
    /// How serious it is.
    tone: Tone,
    /// Its drawing.
    icon: Icon,
    /// The words.
    #[prop(into)]
    text: String,
    /// Buttons under it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, role) = match tone {
        Tone::Calm => ("callout", None),
        Tone::Mind => ("callout callout-mind", None),
        Tone::Wrong => ("callout callout-wrong", Some("alert")),
        Tone::Good => ("callout callout-good", None),
    };
    view! {
        <div class=class role=role>
            <Glyph icon=icon />
            <div class="callout-body">
                <p>{text}</p>
                {children.map(|children| view! { <div class="callout-acts">{children()}</div> })}
            </div>
        </div>
    }
}

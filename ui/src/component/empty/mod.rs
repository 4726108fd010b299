//! What is shown where there is nothing, or where something did not come.

use bantin_wire::Failure;
use leptos::prelude::*;

use super::brocade::{Brocade, Motif};
use super::button::{Button, Weight};
use super::icon::{Glyph, Icon};
use crate::t;
use crate::text::failure_text;

/// Nothing here: why, and what one can do.
#[component]
pub fn Empty(
    /// Its drawing.
    icon: Icon,
    /// What is so.
    #[prop(into)]
    title: String,
    /// What one can do about it; may be empty.
    #[prop(optional, into)]
    text: String,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Brocade motif=Motif::Star />
            <Glyph icon=icon />
            <p class="empty-title">{title}</p>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// It did not come: why, and again.
#[component]
pub fn Failed(
    /// Why.
    failure: Failure,
    /// Tries again.
    on_retry: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <div class="empty" role="alert">
            <Glyph icon=Icon::Warning />
            <p class="empty-title">{failure_text(&failure)}</p>
            <Button icon=Icon::Refresh text=t!("retry") weight=Weight::Plain on_press=on_retry />
        </div>
    }
}

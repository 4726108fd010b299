//! The box: a heading, what the act asks for, *cancel* and the button that does it.

use leptos::prelude::*;

use super::Way;
use crate::component::button::Button;
use crate::component::dialog::modal;
use crate::component::icon::{Glyph, Icon};
use crate::t;

/// The box of a [`Way`]. Escape and *cancel* close it; Enter sends.
#[component]
pub fn WayDialog<T>(
    /// Its way.
    way: Way<T>,
    /// Names it in the page; unique on a screen.
    id: &'static str,
    /// The heading.
    #[prop(into)]
    title: String,
    /// Classes of the box.
    #[prop(default = "dialog")]
    class: &'static str,
    /// Drawing of the button that does it.
    icon: Icon,
    /// Its words: a verb.
    #[prop(into)]
    act: Signal<String>,
    /// It takes something away.
    #[prop(optional)]
    danger: bool,
    /// Sends.
    on_send: impl Fn() + 'static,
    /// It was closed, one way or another.
    on_close: impl Fn() + 'static,
    /// What it asks for.
    children: Children,
) -> impl IntoView
where
    T: Send + Sync + 'static,
{
    let (open, busy) = (way.open, way.busy);
    let node = modal(open);
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    let close = move |_| {
        open.set(false);
        way.failure.set(None);
        on_close();
    };
    let weight = if danger {
        "button button-danger"
    } else {
        "button button-main"
    };
    view! {
        <dialog class=class node_ref=node aria-labelledby=labelled on:close=close>
            <form
                data-form
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    on_send();
                }
            >
                <h2 id=heading>{title}</h2>
                {children()}
                <div class="dialog-acts">
                    <Button icon=Icon::Close text=t!("desk-cancel") on_press=move || open.set(false) />
                    <button type="submit" class=weight aria-busy=move || busy.get().then_some("true")>
                        <Glyph icon=icon />
                        <span>{move || act.get()}</span>
                    </button>
                </div>
            </form>
        </dialog>
    }
}

//! The browser's own modal dialog, and the one that asks before something that cannot be undone.

use leptos::html;
use leptos::prelude::*;

use super::button::{Button, Weight};
use super::icon::Icon;
use crate::t;

/// A dialog that is open as long as `open` says so. It keeps Tab inside, closes with Escape and gives focus
/// back afterwards. Its `close` event must turn `open` off.
pub fn modal(open: RwSignal<bool>) -> NodeRef<html::Dialog> {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            match (open.get(), dialog.open()) {
                // Only fails when it is open already.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    node
}

/// A question over the screen. Focus goes to *no*, Escape means *no*, and Tab stays inside.
#[component]
pub fn Confirm(
    /// It is asked.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: String,
    /// What will happen.
    #[prop(into)]
    text: String,
    /// Words of the button that does it.
    #[prop(into)]
    yes: String,
    /// Its drawing.
    icon: Icon,
    /// Does it.
    on_yes: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let dialog = modal(open);
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="dialog-title" on:close=move |_| open.set(false)>
            <h2 id="dialog-title">{title}</h2>
            <p>{text}</p>
            <div class="dialog-acts">
                <Button icon=Icon::Back text=t!("no-back") weight=Weight::Main on_press=move || open.set(false) />
                <Button
                    icon=icon
                    text=yes
                    weight=Weight::Danger
                    on_press=move || {
                        open.set(false);
                        on_yes();
                    }
                />
            </div>
        </dialog>
    }
}

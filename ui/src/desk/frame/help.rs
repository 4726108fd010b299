//! The list of keys.

use leptos::prelude::*;

use crate::component::button::{Button, Weight};
use crate::component::dialog::modal;
use crate::component::icon::Icon;
use crate::t;

/// Every key and what it does.
#[component]
pub fn Help(
    /// It is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let node = modal(open);
    let rows = [
        (vec!["1", "2", "3", "4"], t!("desk-key-section")),
        (vec!["j", "k", "↓", "↑"], t!("desk-key-row")),
        (vec!["Enter"], t!("desk-key-open")),
        (vec!["/"], t!("desk-key-search")),
        (vec!["r"], t!("desk-key-reply")),
        (vec!["n"], t!("desk-key-new")),
        (vec!["Ctrl Enter"], t!("desk-key-send")),
        (vec!["Ctrl S"], t!("desk-key-save")),
        (vec!["Esc"], t!("desk-key-back")),
        (vec!["?"], t!("desk-key-help")),
    ]
    .into_iter()
    .map(|(keys, does)| {
        let keys = keys
            .into_iter()
            .map(|key| view! { <kbd>{key}</kbd> })
            .collect_view();
        view! {
            <dt>{keys}</dt>
            <dd>{does}</dd>
        }
    })
    .collect_view();
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby="help-title" on:close=move |_| open.set(false)>
            <h2 id="help-title">{t!("desk-help")}</h2>
            <dl class="keys">{rows}</dl>
            <div class="dialog-acts">
                <Button icon=Icon::Check text=t!("desk-close") weight=Weight::Main on_press=move || open.set(false) />
            </div>
        </dialog>
    }
}

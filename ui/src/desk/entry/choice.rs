//! Choosing one of many, and on or off: the browser's own controls.

use leptos::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::Fault;
use crate::component::field::target;

/// One of many, as a list that opens.
#[component]
pub fn Pick(
    /// Names the field in the page; unique on a screen.
    #[prop(into)]
    id: String,
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// Values and their words, in order.
    options: Vec<(String, String)>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the chosen value.
    on_pick: impl Fn(String) + 'static,
    /// What is wrong with it.
    #[prop(optional, into)]
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let fault_id = format!("{id}-fault");
    let described = fault_id.clone();
    let rows = options
        .into_iter()
        .map(|(own, words)| {
            let mine = own.clone();
            view! { <option value=own selected=move || value.with(|v| *v == mine)>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:field-wrong=move || fault.with(Option::is_some)>
            <label class="field-label" for=id.clone()>{label}</label>
            <select
                id=id
                class="entry pick"
                aria-describedby=described
                aria-invalid=move || fault.with(Option::is_some).then_some("true")
                on:change=move |event| {
                    if let Some(select) = target::<HtmlSelectElement>(&event) { on_pick(select.value()) }
                }
            >
                {rows}
            </select>
            <Fault id=fault_id fault=fault />
        </div>
    }
}

/// On or off, with words.
#[component]
pub fn Switch(
    /// What is on.
    #[prop(into)]
    label: String,
    /// What it means; may be empty.
    #[prop(optional, into)]
    hint: String,
    /// It is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Called with the new state.
    on_turn: impl Fn(bool) + 'static,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                prop:checked=move || on.get()
                on:change=move |event| {
                    if let Some(input) = target::<HtmlInputElement>(&event) { on_turn(input.checked()) }
                }
            />
            <span>
                {label}
                {(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}
            </span>
        </label>
    }
}

//! Text fields: a label above, a hint below, and what is wrong right at the field. What was typed stays.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::icon::{Glyph, Icon};

/// A field for words.
#[component]
pub fn Field(
    /// Names the field in the page; unique on a screen.
    id: &'static str,
    /// What to write.
    #[prop(into)]
    label: String,
    /// An example or a reason; may be empty.
    #[prop(optional, into)]
    hint: String,
    /// What is written.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    fault: Signal<Option<String>>,
    /// Several lines.
    #[prop(optional)]
    long: bool,
    /// `text`, `search`, `password`, `tel`, …
    #[prop(default = "text")]
    kind: &'static str,
    /// May be left empty, and says so.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let fault_id = format!("{id}-fault");
    let described = {
        let (hint_id, fault_id) = (hint_id.clone(), fault_id.clone());
        move || match fault.with(Option::is_some) {
            true => format!("{fault_id} {hint_id}"),
            false => hint_id.clone(),
        }
    };
    let invalid = move || fault.with(Option::is_some).then_some("true");
    let entry = if long {
        view! {
            <textarea
                id=id
                class="entry entry-long"
                rows="6"
                dir="auto"
                prop:value=move || value.get()
                aria-describedby=described
                aria-invalid=invalid
                on:input=move |event| {
                    if let Some(area) = target::<HtmlTextAreaElement>(&event) {
                        value.set(area.value());
                    }
                }
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                id=id
                class="entry"
                type=kind
                dir="auto"
                prop:value=move || value.get()
                aria-describedby=described
                aria-invalid=invalid
                on:input=move |event| {
                    if let Some(input) = target::<HtmlInputElement>(&event) {
                        value.set(input.value());
                    }
                }
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
                {optional.then(|| view! { <small>{crate::t!("field-optional")}</small> })}
            </label>
            {entry}
            <p class="field-fault" id=fault_id role="alert">
                {move || {
                    fault.get().map(|text| view! { <Glyph icon=Icon::Warning /> <span>{text}</span> })
                }}
            </p>
            <p class="field-hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// The element an event happened at.
pub fn target<T: JsCast>(event: &web_sys::Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

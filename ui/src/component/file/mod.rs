//! Choosing files: the browser's own dialog behind a button of ours.

use leptos::prelude::*;
use web_sys::{File, HtmlInputElement};

use crate::component::field::target;
use crate::component::icon::{Glyph, Icon};

/// A button that opens the computer's dialog.
#[component]
pub fn FilePick(
    /// Names the field in the page; unique on a screen.
    #[prop(into)]
    id: String,
    /// Its words: a verb.
    #[prop(into)]
    label: String,
    /// Its drawing.
    icon: Icon,
    /// `image/*`, `audio/*`, `.bantin`.
    accept: &'static str,
    /// Several at once.
    #[prop(optional)]
    several: bool,
    /// Files are on their way: no others meanwhile.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with what was chosen.
    on_files: impl Fn(Vec<File>) + 'static,
) -> impl IntoView {
    let target_id = id.clone();
    view! {
        <label class="button file-pick" for=target_id aria-busy=move || busy.get().then_some("true")>
            <Glyph icon=icon />
            <span>{label}</span>
            <input
                id=id
                class="unseen"
                type="file"
                accept=accept
                multiple=several
                disabled=move || busy.get()
                on:change=move |event| {
                    let Some(input) = target::<HtmlInputElement>(&event) else { return };
                    let files = input.files();
                    let count = files.as_ref().map_or(0, |f| f.length());
                    on_files((0..count).filter_map(|at| files.as_ref()?.get(at)).collect());
                    // So that the same file can be chosen again.
                    input.set_value("");
                }
            />
        </label>
    }
}

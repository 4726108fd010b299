//! Over the sheet: what it is, whether the hub has it, and the way to publish.

use leptos::prelude::*;

use super::super::autosave::Save;
use super::super::drafts::BackToDrafts;
use super::super::sheet::{Saving, Sheet};
use crate::component::button::Button;
use crate::component::icon::{Glyph, Icon};
use crate::t;
use crate::text::{clock, failure_text};

/// Title, state, acts.
#[component]
pub fn Head(
    /// The sheet.
    sheet: Sheet,
    /// What keeps it.
    save: Save,
    /// The publish box is open.
    publishing: RwSignal<bool>,
    /// The preview is shown instead, on a narrow window.
    phone: RwSignal<bool>,
) -> impl IntoView {
    let kind = sheet.part(|form| form.kind.clone());
    let corrects = sheet.part(|form| form.corrects.is_some());
    let title = move || match (corrects.get(), kind.get().as_str()) {
        (true, _) => t!("desk-editor-correct"),
        (false, "heritage") => t!("desk-editor-heritage"),
        (false, _) => t!("desk-editor-notice"),
    };
    view! {
        <header class="sheet-head">
            <div class="sheet-head-words">
                <BackToDrafts />
                <h1 class="pane-title">{title}</h1>
                <State sheet=sheet />
            </div>
            <div class="sheet-head-acts">
                <button type="button" class="button" data-save on:click=move |_| save.now()>
                    <Glyph icon=Icon::Storage />
                    <span>{t!("desk-save")}</span>
                </button>
                <span class="only-narrow">
                    <Button icon=Icon::Phone text=t!("desk-preview") on_press=move || phone.set(true) />
                </span>
                <button
                    type="button"
                    class="button button-main"
                    data-send
                    aria-keyshortcuts="Control+Enter"
                    on:click=move |_| {
                        save.now();
                        publishing.set(true);
                    }
                >
                    <Glyph icon=Icon::Shield />
                    <span>{t!("desk-publish-open")}</span>
                </button>
            </div>
        </header>
    }
}

/// Whether the hub has what is on the screen; always true.
#[component]
fn State(sheet: Sheet) -> impl IntoView {
    let wrong = move || sheet.saving.with(|s| matches!(s, Saving::Failed(_)));
    view! {
        <p class="sheet-state" class:sheet-state-wrong=wrong role="status">
            {move || match sheet.saving.get() {
                Saving::Untouched => String::new(),
                Saving::Changed => t!("desk-saving-changed"),
                Saving::Busy => t!("desk-saving-busy"),
                Saving::Kept(at) => t!("desk-saving-kept", clock = clock(at)),
                Saving::Failed(failure) => t!("desk-saving-failed", why = failure_text(&failure)),
            }}
        </p>
    }
}

//! The sheet's fields, from what it is about down to where its facts come from.

mod about;
mod head;
mod sources;

use leptos::prelude::*;

use super::autosave::Save;
use super::media::{Pictures, Sounds};
use super::sheet::Sheet;
use super::texts::Texts;
use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::t;
use crate::text::failure_text;

/// Everything an officer fills in.
#[component]
pub fn Form(
    /// The sheet.
    sheet: Sheet,
    /// What keeps it.
    save: Save,
    /// The publish box is open.
    publishing: RwSignal<bool>,
    /// The preview is shown instead, on a narrow window.
    phone: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <head::Head sheet=sheet save=save publishing=publishing phone=phone />
        <div class="sheet">
            <Unplaced sheet=sheet />
            <Part icon=Icon::Pin title=t!("desk-part-about")><about::About sheet=sheet /></Part>
            <Part icon=Icon::Text title=t!("desk-part-texts")><Texts sheet=sheet /></Part>
            <Part icon=Icon::Listen title=t!("desk-part-sound")><Sounds sheet=sheet /></Part>
            <Part icon=Icon::Photo title=t!("desk-part-pictures")><Pictures sheet=sheet /></Part>
            <Part icon=Icon::Source title=t!("desk-part-sources")><sources::Sources sheet=sheet /></Part>
        </div>
    }
}

/// A group of fields under its heading.
#[component]
fn Part(icon: Icon, title: String, children: Children) -> impl IntoView {
    let id = format!("part-{icon:?}");
    let labelled = id.clone();
    view! {
        <section class="sheet-part" aria-labelledby=labelled>
            <h2 id=id class="sheet-part-title"><Glyph icon=icon /> <span>{title}</span></h2>
            {children()}
        </section>
    }
}

/// A failure that no field on the screen shows.
#[component]
fn Unplaced(sheet: Sheet) -> impl IntoView {
    move || {
        let failure = sheet.failure.get()?;
        let field = failure.field.clone().unwrap_or_default();
        let shown_below = [
            "texts.", "topic", "in_force", "sources", "audio", "pictures", "password",
        ];
        let below = !field.is_empty() && shown_below.iter().any(|start| field.starts_with(start));
        (!below).then(|| {
            view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&failure) /> }
        })
    }
}

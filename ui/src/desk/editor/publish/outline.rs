//! What goes out, in a few lines, and what a reader would miss.

use bantin_wire::desk::publication::NoticeForm;
use leptos::prelude::*;

use super::super::sheet::{Sheet, completeness};
use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::component::topic::Topic;
use crate::t;
use crate::text::language::language_name;

/// The lines.
#[component]
pub fn Outline(
    /// The sheet.
    sheet: Sheet,
) -> impl IntoView {
    let form = sheet.form.get_untracked();
    let title = form
        .texts
        .first()
        .map(|text| text.title.clone())
        .unwrap_or_default();
    let topic = Topic::parse(&form.topic);
    let languages = form
        .texts
        .iter()
        .map(|text| language_name(&text.lang))
        .collect::<Vec<_>>()
        .join(", ");
    let lines = [
        (
            topic.map_or(Icon::News, Topic::icon),
            topic.map(Topic::name).unwrap_or_default(),
        ),
        (Icon::Language, languages),
        (
            Icon::Listen,
            t!("desk-outline-sounds", count = form.audio.len() as u64),
        ),
        (
            Icon::Photo,
            t!("desk-outline-pictures", count = form.pictures.len() as u64),
        ),
        (
            Icon::Source,
            t!("desk-outline-sources", count = form.sources.len() as u64),
        ),
    ];
    let lines = lines
        .into_iter()
        .map(|(icon, words)| view! { <li><Glyph icon=icon /> <span>{words}</span></li> })
        .collect_view();
    let missing = missing(&form);
    view! {
        <p class="publish-what" dir="auto">{title}</p>
        <ul class="thread-facts">{lines}</ul>
        {form.urgent.then(|| view! { <Callout tone=Tone::Mind icon=Icon::Urgent text=t!("desk-outline-urgent") /> })}
        {(!missing.is_empty())
            .then(|| {
                let text = t!("desk-outline-missing", what = missing.join("; "));
                view! { <Callout tone=Tone::Calm icon=Icon::Eye text=text /> }
            })}
    }
}

/// What is allowed, but leaves some reader behind.
fn missing(form: &NoticeForm) -> Vec<String> {
    let mut out = Vec::new();
    if form.audio.is_empty() {
        out.push(t!("desk-missing-sound"));
    }
    if form
        .pictures
        .iter()
        .any(|picture| picture.alt.trim().is_empty())
    {
        out.push(t!("desk-missing-alt"));
    }
    if let Some(source) = form.texts.first() {
        for text in form.texts.iter().skip(1) {
            let (written, all) = completeness(text, source);
            if written < all {
                out.push(t!(
                    "desk-missing-text",
                    language = language_name(&text.lang)
                ));
            }
        }
    }
    out
}

//! One tab for each language, and the list from which another is added.

use bantin_wire::desk::publication::TextForm;
use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::super::sheet::{Sheet, completeness};
use super::ring::Ring;
use crate::component::field::target;
use crate::component::icon::{Glyph, Icon};
use crate::t;
use crate::text::language::{OFFERED, language_name};

/// Languages for buyers abroad, beside those people here speak.
const ABROAD: [&str; 4] = ["zh-Hans", "ko", "ru", "ar"];

/// The row of tabs.
#[component]
pub fn Tabs(
    /// The sheet.
    sheet: Sheet,
    /// Languages there are texts in.
    languages: Memo<Vec<String>>,
) -> impl IntoView {
    view! {
        <div class="tabs">
            <div class="tabs-list" role="tablist" aria-label=t!("desk-languages")>
                <For each=move || languages.get() key=Clone::clone let:lang>
                    <Tab sheet=sheet lang=lang languages=languages />
                </For>
            </div>
            <Add sheet=sheet languages=languages />
        </div>
    }
}

#[component]
fn Tab(sheet: Sheet, lang: String, languages: Memo<Vec<String>>) -> impl IntoView {
    let mine = StoredValue::new(lang.clone());
    let here = Memo::new(move |_| sheet.tab.with(|open| mine.with_value(|lang| lang == open)));
    let done = sheet.part(move |form| {
        let text = form
            .texts
            .iter()
            .find(|text| mine.with_value(|lang| *lang == text.lang));
        text.zip(form.texts.first())
            .map_or((0, 0), |(text, source)| completeness(text, source))
    });
    let machine = sheet.text(&lang, |text| text.machine && !text.reviewed);
    let wrong = Memo::new(move |_| {
        sheet.failure.track();
        sheet
            .wrong_language()
            .is_some_and(|wrong| mine.with_value(|lang| *lang == wrong))
    });
    let mark = move || match (wrong.get(), machine.get()) {
        (true, _) => Some((Icon::Warning, t!("desk-tab-wrong"))),
        (false, true) => Some((Icon::Machine, t!("desk-tab-machine"))),
        (false, false) => None,
    };
    view! {
        <button
            type="button"
            role="tab"
            id=format!("tab-{lang}")
            class="tab"
            class:tab-wrong=move || wrong.get()
            aria-selected=move || if here.get() { "true" } else { "false" }
            aria-controls=format!("panel-{lang}")
            tabindex=move || if here.get() { "0" } else { "-1" }
            on:click=move |_| sheet.tab.set(mine.get_value())
            on:keydown=move |event| {
                let by = match event.key().as_str() {
                    "ArrowRight" => 1,
                    "ArrowLeft" => -1,
                    _ => return,
                };
                event.prevent_default();
                turn(sheet, languages, by);
            }
        >
            <Ring done=done />
            <span>{language_name(&lang)}</span>
            {move || {
                mark().map(|(icon, words)| view! { <Glyph icon=icon /> <span class="unseen">{words}</span> })
            }}
        </button>
    }
}

/// Opens the tab beside the open one, round and round, and puts the focus there.
fn turn(sheet: Sheet, languages: Memo<Vec<String>>, by: isize) {
    let all = languages.get_untracked();
    let open = sheet.tab.get_untracked();
    let at = all.iter().position(|lang| *lang == open).unwrap_or(0);
    let next = at.saturating_add_signed(by);
    let next = if by < 0 && at == 0 {
        all.len().saturating_sub(1)
    } else {
        next % all.len().max(1)
    };
    if let Some(lang) = all.get(next) {
        sheet.tab.set(lang.clone());
        crate::desk::frame::focus(&format!("[id=\"tab-{lang}\"]"));
    }
}

#[component]
fn Add(sheet: Sheet, languages: Memo<Vec<String>>) -> impl IntoView {
    let rest = move || {
        languages.with(|have| {
            OFFERED
                .iter()
                .chain(&ABROAD)
                .filter(|tag| !have.iter().any(|lang| lang == *tag))
                .map(|tag| view! { <option value=*tag>{language_name(tag)}</option> })
                .collect_view()
        })
    };
    view! {
        <select
            class="pick tabs-add"
            aria-label=t!("desk-language-add")
            on:change=move |event| {
                let Some(select) = target::<HtmlSelectElement>(&event) else { return };
                let lang = select.value();
                select.set_value("");
                if !lang.is_empty() {
                    let text = TextForm { lang: lang.clone(), ..TextForm::default() };
                    sheet.form.update(|form| form.texts.push(text));
                    sheet.tab.set(lang);
                }
            }
        >
            <option value="">{t!("desk-language-add")}</option>
            {rest}
        </select>
    }
}

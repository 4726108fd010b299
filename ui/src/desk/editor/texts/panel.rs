//! The text in one language, part by part as the reader shows it. Beside a rendition stands what the
//! source says.

use bantin_wire::desk::publication::TextForm;
use leptos::prelude::*;

use super::super::sheet::{SOURCE, Sheet};
use crate::component::button::{Button, Weight};
use crate::component::dialog::Confirm;
use crate::component::icon::Icon;
use crate::desk::entry::{Entry, Switch};
use crate::t;
use crate::text::language::language_name;

/// A part of a text.
#[derive(Clone, Copy)]
struct Slot {
    name: &'static str,
    limit: usize,
    rows: u32,
    get: fn(&TextForm) -> &String,
    put: fn(&mut TextForm, String),
}

/// In the order of the reader.
const SLOTS: [Slot; 6] = [
    Slot {
        name: "title",
        limit: 200,
        rows: 2,
        get: |t| &t.title,
        put: |t, v| t.title = v,
    },
    Slot {
        name: "summary",
        limit: 600,
        rows: 3,
        get: |t| &t.summary,
        put: |t, v| t.summary = v,
    },
    Slot {
        name: "who",
        limit: 4000,
        rows: 3,
        get: |t| &t.who,
        put: |t, v| t.who = v,
    },
    Slot {
        name: "todo",
        limit: 4000,
        rows: 4,
        get: |t| &t.todo,
        put: |t, v| t.todo = v,
    },
    Slot {
        name: "body",
        limit: 20_000,
        rows: 9,
        get: |t| &t.body,
        put: |t, v| t.body = v,
    },
    Slot {
        name: "ask",
        limit: 4000,
        rows: 2,
        get: |t| &t.ask,
        put: |t, v| t.ask = v,
    },
];

/// One language.
#[component]
pub fn Panel(
    /// The sheet.
    sheet: Sheet,
    /// Which language.
    lang: String,
) -> impl IntoView {
    let mine = StoredValue::new(lang.clone());
    let hidden = move || sheet.tab.with(|open| mine.with_value(|lang| lang != open));
    let slots = SLOTS
        .map(|slot| view! { <Part sheet=sheet lang=lang.clone() said=slot /> })
        .collect_view();
    let source = lang == SOURCE;
    view! {
        <div class="panel" role="tabpanel" id=format!("panel-{lang}") aria-labelledby=format!("tab-{lang}") hidden=hidden>
            {(!source).then(|| view! { <Method sheet=sheet lang=lang.clone() /> })}
            {source.then(|| view! { <p class="sheet-note">{t!("desk-texts-how")}</p> })}
            {slots}
            {(!source).then(|| view! { <Remove sheet=sheet lang=lang.clone() /> })}
        </div>
    }
}

#[component]
fn Part(sheet: Sheet, lang: String, said: Slot) -> impl IntoView {
    let (label, hint) = words(said.name);
    let written = sheet.text(&lang, move |text| (said.get)(text).clone());
    let source = sheet.text(SOURCE, move |text| (said.get)(text).clone());
    let is_source = lang == SOURCE;
    let fault = sheet.text_fault(&lang, said.name);
    let editing = lang.clone();
    // What the source does not say needs no rendition; a part that has words stays in view.
    let shown = Memo::new(move |_| {
        is_source || source.with(|s| !s.trim().is_empty()) || written.with(|w| !w.is_empty())
    });
    view! {
        <div class="text-part" hidden=move || !shown.get()>
            {(!is_source)
                .then(|| {
                    view! { <p class="text-source" lang=SOURCE dir="auto">{move || source.get()}</p> }
                })}
            <Entry
                id=format!("text-{lang}-{}", said.name)
                label=label
                hint=if is_source { hint } else { String::new() }
                value=written
                on_input=move |value: String| {
                    sheet.edit(&editing, |text| (said.put)(text, value));
                }
                fault=fault
                limit=said.limit
                rows=said.rows
                lang=lang
                optional=said.name != "title"
            />
        </div>
    }
}

/// Label and hint of a part.
fn words(name: &str) -> (String, String) {
    match name {
        "title" => (t!("desk-text-title"), t!("desk-text-title-hint")),
        "summary" => (t!("desk-text-summary"), t!("desk-text-summary-hint")),
        "who" => (t!("desk-text-who"), t!("desk-text-who-hint")),
        "todo" => (t!("desk-text-todo"), t!("desk-text-todo-hint")),
        "body" => (t!("desk-text-body"), t!("desk-text-body-hint")),
        _ => (t!("desk-text-ask"), t!("desk-text-ask-hint")),
    }
}

/// Who made the rendition; the reader says so to everybody.
#[component]
fn Method(sheet: Sheet, lang: String) -> impl IntoView {
    let machine = sheet.text(&lang, |text| text.machine);
    let reviewed = sheet.text(&lang, |text| text.reviewed);
    let (first, second) = (lang.clone(), lang);
    view! {
        <div class="grid">
            <Switch
                label=t!("desk-machine")
                hint=t!("desk-machine-hint")
                on=machine
                on_turn=move |on| sheet.edit(&first, |text| text.machine = on)
            />
            <Switch
                label=t!("desk-reviewed")
                hint=t!("desk-reviewed-hint")
                on=reviewed
                on_turn=move |on| sheet.edit(&second, |text| text.reviewed = on)
            />
        </div>
    }
}

#[component]
fn Remove(sheet: Sheet, lang: String) -> impl IntoView {
    let sure = RwSignal::new(false);
    let name = language_name(&lang);
    view! {
        <div>
            <Button
                icon=Icon::Bin
                text=t!("desk-language-remove", language = name.clone())
                weight=Weight::Quiet
                on_press=move || sure.set(true)
            />
            <Confirm
                open=sure
                title=t!("desk-language-remove-sure", language = name)
                text=t!("desk-language-remove-text")
                yes=t!("desk-language-remove-yes")
                icon=Icon::Bin
                on_yes=move || {
                    let lang = lang.clone();
                    sheet.form.update(|form| form.texts.retain(|text| text.lang != lang));
                }
            />
        </div>
    }
}

//! Where the facts come from: document, address, date.

use bantin_wire::ipc::notice::SourceView;
use leptos::prelude::*;

use super::super::sheet::Sheet;
use crate::component::button::{Button, IconButton};
use crate::component::icon::Icon;
use crate::desk::entry::{DayEntry, Entry, Fault};
use crate::t;

/// Most sources of one publication.
const SOURCES_MAX: usize = 16;
/// Most characters of a source's name.
const NAME_MAX: usize = 600;

/// The list and the button that makes it longer.
#[component]
pub fn Sources(
    /// The sheet.
    sheet: Sheet,
) -> impl IntoView {
    let count = sheet.part(|form| form.sources.len());
    let add = move || {
        let empty = SourceView {
            name: String::new(),
            url: None,
            date: String::new(),
        };
        sheet.form.update(|form| form.sources.push(empty));
    };
    view! {
        <p class="sheet-note">{t!("desk-sources-why")}</p>
        <Fault id="sources-fault".into() fault=sheet.fault("sources".into()) />
        <ol class="sources-list">
            <For each=move || 0..count.get() key=|at| *at let:at>
                <Source sheet=sheet at=at />
            </For>
        </ol>
        <Show when=move || count.get() < SOURCES_MAX>
            <Button icon=Icon::Plus text=t!("desk-source-add") on_press=add />
        </Show>
    }
}

#[component]
fn Source(sheet: Sheet, at: usize) -> impl IntoView {
    let read = move |get: fn(&SourceView) -> String| {
        sheet.part(move |form| form.sources.get(at).map(get).unwrap_or_default())
    };
    let write = move |change: &dyn Fn(&mut SourceView)| {
        sheet.form.update(|form| {
            if let Some(source) = form.sources.get_mut(at) {
                change(source);
            }
        });
    };
    let number = at as u64 + 1;
    view! {
        <li class="source-row">
            <Entry
                id=format!("source-{at}") label=t!("desk-source-name") limit=NAME_MAX
                value=read(|source| source.name.clone())
                on_input=move |name: String| write(&|source| source.name = name.clone())
                fault=sheet.fault(format!("sources.{at}.name"))
            />
            <DayEntry
                id=format!("source-{at}-date") label=t!("desk-source-date")
                value=read(|source| source.date.clone())
                on_input=move |date: String| write(&|source| source.date = date.clone())
                fault=sheet.fault(format!("sources.{at}.date"))
            />
            <Entry
                id=format!("source-{at}-url") label=t!("desk-source-url") kind="url" optional=true
                value=read(|source| source.url.clone().unwrap_or_default())
                on_input=move |url: String| {
                    write(&|source| source.url = Some(url.trim().to_owned()).filter(|url| !url.is_empty()));
                }
                fault=sheet.fault(format!("sources.{at}.url"))
            />
            <IconButton
                icon=Icon::Bin
                label=t!("desk-source-remove", number = number)
                on_press=move || {
                    sheet.form.update(|form| {
                        if at < form.sources.len() {
                            form.sources.remove(at);
                        }
                    });
                }
            />
        </li>
    }
}

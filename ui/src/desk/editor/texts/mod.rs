//! The text in each language as a tab, with a ring that shows how complete it is.

mod panel;
mod ring;
mod tabs;

use leptos::prelude::*;

use super::sheet::{SOURCE, Sheet};
use panel::Panel;
use tabs::Tabs;

/// Tabs and the open text.
#[component]
pub fn Texts(
    /// The sheet.
    sheet: Sheet,
) -> impl IntoView {
    let languages = sheet.part(|form| {
        form.texts
            .iter()
            .map(|text| text.lang.clone())
            .collect::<Vec<_>>()
    });
    // A language that was taken away leaves the source open.
    Effect::new(move |_| {
        let open = sheet.tab.get();
        if languages.with(|all| !all.contains(&open)) {
            sheet.tab.set(SOURCE.into());
        }
    });
    view! {
        <Tabs sheet=sheet languages=languages />
        <For each=move || languages.get() key=Clone::clone let:lang>
            <Panel sheet=sheet lang=lang />
        </For>
    }
}

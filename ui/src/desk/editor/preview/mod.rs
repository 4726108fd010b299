//! What readers will see: the citizen's own reader in a window of a phone's width, in the light and the
//! dark, small and large, as it is being written.

mod page;
mod phone;

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::sheet::Sheet;
use crate::component::button::Button;
use crate::component::icon::Icon;
use crate::desk::entry::Switch;
use crate::t;

/// How long after the last key the preview follows.
const PAUSE: Duration = Duration::from_millis(250);

/// The phone beside the sheet.
#[component]
pub fn Preview(
    /// The sheet.
    sheet: Sheet,
    /// The preview is shown instead of the sheet, on a narrow window.
    phone: RwSignal<bool>,
) -> impl IntoView {
    let (dark, large) = (RwSignal::new(false), RwSignal::new(false));
    let written = Memo::new(move |_| {
        let place = sheet.place.get();
        let agency = sheet.desk.officer.with(|officer| {
            officer
                .places
                .iter()
                .find(|p| p.place == place)
                .map(|p| p.agency.clone())
                .unwrap_or_default()
        });
        sheet
            .form
            .with(|form| page::page(form, &sheet.tab.get(), &place, agency))
    });
    // Drawing the whole page at every key would make typing slow.
    let shown = RwSignal::new(written.get_untracked());
    let later = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        written.track();
        let draw = move || {
            if let Some(page) = written.try_get_untracked() {
                // The editor may be closed by now.
                let _ = shown.try_set(page);
            }
        };
        let next = set_timeout_with_handle(draw, PAUSE).ok();
        if let Some(before) = later
            .try_update_value(|handle| std::mem::replace(handle, next))
            .flatten()
        {
            before.clear();
        }
    });
    view! {
        <aside class="preview" aria-label=t!("desk-preview")>
            <div class="preview-head">
                <h2 class="sheet-part-title">{t!("desk-preview")}</h2>
                <Switch label=t!("desk-preview-dark") on=dark on_turn=move |on| dark.set(on) />
                <Switch label=t!("desk-preview-large") on=large on_turn=move |on| large.set(on) />
                <span class="only-narrow">
                    <Button icon=Icon::Close text=t!("desk-preview-close") on_press=move || phone.set(false) />
                </span>
            </div>
            <phone::Phone page=shown tab=sheet.tab dark=dark large=large />
        </aside>
    }
}

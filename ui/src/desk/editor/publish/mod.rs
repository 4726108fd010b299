//! The last look before publishing: who signs for which place, what goes out, and the password that
//! unlocks the officer's own key.

mod outline;

use bantin_wire::Failure;
use bantin_wire::desk::publication::Publish as PublishNow;
use leptos::prelude::*;

use super::autosave::Save;
use super::sheet::Sheet;
use crate::component::icon::Icon;
use crate::desk::frame::reveal;
use crate::desk::route::Route;
use crate::desk::way::{Password, Signer, Way, WayDialog, has_password, is_about_sheet};
use crate::t;
use outline::Outline;

/// The box.
#[component]
pub fn Publish(
    /// The sheet.
    sheet: Sheet,
    /// It is open.
    open: RwSignal<bool>,
    /// What keeps the sheet.
    save: Save,
) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let way = Way::new(sheet.desk, open);
    let send = move || {
        if !has_password(password, way.failure) {
            return;
        }
        sheet.failure.set(None);
        let form = sheet.form.get_untracked();
        let command = |once| PublishNow {
            place: sheet.place.get_untracked(),
            draft: sheet.draft.get_untracked(),
            form: form.clone(),
            password: password.get_untracked(),
            once,
        };
        let done = move || {
            save.finish();
            sheet.desk.go(&Route::Published {
                place: Some(sheet.place.get_untracked()),
            });
        };
        let refused = move |failure| {
            if is_about_sheet(&failure) {
                open.set(false);
                show_fault(sheet, failure);
            } else {
                way.failure.set(Some(failure));
            }
        };
        way.send(&form, command, t!("desk-published-now"), done, refused);
    };
    let act = move || {
        if way.busy.get() {
            t!("desk-publishing")
        } else {
            t!("desk-publish")
        }
    };
    view! {
        <WayDialog
            way=way id="publish" class="dialog publish" title=t!("desk-publish-title")
            icon=Icon::Shield act=Signal::derive(act) on_send=send on_close=move || password.set(String::new())
        >
            {move || open.get().then(|| view! { <Outline sheet=sheet /> })}
            <Signer place=sheet.place />
            <Password password=password failure=way.failure />
        </WayDialog>
    }
}

/// What is wrong with the sheet leads to its field, in the language it is in.
fn show_fault(sheet: Sheet, failure: Failure) {
    sheet.failure.set(Some(failure));
    if let Some(lang) = sheet.wrong_language() {
        sheet.tab.set(lang);
    }
    // Once the field says what is wrong.
    set_timeout(
        || {
            reveal(
                ".sheet [aria-invalid=true]",
                ".sheet .field-fault:not(:empty), .sheet .callout-wrong",
            )
        },
        std::time::Duration::ZERO,
    );
}

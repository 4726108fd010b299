//! Publishing a checked product: who signs for which place, and the password.

use bantin_wire::desk::conversation::SubmissionPublish;
use leptos::prelude::*;

use super::decide::show_fault;
use super::sheet::Sheet;
use crate::component::icon::Icon;
use crate::desk::way::{Password, Signer, Way, WayDialog, has_password, is_about_sheet};
use crate::t;

/// The box.
#[component]
pub fn Publish(
    /// The check.
    sheet: Sheet,
    /// It is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let way = Way::new(sheet.desk, open);
    let send = move || {
        if !has_password(password, way.failure) {
            return;
        }
        sheet.failure.set(None);
        let checked = sheet.checked.get_untracked();
        let command = |once| SubmissionPublish {
            id: sheet.id.get_value(),
            product: checked.product.clone(),
            certificate: sheet.certificate(),
            password: password.get_untracked(),
            once,
        };
        let refused = move |failure| {
            if is_about_sheet(&failure) {
                open.set(false);
                sheet.failure.set(Some(failure));
                show_fault();
            } else {
                way.failure.set(Some(failure));
            }
        };
        let said = t!("desk-product-published-now");
        way.send(&checked, command, said, move || sheet.finish(), refused);
    };
    let act = move || {
        if way.busy.get() {
            t!("desk-publishing")
        } else {
            t!("desk-product-publish-open")
        }
    };
    let name = sheet.part(|c| c.product.name.clone());
    let place = Signal::derive(move || sheet.place.get_value());
    view! {
        <WayDialog
            way=way id="product-publish" title=t!("desk-product-publish-title")
            icon=Icon::Shield act=Signal::derive(act) on_send=send on_close=move || password.set(String::new())
        >
            <p class="publish-what" dir="auto">{move || name.get()}</p>
            <Signer place=place />
            <Password password=password failure=way.failure />
        </WayDialog>
    }
}

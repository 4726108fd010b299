//! Sending a product back with the reason.

use bantin_wire::desk::conversation::SubmissionReject;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;

use super::sheet::Sheet;
use crate::component::callout::{Callout, Tone};
use crate::component::icon::Icon;
use crate::desk::entry::Entry;
use crate::desk::way::{Way, WayDialog};
use crate::t;
use crate::text::failure_text;

/// Most characters of a reason.
const TEXT_MAX: usize = 20_000;

/// The box.
#[component]
pub fn Reject(
    /// The check.
    sheet: Sheet,
    /// It is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let way = Way::new(sheet.desk, open);
    let failure = way.failure;
    let send = move || {
        let words = text.with_untracked(|text| text.trim().to_owned());
        if words.is_empty() {
            return failure.set(Some(Failure::at(Code::Empty, "text")));
        }
        let command = |once| SubmissionReject {
            id: sheet.id.get_value(),
            text: words.clone(),
            once,
        };
        way.send(
            &words,
            command,
            t!("desk-product-rejected-now"),
            move || sheet.finish(),
            move |refused| failure.set(Some(refused)),
        );
    };
    let fault = Signal::derive(move || {
        let empty = failure.with(|f| f.as_ref().is_some_and(|f| f.code == Code::Empty));
        empty.then(|| t!("desk-product-reason-empty"))
    });
    let other = move || {
        let failure = failure.get().filter(|f| f.code != Code::Empty)?;
        Some(view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&failure) /> })
    };
    view! {
        <WayDialog
            way=way id="product-reject" title=t!("desk-product-reject-title")
            icon=Icon::Reply act=t!("desk-product-reject-send") danger=true on_send=send on_close=|| {}
        >
            {other}
            <Entry
                id="product-reason" label=t!("desk-product-reason") hint=t!("desk-product-reason-hint") rows=5
                limit=TEXT_MAX value=text on_input=move |words| text.set(words) fault=fault
            />
        </WayDialog>
    }
}

//! Publish or send back: each asks in a box, with the password or with the reason.

use bantin_wire::{Code, Failure};
use leptos::prelude::*;

use super::publish::Publish;
use super::reject::Reject;
use super::sheet::Sheet;
use crate::component::button::{Button, Weight};
use crate::component::icon::{Glyph, Icon};
use crate::desk::frame::reveal;
use crate::t;

/// The two buttons and their boxes.
#[component]
pub fn Decide(
    /// The check.
    sheet: Sheet,
    /// What can be done now.
    actions: Memo<Vec<String>>,
) -> impl IntoView {
    let (publishing, rejecting) = (RwSignal::new(false), RwSignal::new(false));
    let may_reject = Memo::new(move |_| actions.with(|a| a.iter().any(|a| a == "reject-product")));
    let publish = move || match half_written(sheet) {
        Some(failure) => {
            sheet.failure.set(Some(failure));
            show_fault();
        }
        None => publishing.set(true),
    };
    view! {
        <div class="decide">
            <Show when=move || may_reject.get()>
                <Button
                    icon=Icon::Reply
                    text=t!("desk-product-reject")
                    weight=Weight::Danger
                    on_press=move || rejecting.set(true)
                />
            </Show>
            <button type="button" class="button button-main" data-send on:click=move |_| publish()>
                <Glyph icon=Icon::Shield />
                <span>{t!("desk-product-publish-open")}</span>
            </button>
        </div>
        <Publish sheet=sheet open=publishing />
        <Reject sheet=sheet open=rejecting />
    }
}

/// What the hub cannot say for us: a certificate that is seen but not all copied.
fn half_written(sheet: Sheet) -> Option<Failure> {
    let paper = sheet.checked.with_untracked(|c| c.paper.clone());
    if !paper.seen
        || sheet
            .certificate()
            .is_some_and(|c| !c.number.is_empty() && !c.issued_by.is_empty())
    {
        return None;
    }
    let empty = [
        ("certificate.number", &paper.number),
        ("certificate.issued_by", &paper.issued_by),
        ("certificate.issued", &paper.issued),
        ("certificate.expires", &paper.last),
    ]
    .into_iter()
    .find(|(_, value)| value.trim().is_empty());
    Some(empty.map_or_else(
        || Failure::at(Code::NotAllowed, "certificate.expires"),
        |(field, _)| Failure::at(Code::Empty, field),
    ))
}

/// Goes to the field that is wrong, once it says so.
pub fn show_fault() {
    set_timeout(
        || {
            reveal(
                ".check-sheet [aria-invalid=true]",
                ".check-sheet .field-fault:not(:empty)",
            )
        },
        std::time::Duration::ZERO,
    );
}

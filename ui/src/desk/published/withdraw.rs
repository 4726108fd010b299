//! Taking a record out of the feed: with the reason for the archive, and the password.

use bantin_model::id::PlaceId;
use bantin_wire::desk::publication::{PublishedRow, Withdraw as WithdrawNow};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;

use crate::component::icon::Icon;
use crate::desk::entry::Entry;
use crate::desk::state::desk;
use crate::desk::way::{Password, Signer, Way, WayDialog};
use crate::t;
use crate::text::field_text;

/// Most characters of a reason.
const REASON_MAX: usize = 600;

/// The box.
#[component]
pub fn Withdraw(
    /// What is to be taken out.
    row: RwSignal<Option<PublishedRow>>,
    /// It is open.
    open: RwSignal<bool>,
    /// Of which place.
    place: Memo<PlaceId>,
) -> impl IntoView {
    let (reason, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let way = Way::new(desk(), open);
    let failure = way.failure;
    let send = move || {
        let Some(row) = row.get_untracked() else {
            return;
        };
        if let Some(empty) = missing(&reason.get_untracked(), &password.get_untracked()) {
            return failure.set(Some(empty));
        }
        // The hub needs no name for it: what is taken out cannot be taken out again.
        let command = |_| WithdrawNow {
            id: row.id,
            reason: reason.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        let done = move || reason.set(String::new());
        let refused = move |refused| failure.set(Some(refused));
        way.send(&row.id, command, t!("desk-withdrawn"), done, refused);
    };
    let fault = Signal::derive(move || {
        failure.with(|f| match f {
            Some(f) if f.code == Code::Empty && f.field.as_deref() == Some("reason") => {
                Some(t!("desk-reason-empty"))
            }
            other => field_text(other.as_ref(), "reason"),
        })
    });
    // The reason has a place of its own.
    let others = Signal::derive(move || {
        failure
            .get()
            .filter(|f| f.field.as_deref() != Some("reason"))
    });
    view! {
        <WayDialog
            way=way id="withdraw" title=t!("desk-withdraw-title")
            icon=Icon::Bin act=t!("desk-withdraw") danger=true
            on_send=send on_close=move || password.set(String::new())
        >
            <p class="publish-what" dir="auto">{move || row.get().map(|row| row.title)}</p>
            <p class="sheet-note">{t!("desk-withdraw-text")}</p>
            <Entry
                id="withdraw-reason" label=t!("desk-withdraw-reason") rows=3 limit=REASON_MAX
                value=reason on_input=move |text| reason.set(text) fault=fault
            />
            <Signer place=place />
            <Password password=password failure=others />
        </WayDialog>
    }
}

fn missing(reason: &str, password: &str) -> Option<Failure> {
    match (reason.trim().is_empty(), password.is_empty()) {
        (true, _) => Some(Failure::at(Code::Empty, "reason")),
        (false, true) => Some(Failure::at(Code::Empty, "password")),
        (false, false) => None,
    }
}

//! Taking a record out of the feed: with the reason for the archive, and the password.

use bantin_model::id::PlaceId;
use bantin_wire::desk::publication::{PublishedRow, Withdraw as WithdrawNow};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::component::button::Button;
use crate::component::icon::{Glyph, Icon};
use crate::desk::editor::{Password, signer};
use crate::desk::entry::{Entry, modal};
use crate::desk::state::desk;
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
    let desk = desk();
    let node = modal(open);
    let (reason, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (failure, busy) = (RwSignal::new(None::<Failure>), RwSignal::new(false));
    let send = move || {
        let Some(row) = row.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        if let Some(empty) = missing(&reason.get_untracked(), &password.get_untracked()) {
            failure.set(Some(empty));
            return;
        }
        busy.set(true);
        failure.set(None);
        let command = WithdrawNow {
            id: row.id,
            reason: reason.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        spawn_local(async move {
            let outcome = desk.client.run(&command).await;
            if busy.try_set(false).is_some() {
                // The list is not on the screen any more.
                return;
            }
            match outcome {
                Ok(()) => {
                    reason.set(String::new());
                    open.set(false);
                    desk.said.set(t!("desk-withdrawn"));
                    desk.refresh();
                }
                Err(refused) => failure.set(Some(refused)),
            }
        });
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
    let others = RwSignal::new(None::<Failure>);
    Effect::new(move |_| {
        others.set(
            failure
                .get()
                .filter(|f| f.field.as_deref() != Some("reason")),
        )
    });
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-labelledby="withdraw-title"
            on:close=move |_| {
                open.set(false);
                password.set(String::new());
                failure.set(None);
            }
        >
            <form
                data-form
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <h2 id="withdraw-title">{t!("desk-withdraw-title")}</h2>
                <p class="publish-what" dir="auto">{move || row.get().map(|row| row.title)}</p>
                <p class="sheet-note">{t!("desk-withdraw-text")}</p>
                <Entry
                    id="withdraw-reason" label=t!("desk-withdraw-reason") rows=3 limit=REASON_MAX
                    value=reason on_input=move |text| reason.set(text) fault=fault
                />
                <p class="signer">
                    <Glyph icon=Icon::Shield />
                    <span>{move || desk.officer.with(|officer| signer(officer, &place.get()))}</span>
                </p>
                <Password password=password failure=others />
                <div class="dialog-acts">
                    <Button icon=Icon::Close text=t!("desk-cancel") on_press=move || open.set(false) />
                    <button type="submit" class="button button-danger" aria-busy=move || busy.get().then_some("true")>
                        <Glyph icon=Icon::Bin />
                        <span>{t!("desk-withdraw")}</span>
                    </button>
                </div>
            </form>
        </dialog>
    }
}

fn missing(reason: &str, password: &str) -> Option<Failure> {
    match (reason.trim().is_empty(), password.is_empty()) {
        (true, _) => Some(Failure::at(Code::Empty, "reason")),
        (false, true) => Some(Failure::at(Code::Empty, "password")),
        (false, false) => None,
    }
}

//! The last look before publishing: who signs for which place, what goes out, and the password that
//! unlocks the officer's own key.

mod outline;

use bantin_wire::desk::publication::{NoticeForm, Publish as PublishNow};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::autosave::Save;
use super::sheet::Sheet;
use crate::component::button::Button;
use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::desk::entry::{Entry, modal};
use crate::desk::frame::reveal;
use crate::desk::route::Route;
use crate::engine::once;
use crate::t;
use crate::text::failure_text;
use outline::Outline;

/// What was tried under which name, so that a double click publishes once.
type Tried = StoredValue<Option<(NoticeForm, String)>>;

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
    let node = modal(open);
    let password = RwSignal::new(String::new());
    let (failure, busy) = (RwSignal::new(None::<Failure>), RwSignal::new(false));
    let tried: Tried = StoredValue::new(None);
    let send = move || {
        if password.with_untracked(String::is_empty) {
            failure.set(Some(Failure::at(Code::Empty, "password")));
        } else if !busy.get_untracked() {
            failure.set(None);
            busy.set(true);
            spawn_local(async move {
                let outcome = publish(sheet, password.get_untracked(), tried).await;
                if busy.try_set(false).is_some() {
                    // The editor is closed; what came of it is in the lists.
                    return sheet.desk.refresh();
                }
                match outcome {
                    Ok(()) => {
                        open.set(false);
                        save.finish();
                        sheet.desk.said.set(t!("desk-published-now"));
                        sheet.desk.refresh();
                        sheet.desk.go(&Route::Published {
                            place: Some(sheet.place.get_untracked()),
                        });
                    }
                    Err(refused) => refuse(sheet, open, failure, refused),
                }
            });
        }
    };
    let close = move |_| {
        open.set(false);
        password.set(String::new());
        failure.set(None);
    };
    view! {
        <dialog class="dialog publish" node_ref=node aria-labelledby="publish-title" on:close=close>
            <form
                data-form
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <h2 id="publish-title">{t!("desk-publish-title")}</h2>
                {move || open.get().then(|| view! { <Outline sheet=sheet /> })}
                <Signer sheet=sheet />
                <Password password=password failure=failure />
                <div class="dialog-acts">
                    <Button icon=Icon::Close text=t!("desk-cancel") on_press=move || open.set(false) />
                    <button type="submit" class="button button-main" aria-busy=move || busy.get().then_some("true")>
                        <Glyph icon=Icon::Shield />
                        <span>{move || if busy.get() { t!("desk-publishing") } else { t!("desk-publish") }}</span>
                    </button>
                </div>
            </form>
        </dialog>
    }
}

async fn publish(sheet: Sheet, password: String, tried: Tried) -> Result<(), Failure> {
    let form = sheet.form.get_untracked();
    let before = tried.get_value().filter(|(sent, _)| *sent == form);
    let name = before.map_or_else(once, |(_, name)| name);
    tried.set_value(Some((form.clone(), name.clone())));
    let command = PublishNow {
        place: sheet.place.get_untracked(),
        draft: sheet.draft.get_untracked(),
        form,
        password,
        once: name,
    };
    sheet.failure.set(None);
    sheet.desk.client.run(&command).await.map(|_| ())
}

/// What is wrong with the password or the way stays here; what is wrong with the sheet leads to its field.
fn refuse(
    sheet: Sheet,
    open: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    refused: Failure,
) {
    let field = refused.field.clone().unwrap_or_default();
    let about_sheet = !field.is_empty() && field != "password";
    if !about_sheet {
        failure.set(Some(refused));
        return;
    }
    open.set(false);
    sheet.failure.set(Some(refused));
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

/// The password, and what is wrong with it or with the way to the hub.
#[component]
pub fn Password(
    /// What is typed.
    password: RwSignal<String>,
    /// What was refused.
    failure: RwSignal<Option<Failure>>,
) -> impl IntoView {
    let fault = Signal::derive(move || {
        failure.with(|f| match f.as_ref().map(|f| f.code)? {
            Code::Empty => Some(t!("desk-password-empty")),
            Code::SignInWrong => Some(t!("desk-password-wrong")),
            _ => None,
        })
    });
    let other = move || {
        let failure = failure
            .get()
            .filter(|f| !matches!(f.code, Code::Empty | Code::SignInWrong))?;
        Some(view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&failure) /> })
    };
    view! {
        {other}
        <Entry
            id="publish-password"
            label=t!("desk-publish-password")
            hint=t!("desk-publish-password-hint")
            kind="password"
            autocomplete="current-password"
            value=password
            on_input=move |typed| password.set(typed)
            fault=fault
        />
    }
}

/// Who signs for which place.
#[component]
fn Signer(sheet: Sheet) -> impl IntoView {
    view! {
        <p class="signer">
            <Glyph icon=Icon::Shield />
            <span>
                {move || {
                    let place = sheet.place.get();
                    sheet.desk.officer.with(|officer| signer(officer, &place))
                }}
            </span>
        </p>
    }
}

/// *Nguyễn Thị Hạnh ký thay mặt …, cho …*.
pub fn signer(
    officer: &bantin_wire::desk::session::Officer,
    place: &bantin_model::id::PlaceId,
) -> String {
    let found = officer.places.iter().find(|p| p.place == *place);
    let (agency, place) =
        found.map_or_else(Default::default, |p| (p.agency.clone(), p.name.clone()));
    t!(
        "desk-signer",
        officer = officer.name.clone(),
        agency = agency,
        place = place
    )
}

//! Signing: who signs for which place, and the password that unlocks the officer's own key.

use bantin_model::id::PlaceId;
use bantin_wire::desk::session::Officer;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;

use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::desk::entry::Entry;
use crate::desk::state::desk;
use crate::t;
use crate::text::failure_text;

/// The password, and what is wrong with it or with the way to the hub.
#[component]
pub fn Password(
    /// What is typed.
    password: RwSignal<String>,
    /// What was refused.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
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

/// Says that no password was typed; gives whether one was.
pub fn has_password(password: RwSignal<String>, failure: RwSignal<Option<Failure>>) -> bool {
    let typed = password.with_untracked(|typed| !typed.is_empty());
    if !typed {
        failure.set(Some(Failure::at(Code::Empty, "password")));
    }
    typed
}

/// Who signs for which place.
#[component]
pub fn Signer(
    /// The place.
    #[prop(into)]
    place: Signal<PlaceId>,
) -> impl IntoView {
    let officer = desk().officer;
    let who = move || officer.with(|officer| place.with(|place| signer(officer, place)));
    view! { <p class="signer"><Glyph icon=Icon::Shield /> <span>{who}</span></p> }
}

/// *Nguyễn Thị Hạnh ký thay mặt …, cho …*.
fn signer(officer: &Officer, place: &PlaceId) -> String {
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

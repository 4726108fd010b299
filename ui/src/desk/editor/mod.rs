//! Writing: the list of drafts, and the editor with its living preview.

mod autosave;
mod drafts;
mod form;
mod media;
mod open;
mod preview;
mod publish;
mod sheet;
mod texts;

use leptos::prelude::*;

use super::queue::NoGrant;
use super::route::{Route, Work};
use super::state::desk;
use crate::t;

/// Drafts, or the editor.
#[component]
pub fn Write() -> impl IntoView {
    let desk = desk();
    if desk.places_with("publish").is_empty() {
        return view! { <NoGrant text=t!("desk-no-grant-publish") /> }.into_any();
    }
    let work = Memo::new(move |_| match desk.route.get() {
        Route::Write(work) => Some(work),
        _ => None,
    });
    (move || match work.get() {
        Some(work) => view! { <open::Open work=work /> }.into_any(),
        None => view! { <drafts::Drafts /> }.into_any(),
    })
    .into_any()
}

/// Under which name the tab keeps what the hub did not get yet.
fn unsaved_key(work: &Work) -> String {
    format!("desk-sheet-{}", Route::Write(work.clone()).href())
}

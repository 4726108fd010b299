//! The agency's desk: an officer's queue with its deadlines, the editor with its living preview, what was
//! published, and the products that wait for a check. It talks to its hub alone, on an origin of its own.

mod client;
mod editor;
mod entry;
mod failure;
mod frame;
mod look;
mod product;
mod published;
mod queue;
mod route;
mod sign_in;
mod state;
mod store;
mod thread;
mod way;

use std::rc::Rc;

use bantin_wire::Failure;
use bantin_wire::desk::session::Officer;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::engine;
use crate::text::{Part, extend, speak};
use client::{Anonymous, DeskEngine, SignedIn};
use look::Look;

/// Messages of the desk; the citizen's app does not carry them.
const TEXTS: Part = Part {
    vi: &[
        include_str!("../../../locales/vi/desk.ftl"),
        include_str!("../../../locales/vi/desk-queue.ftl"),
        include_str!("../../../locales/vi/desk-editor.ftl"),
        include_str!("../../../locales/vi/desk-product.ftl"),
    ],
    en: &[
        include_str!("../../../locales/en/desk.ftl"),
        include_str!("../../../locales/en/desk-queue.ftl"),
        include_str!("../../../locales/en/desk-editor.ftl"),
        include_str!("../../../locales/en/desk-product.ftl"),
    ],
    failure: Some(failure::words),
};

/// Looks for a session that still counts and shows the desk, or the way in.
pub fn start() {
    crate::citizen::window::tell_panics();
    extend(TEXTS);
    engine::install(Rc::new(DeskEngine));
    spawn_local(async {
        let first = Anonymous.resume().await;
        mount_to_body(move || view! { <Window first=first /> });
    });
}

/// Whether somebody is signed in.
type Session = Option<(SignedIn, Officer)>;

/// The whole window. When the session ends the room stays as it was, out of sight and out of reach, and
/// the same officer who signs in again finds everything typed.
#[component]
fn Window(first: Result<(SignedIn, Officer), Failure>) -> impl IntoView {
    let look = Look::kept();
    provide_context(look);
    look.dress();
    let failure = first.as_ref().err().cloned();
    let session: RwSignal<Session> = RwSignal::new(first.ok());
    let lost = Memo::new(move |_| {
        session.with(|s| s.as_ref().is_none_or(|(client, _)| client.lost.get()))
    });
    // Another officer gets a room of their own.
    let who =
        Memo::new(move |_| session.with(|s| s.as_ref().map(|(_, officer)| officer.login.clone())));
    move || {
        // A new language builds everything anew: no message needs to be watched.
        speak(look.language.get());
        let failure = failure.clone();
        let room = move || {
            // Read, not only tracked: a memo nobody has read yet would count its first value as a change.
            who.get()?;
            let (client, officer) = session.get_untracked()?;
            let leave = move || {
                session.set(None);
                spawn_local(async move {
                    client.sign_out().await;
                });
            };
            Some(view! { <frame::Frame client=client officer=officer on_leave=leave /> })
        };
        let door = move || {
            let login = who.get_untracked();
            lost.get().then(|| {
                let again = login.clone();
                view! {
                    <sign_in::SignIn
                        known=login.unwrap_or_default()
                        first=failure.clone()
                        on_in=move |client: SignedIn, officer: Officer| {
                            enter(session, again.as_deref() == Some(officer.login.as_str()), client, officer);
                        }
                    />
                }
            })
        };
        view! {
            <div class="desk-room" inert=move || lost.get()>{room}</div>
            {door}
        }
    }
}

/// The same officer goes on in the same room; anybody else starts in an empty one.
fn enter(session: RwSignal<Session>, same: bool, client: SignedIn, officer: Officer) {
    let kept = session.with_untracked(|s| s.as_ref().map(|(client, _)| *client));
    match kept.filter(|_| same) {
        Some(client) => client.lost.set(false),
        None => {
            store::forget_all();
            session.set(Some((client, officer)));
        }
    }
}

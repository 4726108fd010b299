//! The way in: name and password, what is wrong at the field, and how long to wait after too many tries.

mod wait;

use bantin_wire::desk::session::Officer;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::client::{Anonymous, SignedIn};
use super::entry::Entry;
use super::look::Look;
use crate::component::brocade::{Brocade, Motif};
use crate::component::button::IconButton;
use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::t;
use crate::text::failure_text;
use wait::Wait;

/// The form.
#[component]
pub fn SignIn(
    /// Who sat here until the session ended; empty for a fresh window.
    known: String,
    /// Why the window could not look for a session.
    first: Option<Failure>,
    /// Called with the session.
    on_in: impl Fn(SignedIn, Officer) + Clone + 'static,
) -> impl IntoView {
    let again = !known.is_empty();
    let (login, password) = (RwSignal::new(known), RwSignal::new(String::new()));
    let failure = RwSignal::new(first.filter(|f| f.code != Code::SignedOut));
    let busy = RwSignal::new(false);
    let wait = Wait::new();
    let send = move || {
        if busy.get_untracked() || wait.left.get_untracked() > 0 {
            return;
        }
        if let Some(empty) = missing(&login.get_untracked(), &password.get_untracked()) {
            failure.set(Some(empty));
            return;
        }
        busy.set(true);
        let on_in = on_in.clone();
        spawn_local(async move {
            let (name, word) = (
                login.get_untracked().trim().to_owned(),
                password.get_untracked(),
            );
            let answer = Anonymous.sign_in(name, word).await;
            busy.set(false);
            match answer {
                Ok((client, officer)) => on_in(client, officer),
                Err(refused) => {
                    if refused.code == Code::SignInWait {
                        wait.begin(refused.number.unwrap_or(30));
                    }
                    failure.set(Some(refused));
                }
            }
        });
    };
    view! {
        <main class="door">
            <div class="door-card">
                <Brocade motif=Motif::Mountain />
                <h1 class="door-title">{t!("desk-title")}</h1>
                <p class="door-lead">{if again { t!("desk-sign-in-again") } else { t!("desk-sign-in-lead") }}</p>
                <form
                    novalidate
                    on:submit=move |event| {
                        event.prevent_default();
                        send();
                    }
                >
                    <Trouble failure=failure wait=wait />
                    <Fields login=login password=password failure=failure again=again />
                    <button
                        type="submit"
                        class="button button-main door-send"
                        aria-busy=move || busy.get().then_some("true")
                        aria-disabled=move || (wait.left.get() > 0).then_some("true")
                    >
                        <Glyph icon=Icon::Key />
                        <span>{move || if busy.get() { t!("desk-sign-in-busy") } else { t!("desk-sign-in") }}</span>
                    </button>
                </form>
                <DoorLook />
            </div>
        </main>
    }
}

fn missing(login: &str, password: &str) -> Option<Failure> {
    match (login.trim().is_empty(), password.is_empty()) {
        (true, _) => Some(Failure::at(Code::Empty, "login")),
        (false, true) => Some(Failure::at(Code::Empty, "password")),
        (false, false) => None,
    }
}

#[component]
fn Fields(
    login: RwSignal<String>,
    password: RwSignal<String>,
    failure: RwSignal<Option<Failure>>,
    again: bool,
) -> impl IntoView {
    let empty = move |field: &'static str| {
        Signal::derive(move || {
            failure.with(|f| {
                let here = f
                    .as_ref()
                    .is_some_and(|f| f.code == Code::Empty && f.field.as_deref() == Some(field));
                here.then(|| {
                    if field == "login" {
                        t!("desk-login-empty")
                    } else {
                        t!("desk-password-empty")
                    }
                })
            })
        })
    };
    let seen = RwSignal::new(false);
    // Straight to what is to be typed next.
    set_timeout(
        move || super::frame::focus(if again { "#password" } else { "#login" }),
        std::time::Duration::ZERO,
    );
    view! {
        <Entry
            id="login" label=t!("desk-login") value=login on_input=move |v| login.set(v)
            autocomplete="username" fault=empty("login")
        />
        <div class="door-password">
            {move || {
                let kind = if seen.get() { "text" } else { "password" };
                view! {
                    <Entry
                        id="password" label=t!("desk-password") value=password on_input=move |v| password.set(v)
                        kind=kind autocomplete="current-password" fault=empty("password")
                    />
                }
            }}
            <IconButton
                icon=Icon::Eye
                label=t!("desk-password-show")
                pressed=Signal::derive(move || Some(seen.get()))
                on_press=move || seen.update(|s| *s = !*s)
            />
        </div>
    }
}

/// Why it did not work, in the officer's words.
#[component]
fn Trouble(failure: RwSignal<Option<Failure>>, wait: Wait) -> impl IntoView {
    move || {
        let failure = failure.get().filter(|f| f.code != Code::Empty)?;
        let text = match (failure.code, wait.left.get()) {
            (Code::SignInWait, 0) => t!("desk-sign-in-go-on"),
            (Code::SignInWait, left) => t!("desk-sign-in-wait", seconds = left),
            (Code::SignInWrong, _) => t!("desk-sign-in-wrong"),
            _ => failure_text(&failure),
        };
        let tone = if failure.code == Code::SignInWait {
            Tone::Mind
        } else {
            Tone::Wrong
        };
        let icon = if failure.code == Code::SignInWait {
            Icon::Clock
        } else {
            Icon::Warning
        };
        Some(view! { <Callout tone=tone icon=icon text=text /> })
    }
}

#[component]
fn DoorLook() -> impl IntoView {
    let look: Look = expect_context();
    view! {
        <div class="door-look">
            <IconButton icon=Icon::Theme label=t!("desk-theme") on_press=move || look.turn_theme() />
            <IconButton icon=Icon::Language label=t!("desk-language") on_press=move || look.turn_language() />
        </div>
    }
}

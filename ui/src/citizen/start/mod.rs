//! The first start: language, place, what this is. Under a minute, no account.

mod place;

use bantin_wire::ipc::place::PairingDefault;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::app;
use super::window::{arrive, set_title};
use crate::component::brocade::{Brocade, Motif};
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::choice::{Answer, Choices};
use crate::component::icon::{Glyph, Icon};
use crate::engine;
use crate::t;
use crate::text::language::{OFFERED, has_interface, language_name, own_name};

pub use place::PlaceStep;

/// A question of the first start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// Which language.
    #[default]
    Language,
    /// Which place.
    Place,
    /// What this is.
    About,
}

/// The three questions, one a screen.
#[component]
pub fn Start() -> impl IntoView {
    let step = app().first_step;
    let link = RwSignal::new(String::new());
    spawn_local(async move {
        if let Ok(Some(default)) = engine::run(&PairingDefault {}).await {
            let _ = link.try_set(default);
        }
    });
    set_title(&t!("start-title"));
    Effect::new(move |before: Option<()>| {
        step.track();
        if before.is_some() {
            set_timeout(arrive, std::time::Duration::ZERO);
        }
    });
    view! {
        <div class="start">
            <header class="start-top">
                <Brocade motif=Motif::Mountain />
                <p class="start-name" lang="vi">"Bản Tin"</p>
            </header>
            <main class="start-main">
                {move || match step.get() {
                    Step::Language => view! { <LanguageStep step=step /> }.into_any(),
                    Step::Place => {
                        view! {
                            <place::PlaceStep
                                link=link
                                on_back=move || step.set(Step::Language)
                                on_done=move || step.set(Step::About)
                            />
                        }
                            .into_any()
                    }
                    Step::About => view! { <AboutStep /> }.into_any(),
                }}
            </main>
        </div>
    }
}

#[component]
fn LanguageStep(step: RwSignal<Step>) -> impl IntoView {
    let app = app();
    let chosen = Signal::derive(move || app.settings.with(|s| s.language.clone()));
    let stands_in = move || chosen.with(|tag| !has_interface(tag));
    // Who brought the app here may have told it the place already.
    let after_language = move || match app.status.with_untracked(|s| s.place.is_some()) {
        true => Step::About,
        false => Step::Place,
    };
    view! {
        <section class="start-step" data-arrive tabindex="-1" aria-labelledby="start-q">
            <h1 id="start-q">{t!("start-language")}</h1>
            {move || {
                stands_in()
                    .then(|| {
                        let text = t!("language-stands-in", language = language_name(&chosen.get()));
                        view! { <Callout tone=Tone::Mind icon=Icon::Language text=text /> }
                    })
            }}
            <Choices
                name="language"
                label=t!("start-language")
                answers=language_answers()
                chosen=chosen
                on_choose=move |tag| app.set_settings(|s| s.language = tag)
            />
            <div class="start-acts">
                <Button
                    icon=Icon::Forward
                    text=t!("next")
                    weight=Weight::Main
                    on_press=move || step.set(after_language())
                />
            </div>
        </section>
    }
}

/// Every language a person can choose.
pub fn language_answers() -> Vec<Answer> {
    OFFERED
        .iter()
        .map(|tag| Answer {
            value: (*tag).into(),
            text: own_name(tag),
            lang: matches!(*tag, "vi" | "en" | "km-Khmr").then(|| (*tag).to_owned()),
            note: if *tag == "km-Khmr" {
                language_name(tag)
            } else {
                String::new()
            },
            icon: None,
            picture: String::new(),
            class: "",
        })
        .collect()
}

#[component]
fn AboutStep() -> impl IntoView {
    let app = app();
    app.refresh();
    let agency = move || {
        app.status
            .with(|s| s.place.as_ref().and_then(|p| p.agency.clone()))
            .map(|agency| view! { <Fact icon=Icon::Shield text=t!("start-about-from", agency = agency) /> })
    };
    view! {
        <section class="start-step" data-arrive tabindex="-1" aria-labelledby="start-q">
            <h1 id="start-q">{t!("start-about")}</h1>
            <ul class="start-facts">
                {agency}
                <Fact icon=Icon::CloudOff text=t!("start-about-offline") />
                <Fact icon=Icon::Listen text=t!("start-about-listen") />
                <Fact icon=Icon::Ask text=t!("start-about-ask") />
                <Fact icon=Icon::Lock text=t!("start-about-private") />
            </ul>
            {move || {
                app.status
                    .with(|s| s.trusts_origin)
                    .then(|| {
                        view! { <Callout tone=Tone::Mind icon=Icon::Shield text=t!("trusts-origin") /> }
                    })
            }}
            <div class="start-acts">
                <Button
                    icon=Icon::Check
                    text=t!("start-done")
                    weight=Weight::Main
                    on_press=move || {
                        app.set_settings(|s| s.started = true);
                        app.sync(false);
                    }
                />
            </div>
        </section>
    }
}

#[component]
fn Fact(icon: Icon, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <li class="start-fact">
            <Glyph icon=icon />
            <span>{text}</span>
        </li>
    }
}

//! The frame around every screen: the woven band, title, line of truth, destinations, what plays.

mod destinations;
mod listen_bar;
mod truth;

use leptos::prelude::*;

use super::route::{Route, Section};
use super::state::app;
use super::window::set_title;
use super::{claim, data, home, market, me, news, offer, question, talks};
use crate::component::brocade::{Brocade, Motif};
use crate::component::icon::{Glyph, Icon};
use crate::t;

/// A screen of its own below a destination.
#[derive(Clone, PartialEq, Eq)]
enum Below {
    Nothing,
    Form,
    Claim,
    Code(String),
    Data,
}

impl Below {
    fn of(route: &Route) -> Self {
        match route {
            Route::Offer | Route::Question { .. } => Self::Form,
            Route::Claim => Self::Claim,
            Route::Code { id } => Self::Code(id.clone()),
            Route::Data => Self::Data,
            _ => Self::Nothing,
        }
    }
}

/// The app once it is set up.
#[component]
pub fn Frame() -> impl IntoView {
    let app = app();
    let section = Memo::new(move |_| app.route.with(Route::section));
    let below = Memo::new(move |_| app.route.with(Below::of));
    Effect::new(move |_| set_title(&title(section.get())));
    let screen = move || match (section.get(), below.get()) {
        (Section::Home, _) => view! { <home::Home /> }.into_any(),
        (Section::News, _) => view! { <news::News /> }.into_any(),
        (Section::Market, Below::Form) => view! { <offer::Offer /> }.into_any(),
        (Section::Market, _) => view! { <market::Market /> }.into_any(),
        (Section::Ask, Below::Form) => view! { <question::Question /> }.into_any(),
        (Section::Ask, Below::Claim) => view! { <claim::Claim /> }.into_any(),
        (Section::Ask, Below::Code(id)) => view! { <claim::Sheet id=id /> }.into_any(),
        (Section::Ask, _) => view! { <talks::Talks /> }.into_any(),
        (Section::Me, Below::Data) => view! { <data::Data /> }.into_any(),
        (Section::Me, _) => view! { <me::Me /> }.into_any(),
    };
    view! {
        <div class="frame">
            <SkipLink />
            <header class="top">
                <Brocade motif=Motif::Mountain />
                <div class="top-row">
                    <Above />
                    <div class="top-words">
                        <h1 class="top-title">{move || heading(section.get(), &below.get())}</h1>
                        <truth::Truth />
                    </div>
                    <truth::SyncButton />
                </div>
            </header>
            <destinations::Destinations />
            <main class="main" id="main">
                {screen}
            </main>
            <listen_bar::ListenBar />
            <div class="said" role="status" aria-live="polite">
                {move || {
                    let text = app.said.get();
                    (!text.is_empty()).then(|| view! { <p class="said-text">{text}</p> })
                }}
            </div>
        </div>
    }
}

/// The name of a destination.
fn title(section: Section) -> String {
    match section {
        Section::Home => t!("nav-home"),
        Section::News => t!("nav-news"),
        Section::Market => t!("nav-market"),
        Section::Ask => t!("nav-ask"),
        Section::Me => t!("nav-me"),
    }
}

/// The words over a destination: at home, the place that is followed.
fn heading(section: Section, below: &Below) -> String {
    let app = app();
    match section {
        Section::Home => app
            .status
            .with(|s| s.place.as_ref().map(|p| p.name.clone()))
            .unwrap_or_else(|| t!("nav-home")),
        Section::News => t!("news-title"),
        Section::Market => t!("market-title"),
        Section::Ask => t!("talks-title"),
        Section::Me if *below == Below::Data => t!("data-title"),
        Section::Me => t!("me-title"),
    }
}

/// Leads back from a screen below a destination.
#[component]
fn Above() -> impl IntoView {
    let app = app();
    let above = Memo::new(move |_| app.route.with(Route::above));
    move || {
        above.get().map(|route| {
            view! {
                <a class="icon-button top-back" href=route.href() aria-label=t!("back") title=t!("back")>
                    <Glyph icon=Icon::Back />
                </a>
            }
        })
    }
}

/// For the keyboard: past the destinations, right to the screen.
#[component]
fn SkipLink() -> impl IntoView {
    view! {
        <button type="button" class="skip" on:click=move |_| super::window::arrive()>
            {t!("skip-to-content")}
        </button>
    }
}

//! A conversation: its five stones, everything said, and what can be done now.

mod act;
mod bubble;
mod rate;

use bantin_wire::ipc::conversation::{ConversationCard, ConversationPage, ConversationRead};
use leptos::prelude::*;

use super::route::Route;
use super::state::app;
use super::talks::{due, status_icon, status_name, title};
use super::window::arrive;
use crate::component::button::ButtonLink;
use crate::component::callout::{Callout, Tone};
use crate::component::chip::Fact;
use crate::component::empty::Failed;
use crate::component::icon::Icon;
use crate::component::skeleton::Skeleton;
use crate::component::stones::Stones;
use crate::load::{Load, query};
use crate::t;

/// One conversation.
#[component]
pub fn Thread(
    /// Which; hex.
    id: String,
) -> impl IntoView {
    let app = app();
    let asked = id.clone();
    let page = query(move || {
        app.changes.track();
        Some(ConversationRead { id: asked.clone() })
    });
    // The reply being written must not be rebuilt when a letter arrives: what is said and what can be done
    // are watched apart.
    let there = Memo::new(move |_| page.with(|load| load.ready().is_some()));
    let actions = Memo::new(move |_| {
        page.with(|load| load.ready().map(|p| p.actions.clone()))
            .unwrap_or_default()
    });
    Effect::new(move |_| {
        if there.get() {
            set_timeout(arrive, std::time::Duration::ZERO);
        }
    });
    let said = move || {
        page.with(|load| {
            load.ready()
                .map(|page| view! { <Said page=page.clone() /> })
        })
    };
    move || {
        if there.get() {
            let id = id.clone();
            return view! {
                <article class="talk" data-arrive tabindex="-1" aria-label=t!("talk")>
                    {said}
                    <act::Acts id=id actions=actions />
                </article>
            }
            .into_any();
        }
        match page.get() {
            Load::Failed(failure) => {
                view! { <Failed failure=failure on_retry=move || app.refresh() /> }.into_any()
            }
            _ => view! { <Skeleton rows=5 /> }.into_any(),
        }
    }
}

#[component]
fn Said(page: ConversationPage) -> impl IntoView {
    let now = app().now.get_untracked();
    let ConversationPage {
        card,
        stones,
        messages,
        about,
        deadline_basis,
        ..
    } = page;
    let (kind_icon, kind) = match card.kind.as_str() {
        "product" => (Icon::Box, t!("talk-product")),
        _ => (Icon::Ask, t!("talk-question")),
    };
    let unknown = card.status == "unknown";
    // Until an answer has come, the code is the only thing that leads to it.
    let asks = !card.claimed && messages.iter().all(|m| m.mine);
    let id = StoredValue::new(card.id.clone());
    let waiting = messages.iter().any(|m| m.waiting);
    let bubbles = messages
        .into_iter()
        .map(|m| bubble::bubble(m, now))
        .collect_view();
    let basis = deadline_basis.map(
        |basis| view! { <p class="talk-basis" dir="auto">{t!("due-basis", basis = basis)}</p> },
    );
    view! {
        <header class="talk-top">
            <p class="row-facts">
                <Fact icon=kind_icon text=kind />
                <Fact icon=status_icon(&card.status) text=status_name(&card.status) />
                {due(&card, now)}
            </p>
            <h2 class="talk-title" dir="auto">{title(&card)}</h2>
            {(!unknown).then(|| view! { <p class="talk-agency" dir="auto">{t!("talk-with", agency = card.agency.clone())}</p> })}
            {basis}
        </header>
        {claimed(&card)}
        {(!unknown).then(|| view! { <Stones stones=stones now=now /> })}
        {waiting.then(|| view! { <Callout tone=Tone::Mind icon=Icon::Phone text=t!("talk-waits") /> })}
        {asks.then(|| claim(id.get_value(), true))}
        {about
            .map(|id| {
                view! { <ButtonLink icon=Icon::News text=t!("talk-about") href=Route::notice(id).href() /> }
            })}
        <ol class="bubbles" aria-label=t!("talk-said")>
            {bubbles}
        </ol>
        {(!asks).then(|| claim(id.get_value(), false))}
    }
}

/// What a claim code has brought and what it cannot bring.
fn claimed(card: &ConversationCard) -> impl IntoView + use<> {
    let text = match card.status.as_str() {
        "unknown" => t!("claimed-none"),
        _ => t!("claimed-here"),
    };
    card.claimed
        .then(|| view! { <Callout tone=Tone::Mind icon=Icon::Key text=text /> })
}

/// The way to the sheet with the claim code. It asks for attention until an answer has come.
fn claim(id: String, asks: bool) -> impl IntoView {
    view! {
        <div class="claim">
            {asks.then(|| view! { <Callout tone=Tone::Calm icon=Icon::Key text=t!("claim-why") /> })}
            <ButtonLink icon=Icon::Key text=t!("claim-keep") href=Route::Code { id }.href() />
        </div>
    }
}

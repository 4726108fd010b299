//! Home: what is urgent, *Nghe bản tin*, the topics, my questions, this season's products.

mod bulletin;

use bantin_wire::ipc::conversation::ConversationList;
use bantin_wire::ipc::notice::NoticeList;
use bantin_wire::ipc::product::ProductList;
use leptos::prelude::*;

use super::market::tile;
use super::news::urgent_strip;
use super::route::{Filter, Route};
use super::state::{App, app};
use super::talks::talk_card;
use crate::component::brocade::Brocade;
use crate::component::button::{ButtonLink, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::component::topic::Topic;
use crate::load::query;
use crate::t;

/// How many of each are shown here.
const QUESTIONS_SHOWN: usize = 3;
const PRODUCTS_SHOWN: u32 = 6;
/// Urgent notices come first in every list, so the first few are enough to find them.
const URGENT_LOOKED_AT: u32 = 8;

/// Home.
#[component]
pub fn Home() -> impl IntoView {
    let app = app();
    view! {
        <div class="home" data-arrive tabindex="-1" aria-label=t!("nav-home")>
            <Notes app=app />
            <Urgent app=app />
            <bulletin::Bulletin />
            <section class="home-part" aria-labelledby="home-topics">
                <h2 id="home-topics">{t!("home-topics")}</h2>
                <div class="topics">{Topic::NOTICES.map(topic_tile).collect_view()}</div>
            </section>
            <Questions app=app />
            <Products app=app />
        </div>
    }
}

/// What must be known before anything else is believed.
#[component]
fn Notes(app: App) -> impl IntoView {
    move || {
        let (clock_wrong, stale) = app.status.with(|s| (s.clock_wrong, s.stale));
        if clock_wrong {
            view! { <Callout tone=Tone::Mind icon=Icon::Clock text=t!("home-clock-wrong") /> }
                .into_any()
        } else if stale {
            view! { <Callout tone=Tone::Mind icon=Icon::Clock text=t!("home-stale") /> }.into_any()
        } else {
            ().into_any()
        }
    }
}

#[component]
fn Urgent(app: App) -> impl IntoView {
    let notices = query(move || {
        app.changes.track();
        Some(NoticeList {
            kind: "notice".into(),
            topic: None,
            saved: false,
            offset: 0,
            limit: URGENT_LOOKED_AT,
        })
    });
    move || {
        notices.with(|load| {
            let urgent = load.ready()?.iter().filter(|card| card.urgent).cloned();
            Some(urgent.map(urgent_strip).collect_view())
        })
    }
}

fn topic_tile(topic: Topic) -> impl IntoView {
    let href = Route::News {
        filter: Filter::Topic(topic),
        open: None,
    }
    .href();
    view! {
        <a class=format!("topic {}", topic.class()) href=href>
            <span class=format!("topic-picture {}", topic.picture())></span>
            <span class="topic-name">
                <Glyph icon=topic.icon() />
                <span>{topic.name()}</span>
            </span>
            <Brocade motif=topic.motif() />
        </a>
    }
}

#[component]
fn Questions(app: App) -> impl IntoView {
    let talks = query(move || {
        app.changes.track();
        Some(ConversationList {})
    });
    let cards = move || {
        talks.with(|load| {
            let cards = load.ready()?;
            Some(
                cards
                    .iter()
                    .take(QUESTIONS_SHOWN)
                    .map(|card| talk_card(card, app.now.get_untracked()))
                    .collect_view(),
            )
        })
    };
    let none = move || talks.with(|load| load.ready().is_some_and(Vec::is_empty));
    view! {
        <section class="home-part" aria-labelledby="home-questions">
            <h2 id="home-questions">{t!("home-questions")}</h2>
            {move || none().then(|| view! { <p class="home-hint">{t!("home-questions-none")}</p> })}
            <ul class="rows">{cards}</ul>
            <div class="home-acts">
                <ButtonLink
                    icon=Icon::Pen
                    text=t!("ask-officer")
                    weight=Weight::Plain
                    href=Route::Question { about: None }.href()
                />
            </div>
        </section>
    }
}

#[component]
fn Products(app: App) -> impl IntoView {
    let products = query(move || {
        app.changes.track();
        Some(ProductList {
            group: None,
            offset: 0,
            limit: PRODUCTS_SHOWN,
        })
    });
    move || {
        products.with(|load| {
            let cards = load.ready().filter(|cards| !cards.is_empty())?;
            let tiles = cards
                .iter()
                .map(|card| tile(card, Route::product(card.id)))
                .collect_view();
            Some(view! {
                <section class="home-part" aria-labelledby="home-products">
                    <h2 id="home-products">{t!("home-products")}</h2>
                    <ul class="wares">{tiles}</ul>
                </section>
            })
        })
    }
}

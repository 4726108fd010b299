//! The five destinations: a bar at the bottom of a phone, a rail at the left of a wide window.

use leptos::prelude::*;

use super::super::route::{Filter, Route, Section};
use super::super::state::app;
use crate::component::icon::{Glyph, Icon};
use crate::t;

/// Home, news, market, ask, me.
#[component]
pub fn Destinations() -> impl IntoView {
    let app = app();
    let section = Memo::new(move |_| app.route.with(Route::section));
    let none = Signal::derive(|| 0u32);
    let news = Signal::derive(move || app.status.with(|s| s.notices_new));
    let answers = Signal::derive(move || app.status.with(|s| s.answers_unread));
    let one = move |to: Section, route: Route, icon: Icon, text: String, count: Signal<u32>| {
        view! {
            <a
                class="nav-item"
                href=route.href()
                aria-current=move || (section.get() == to).then_some("page")
            >
                <span class="nav-mark">
                    <Glyph icon=icon />
                    <Count count=count />
                </span>
                <span class="nav-word">{text}</span>
            </a>
        }
    };
    view! {
        <nav class="nav" aria-label=t!("nav-label")>
            {one(Section::Home, Route::Home, Icon::Home, t!("nav-home"), none)}
            {one(
                Section::News,
                Route::News { filter: Filter::All, open: None },
                Icon::News,
                t!("nav-news"),
                news,
            )}
            {one(
                Section::Market,
                Route::Market { group: None, open: None },
                Icon::Market,
                t!("nav-market"),
                none,
            )}
            {one(Section::Ask, Route::Ask { open: None }, Icon::Ask, t!("nav-ask"), answers)}
            {one(Section::Me, Route::Me, Icon::Me, t!("nav-me"), none)}
        </nav>
    }
}

/// How many things are new there; spoken in words.
#[component]
fn Count(count: Signal<u32>) -> impl IntoView {
    move || {
        let count = count.get();
        (count > 0).then(|| {
            let shown = if count > 99 {
                "99+".to_owned()
            } else {
                count.to_string()
            };
            view! {
                <span class="nav-count" aria-hidden="true">{shown}</span>
                <span class="unseen">{t!("nav-new", count = i64::from(count))}</span>
            }
        })
    }
}

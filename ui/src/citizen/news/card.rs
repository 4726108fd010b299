//! A notice in a list, and as the red strip at home.

use bantin_model::id::RecordId;
use bantin_wire::ipc::notice::NoticeCard;
use leptos::prelude::*;

use super::super::player::Playable;
use super::super::route::{Filter, Route};
use super::super::state::app;
use crate::component::button::IconButton;
use crate::component::chip::Fact;
use crate::component::icon::{Glyph, Icon};
use crate::component::picture::Picture;
use crate::component::topic::Topic;
use crate::engine::PictureSource;
use crate::t;
use crate::text::{ago, date};

/// What tells two cards apart in a list: a card that changed is drawn anew.
pub fn key(card: &NoticeCard) -> (RecordId, bool, bool, String) {
    (card.id, card.unread, card.saved, card.title.clone())
}

/// A row of the list.
pub fn notice_row(
    card: &NoticeCard,
    filter: Filter,
    open: Memo<Option<RecordId>>,
) -> impl IntoView + use<> {
    let (id, issued_at, now) = (card.id, card.issued_at, app().now);
    let topic = Topic::parse(&card.topic).unwrap_or(Topic::Policy);
    let href = Route::News {
        filter,
        open: Some(id),
    }
    .href();
    let picture = card.picture.as_ref().map(|picture| {
        view! { <Picture source=PictureSource::Blob(picture.thumb) alt="" class="picture-thumb" /> }
    });
    let lead = match picture {
        Some(picture) => picture.into_any(),
        None => view! { <span class="row-topic"><Glyph icon=topic.icon() /></span> }.into_any(),
    };
    view! {
        <li class=format!("row {}", topic.class())>
            <a
                class="row-link"
                class:row-unread=card.unread
                href=href
                aria-current=move || (open.get() == Some(id)).then_some("true")
            >
                {lead}
                <span class="row-words">
                    <span class="row-title" lang=card.lang.clone() dir="auto">
                        {card.unread.then(|| view! { <span class="unseen">{t!("notice-unread")}</span> })}
                        {card.title.clone()}
                    </span>
                    <span class="row-summary" lang=card.lang.clone() dir="auto">{card.summary.clone()}</span>
                    <span class="row-facts">
                        {facts(card)}
                        <span class="row-date">{move || ago(issued_at, now.get())}</span>
                    </span>
                </span>
            </a>
        </li>
    }
}

/// What must be seen before reading: urgent, sample, over, kept, with sound.
pub fn facts(card: &NoticeCard) -> impl IntoView + use<> {
    let over = card
        .in_force_until
        .filter(|end| *end <= app().now.get_untracked());
    view! {
        {card.urgent.then(|| view! { <Fact icon=Icon::Urgent text=t!("notice-urgent") class="fact-red" /> })}
        {card.sample.then(|| view! { <Fact icon=Icon::Pen text=t!("sample") class="fact-plum" /> })}
        {over
            .map(|end| {
                let text = t!("notice-over", date = date(end));
                view! { <Fact icon=Icon::Clock text=text class="fact-red" /> }
            })}
        {card.saved.then(|| view! { <Fact icon=Icon::BookmarkOn text=t!("notice-saved") /> })}
        {card.audio.is_some().then(|| view! { <Fact icon=Icon::Listen text=t!("notice-audio") /> })}
    }
}

/// The strip at home: red edge, icon, headline, listen.
pub fn urgent_strip(card: NoticeCard) -> impl IntoView {
    let player = app().player;
    let track = Playable::of(&card);
    view! {
        <section class="urgent" aria-label=t!("notice-urgent")>
            <a class="urgent-link" href=Route::notice(card.id).href()>
                <Glyph icon=Icon::Urgent />
                <span class="urgent-words">
                    <strong>{t!("notice-urgent")}</strong>
                    <span lang=card.lang dir="auto">{card.title}</span>
                </span>
            </a>
            {track
                .map(|track| {
                    let label = t!("listen-to", title = track.title.clone());
                    view! {
                        <IconButton
                            icon=Icon::Listen
                            label=label
                            on_press=move || player.play(vec![track.clone()])
                        />
                    }
                })}
        </section>
    }
}

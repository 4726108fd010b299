//! *Hỏi*: my conversations with their state, and a thread beside them.

use bantin_model::time::Seconds;
use bantin_wire::ipc::conversation::{ConversationCard, ConversationList};
use leptos::prelude::*;

use super::route::Route;
use super::state::app;
use super::thread::Thread;
use crate::component::button::{ButtonLink, Weight};
use crate::component::chip::Fact;
use crate::component::empty::{Empty, Failed};
use crate::component::icon::{Glyph, Icon};
use crate::component::skeleton::Skeleton;
use crate::component::stones::StonesShort;
use crate::load::{Load, query};
use crate::t;
use crate::text::{ago, date, sort_day};

/// List and thread.
#[component]
pub fn Talks() -> impl IntoView {
    let app = app();
    let open = Memo::new(move |_| match app.route.get() {
        Route::Ask { open } => open,
        _ => None,
    });
    view! {
        <div class="panes" class:panes-open=move || open.with(Option::is_some)>
            <section class="pane pane-list" data-arrive tabindex="-1" aria-label=t!("talks-title")>
                <div class="talks-ask">
                    <ButtonLink
                        icon=Icon::Pen
                        text=t!("ask-officer")
                        weight=Weight::Main
                        href=Route::Question { about: None }.href()
                    />
                    <ButtonLink
                        icon=Icon::Key
                        text=t!("claimed")
                        weight=Weight::Quiet
                        href=Route::Claim.href()
                    />
                </div>
                <List open=open />
            </section>
            <section class="pane pane-detail" aria-label=t!("talk")>
                {move || match open.get() {
                    Some(id) => view! { <Thread id=id /> }.into_any(),
                    None => view! { <Empty icon=Icon::Ask title=t!("talk-none") /> }.into_any(),
                }}
            </section>
        </div>
    }
}

#[component]
fn List(open: Memo<Option<String>>) -> impl IntoView {
    let app = app();
    let talks = query(move || {
        app.changes.track();
        Some(ConversationList {})
    });
    move || match talks.get() {
        Load::Waiting => view! { <Skeleton rows=3 /> }.into_any(),
        Load::Failed(failure) => {
            view! { <Failed failure=failure on_retry=move || app.refresh() /> }.into_any()
        }
        Load::Ready(cards) if cards.is_empty() => view! {
            <Empty icon=Icon::Ask title=t!("talks-none") text=t!("talks-none-how") />
        }
        .into_any(),
        Load::Ready(cards) => {
            let now = app.now.get_untracked();
            let rows = cards
                .iter()
                .map(|card| {
                    let id = card.id.clone();
                    let here = move || open.with(|o| o.as_deref() == Some(id.as_str()));
                    view! { <li class="row" class:row-here=here>{talk_link(card, now)}</li> }
                })
                .collect_view();
            view! { <ul class="rows">{rows}</ul> }.into_any()
        }
    }
}

/// A conversation as a row of its own list.
pub fn talk_card(card: &ConversationCard, now: Seconds) -> impl IntoView + use<> {
    view! { <li class="row">{talk_link(card, now)}</li> }
}

fn talk_link(card: &ConversationCard, now: Seconds) -> impl IntoView + use<> {
    let icon = if card.kind == "product" {
        Icon::Box
    } else {
        Icon::Ask
    };
    let unread = card
        .unread
        .then(|| view! { <Fact icon=Icon::Reply text=t!("talk-unread") class="fact-red" /> });
    let path = (!card.step.is_empty()).then(|| view! { <StonesShort step=card.step.clone() /> });
    view! {
        <a class="row-link" class:row-unread=card.unread href=Route::Ask { open: Some(card.id.clone()) }.href()>
            <span class="row-topic"><Glyph icon=icon /></span>
            <span class="row-words">
                <span class="row-title" dir="auto">{title(card)}</span>
                {path}
                <span class="row-facts">
                    {unread}
                    <Fact icon=status_icon(&card.status) text=status_name(&card.status) />
                    {due(card, now)}
                    <span class="row-date">{ago(card.changed_at, now)}</span>
                </span>
            </span>
        </a>
    }
}

/// What was asked, as far as this device knows it.
pub fn title(card: &ConversationCard) -> String {
    if card.claimed {
        t!("claimed-title")
    } else {
        card.title.clone()
    }
}

/// The deadline in words, while one runs.
pub fn due(card: &ConversationCard, now: Seconds) -> impl IntoView + use<> {
    let over = matches!(card.status.as_str(), "answered" | "closed" | "out-of-scope");
    let due = card.due_at.filter(|_| !over)?;
    let days = sort_day(due) - sort_day(now);
    let (text, class) = match days {
        ..0 => (t!("due-over", date = date(due)), "fact-red"),
        0 => (t!("due-today"), "fact-turmeric"),
        _ => (t!("due-days", count = days, date = date(due)), ""),
    };
    Some(view! { <Fact icon=Icon::Clock text=text class=class /> })
}

/// What the agency does with it, in words.
pub fn status_name(status: &str) -> String {
    match status {
        "saved" => t!("status-saved"),
        "unknown" => t!("status-unknown"),
        "received" => t!("status-received"),
        "forwarded" => t!("status-forwarded"),
        "needs-info" => t!("status-needs-info"),
        "working" => t!("status-working"),
        "answered" => t!("status-answered"),
        "closed" => t!("status-closed"),
        "reopened" => t!("status-reopened"),
        "out-of-scope" => t!("status-out-of-scope"),
        other => other.to_owned(),
    }
}

/// The drawing beside a state.
pub fn status_icon(status: &str) -> Icon {
    match status {
        "saved" => Icon::Phone,
        "unknown" => Icon::Key,
        "needs-info" => Icon::Warning,
        "answered" => Icon::Reply,
        "closed" => Icon::Check,
        "reopened" => Icon::Reopen,
        "out-of-scope" => Icon::Close,
        _ => Icon::Desk,
    }
}

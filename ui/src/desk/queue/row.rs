//! One line of the queue.

use bantin_wire::desk::conversation::QueueRow;
use leptos::prelude::*;

use super::Kind;
use super::deadline::{DeadlineChip, StatusChip};
use crate::component::chip::Fact;
use crate::component::icon::{Glyph, Icon};
use crate::component::topic::Topic;
use crate::desk::state::desk;
use crate::t;
use crate::text::ago;

/// What tells two drawn rows apart: a row that changed in any way is drawn anew.
pub fn key(row: &QueueRow) -> String {
    // A deadline is drawn to the minute.
    let left = row.left_s.map(|left| left.div_euclid(60));
    format!(
        "{} {} {left:?} {} {:?} {}",
        row.id, row.status, row.unopened, row.rating, row.title
    )
}

/// The line.
pub fn row(row: &QueueRow, kind: Kind, open: Memo<Option<String>>) -> impl IntoView + use<> {
    let now = desk().now;
    let (id, received_at) = (row.id.clone(), row.received_at);
    let topic = Topic::parse(&row.topic);
    let icon = match kind {
        Kind::Product => Icon::Box,
        Kind::Question => topic.map_or(Icon::Ask, Topic::icon),
    };
    let rated = row.rating.map(|stars| {
        view! { <Fact icon=Icon::Star text=t!("desk-rated", stars = i64::from(stars)) class="fact-calm" /> }
    });
    let class = topic.map_or("", Topic::class);
    view! {
        <li class=format!("row {class}")>
            <a
                class="row-link"
                class:row-unread=row.unopened
                data-row
                href=kind.route(Some(row.id.clone())).href()
                aria-current=move || (open.with(|o| o.as_ref() == Some(&id))).then_some("true")
            >
                <span class="row-topic" title=topic.map(Topic::name)>
                    <Glyph icon=icon />
                    <span class="unseen">{topic.map(Topic::name)}</span>
                </span>
                <span class="row-title" dir="auto">
                    {row.unopened.then(|| view! { <span class="unseen">{t!("desk-unopened")} " "</span> })}
                    {row.title.clone()}
                </span>
                <span class="row-facts">
                    <DeadlineChip left_s=row.left_s />
                    <StatusChip status=row.status.clone() />
                    {rated}
                    <span class="row-date">{move || ago(received_at, now.get())}</span>
                </span>
            </a>
        </li>
    }
}

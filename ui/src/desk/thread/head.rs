//! What an officer must know before answering: state, deadline with its legal basis, what it is about,
//! how to reach the writer.

use bantin_wire::desk::conversation::Thread;
use leptos::prelude::*;

use super::super::queue::{DeadlineChip, Kind, StatusChip};
use super::super::state::desk;
use crate::component::icon::{Glyph, Icon};
use crate::t;
use crate::text::{date, when};

/// The head of a thread.
#[component]
pub fn Head(
    /// The conversation.
    told: Thread,
) -> impl IntoView {
    let now = desk().now.get_untracked();
    let row = told.row.clone();
    let kind = if row.kind == Kind::Product.code() {
        Kind::Product
    } else {
        Kind::Question
    };
    let due = row.due_at.map(|due| match told.deadline_basis.clone() {
        Some(basis) => t!("desk-due-basis", date = date(due), basis = basis),
        None => t!("desk-due", date = date(due)),
    });
    let place = desk().officer.with_untracked(|officer| {
        let many = officer.places.len() > 1;
        officer
            .places
            .iter()
            .find(|p| many && p.place == row.place)
            .map(|p| p.name.clone())
    });
    let facts = [
        (Icon::Calendar, due),
        (
            Icon::Clock,
            Some(t!("desk-came", when = when(row.received_at, now))),
        ),
        (Icon::Desk, place),
        (
            Icon::News,
            told.about.map(|(_, title)| t!("desk-about", title = title)),
        ),
        (
            Icon::People,
            told.written_for
                .map(|name| t!("desk-written-for", name = name)),
        ),
        (
            Icon::Phone,
            Some(match told.contact {
                Some(contact) => t!("desk-contact", contact = contact),
                None => t!("desk-contact-none"),
            }),
        ),
    ];
    let trail = told.trail.into_iter().map(|hop| {
        let words = t!(
            "desk-trail",
            from = hop.from,
            to = hop.to,
            when = when(hop.at, now),
            reason = hop.reason
        );
        (Icon::Forward, Some(words))
    });
    let facts = facts
        .into_iter()
        .chain(trail)
        .filter_map(|(icon, words)| Some((icon, words?)))
        .map(|(icon, words)| view! { <li><Glyph icon=icon /> <span dir="auto">{words}</span></li> })
        .collect_view();
    view! {
        <header class="thread-head">
            <div class="thread-line">
                <a
                    class="icon-button thread-back"
                    href=kind.route(None).href()
                    aria-label=t!("desk-back")
                    title=t!("desk-back")
                >
                    <Glyph icon=Icon::Back />
                </a>
                <h2 id="thread-title" class="thread-title" dir="auto">{row.title}</h2>
            </div>
            <p class="row-facts">
                <DeadlineChip left_s=row.left_s />
                <StatusChip status=row.status />
            </p>
            <ul class="thread-facts">{facts}</ul>
        </header>
    }
}

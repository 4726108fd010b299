//! One record of the feed.

use bantin_model::id::PlaceId;
use bantin_wire::desk::publication::PublishedRow;
use leptos::prelude::*;

use crate::component::button::{Button, ButtonLink, Weight};
use crate::component::chip::Fact;
use crate::component::icon::{Glyph, Icon};
use crate::desk::route::{Route, Work};
use crate::t;
use crate::text::date;
use crate::text::language::language_name;

/// The line. Products are corrected by submitting them again, so they offer only to withdraw.
pub fn row(
    row: PublishedRow,
    place: Memo<PlaceId>,
    withdraw: impl Fn(PublishedRow) + 'static,
) -> impl IntoView {
    let (icon, kind) = match row.kind.as_str() {
        "notice" => (Icon::News, t!("desk-kind-notice")),
        "heritage" => (Icon::Culture, t!("desk-kind-heritage")),
        "product" => (Icon::Box, t!("desk-kind-product")),
        _ => (Icon::Source, t!("desk-kind-other")),
    };
    let languages = row
        .languages
        .iter()
        .map(|tag| language_name(tag))
        .collect::<Vec<_>>()
        .join(", ");
    let correct = matches!(row.kind.as_str(), "notice" | "heritage").then(|| {
        let href = Route::Write(Work::Correct(place.get_untracked(), row.id)).href();
        view! { <ButtonLink icon=Icon::Edit text=t!("desk-correct") href=href /> }
    });
    let removable = matches!(row.kind.as_str(), "notice" | "heritage" | "product");
    let revised = (row.revision > 1).then(|| t!("desk-revision", number = i64::from(row.revision)));
    let title = row.title.clone();
    let issued = date(row.issued_at);
    let audio = row.audio;
    view! {
        <li class="row sheet-row">
            <div class="row-link" data-row tabindex="-1">
                <span class="row-topic"><Glyph icon=icon /> <span class="unseen">{kind.clone()}</span></span>
                <span class="row-title" dir="auto">{title}</span>
                <span class="row-facts">
                    <span class="row-kind">{kind}</span>
                    <span class="row-kind">{issued}</span>
                    {revised.map(|text| view! { <Fact icon=Icon::Edit text=text class="fact-calm" /> })}
                    <Fact icon=Icon::Language text=languages class="fact-calm" />
                    {audio.then(|| view! { <Fact icon=Icon::Listen text=t!("desk-has-sound") class="fact-calm" /> })}
                </span>
            </div>
            <div class="row-acts">
                {correct}
                {removable
                    .then(|| {
                        view! {
                            <Button
                                icon=Icon::Bin
                                text=t!("desk-withdraw")
                                weight=Weight::Quiet
                                on_press=move || withdraw(row.clone())
                            />
                        }
                    })}
            </div>
        </li>
    }
}

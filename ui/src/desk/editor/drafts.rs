//! Where writing begins: something new, or a draft that waits.

use bantin_wire::desk::publication::{DraftDrop, DraftList, DraftRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::component::button::{Button, ButtonLink, IconButton, Weight};
use crate::component::dialog::Confirm;
use crate::component::empty::{Empty, Failed};
use crate::component::icon::{Glyph, Icon};
use crate::component::skeleton::Skeleton;
use crate::desk::route::{Route, Work};
use crate::desk::state::desk;
use crate::load::Load;
use crate::t;
use crate::text::{ago, failure_text};

/// Buttons for something new, and the drafts.
#[component]
pub fn Drafts() -> impl IntoView {
    let desk = desk();
    let rows = desk.query(move || {
        desk.changes.track();
        Some(DraftList {})
    });
    let doomed = RwSignal::new(None::<DraftRow>);
    let sure = RwSignal::new(false);
    let drop_it = move || {
        if let Some(row) = doomed.get_untracked() {
            spawn_local(async move {
                let outcome = desk.client.run(&DraftDrop { id: row.id }).await;
                desk.said
                    .set(outcome.map_or_else(|f| failure_text(&f), |()| t!("desk-draft-dropped")));
                desk.refresh();
            });
        }
    };
    let list = move || {
        match rows.get() {
        Load::Waiting => view! { <Skeleton rows=4 /> }.into_any(),
        Load::Failed(failure) => view! { <Failed failure=failure on_retry=move || desk.refresh() /> }.into_any(),
        Load::Ready(rows) if rows.is_empty() => {
            view! { <Empty icon=Icon::Pen title=t!("desk-drafts-none") text=t!("desk-drafts-none-text") /> }.into_any()
        }
        Load::Ready(rows) => {
            let drop_one = move |row: DraftRow| {
                doomed.set(Some(row));
                sure.set(true);
            };
            let rows = rows.into_iter().map(|row| draft(row, drop_one)).collect_view();
            view! { <ul class="rows sheet-rows">{rows}</ul> }.into_any()
        }
    }
    };
    view! {
        <div class="page">
            <header class="page-head">
                <h1 class="pane-title">{t!("desk-nav-write")}</h1>
                <div class="page-acts">
                    {begin(Icon::News, t!("desk-new-notice"), "notice", Weight::Main)}
                    {begin(Icon::Culture, t!("desk-new-heritage"), "heritage", Weight::Plain)}
                </div>
            </header>
            <h2 class="page-part">{t!("desk-drafts")}</h2>
            {list}
            <Confirm
                open=sure
                title=t!("desk-draft-drop-sure")
                text=t!("desk-draft-drop-text")
                yes=t!("desk-draft-drop")
                icon=Icon::Bin
                on_yes=drop_it
            />
        </div>
    }
}

fn begin(icon: Icon, text: String, kind: &str, weight: Weight) -> impl IntoView + use<> {
    let href = Route::Write(Work::New(kind.into())).href();
    view! { <ButtonLink icon=icon text=text weight=weight href=href /> }
}

fn draft(row: DraftRow, drop_one: impl Fn(DraftRow) + 'static) -> impl IntoView {
    let desk = desk();
    let title = if row.title.trim().is_empty() {
        t!("desk-draft-untitled")
    } else {
        row.title.clone()
    };
    let place = desk.officer.with_untracked(|officer| {
        officer
            .places
            .iter()
            .find(|p| p.place == row.place)
            .map_or_else(|| row.place.to_string(), |p| p.name.clone())
    });
    let facts = t!(
        "desk-draft-facts",
        place = place,
        by = row.by.clone(),
        ago = ago(row.changed_at, desk.now.get_untracked())
    );
    let href = Route::Write(Work::Draft(row.id.clone())).href();
    let label = t!("desk-draft-drop-this", title = title.clone());
    view! {
        <li class="row sheet-row">
            <a class="row-link" data-row href=href>
                <span class="row-topic"><Glyph icon=Icon::Pen /></span>
                <span class="row-title" dir="auto">{title}</span>
                <span class="row-facts"><span class="row-date">{facts}</span></span>
            </a>
            <IconButton icon=Icon::Bin label=label on_press=move || drop_one(row.clone()) />
        </li>
    }
}

/// Leaves the editor for the list of drafts.
#[component]
pub fn BackToDrafts() -> impl IntoView {
    let desk = desk();
    view! {
        <Button
            icon=Icon::Back
            text=t!("desk-drafts")
            weight=Weight::Quiet
            on_press=move || desk.go(&Route::Drafts)
        />
    }
}

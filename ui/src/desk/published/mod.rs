//! What the feed of a place holds: to correct or to withdraw.

mod row;
mod withdraw;

use bantin_model::id::PlaceId;
use bantin_wire::Failure;
use bantin_wire::desk::publication::{PublishedList, PublishedRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::entry::Pick;
use super::queue::NoGrant;
use super::route::Route;
use super::state::{Desk, desk};
use crate::component::button::Button;
use crate::component::empty::{Empty, Failed};
use crate::component::icon::Icon;
use crate::component::skeleton::Skeleton;
use crate::t;
use withdraw::Withdraw;

/// Rows in one answer.
const PAGE: u32 = 100;

/// The list of one place.
#[component]
pub fn Published() -> impl IntoView {
    let desk = desk();
    let places = desk.places_with("publish");
    let Some(first) = places.first().map(|place| place.place.clone()) else {
        return view! { <NoGrant text=t!("desk-no-grant-publish") /> }.into_any();
    };
    let place = Memo::new(move |_| match desk.route.get() {
        Route::Published { place: Some(place) } => place,
        _ => first.clone(),
    });
    let doomed = RwSignal::new(None::<PublishedRow>);
    let open = RwSignal::new(false);
    let pages = Pages::new(desk, place);
    let options: Vec<(String, String)> = places
        .iter()
        .map(|place| (place.place.to_string(), place.name.clone()))
        .collect();
    let many = options.len() > 1;
    view! {
        <div class="page">
            <header class="page-head">
                <h1 class="pane-title">{t!("desk-nav-published")}</h1>
                {many
                    .then(|| {
                        view! {
                            <Pick
                                id="published-place"
                                label=t!("desk-published-place")
                                options=options
                                value=Signal::derive(move || place.with(ToString::to_string))
                                on_pick=move |id| desk.go(&Route::Published { place: PlaceId::new(id).ok() })
                            />
                        }
                    })}
            </header>
            <Rows pages=pages place=place doomed=doomed open=open />
            <Withdraw row=doomed open=open place=place />
        </div>
    }
    .into_any()
}

/// The fetched part of the list.
#[derive(Clone, Copy)]
struct Pages {
    desk: Desk,
    place: Memo<PlaceId>,
    rows: RwSignal<Vec<PublishedRow>>,
    done: RwSignal<bool>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    turn: StoredValue<u32>,
}

impl Pages {
    fn new(desk: Desk, place: Memo<PlaceId>) -> Self {
        let pages = Self {
            desk,
            place,
            rows: RwSignal::new(Vec::new()),
            done: RwSignal::new(false),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            turn: StoredValue::new(0),
        };
        Effect::new(move |before: Option<PlaceId>| {
            desk.changes.track();
            let now = place.get();
            if before.is_some_and(|before| before != now) {
                pages.rows.set(Vec::new());
                pages.done.set(false);
            }
            pages.ask(0);
            now
        });
        pages
    }

    /// Fetches the page at `offset`; from the start, what is here stays in view until the answer comes.
    fn ask(self, offset: u32) {
        let Some(mine) = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        }) else {
            return;
        };
        self.busy.set(true);
        let command = PublishedList {
            place: self.place.get_untracked(),
            offset,
            limit: PAGE,
        };
        spawn_local(async move {
            let outcome = self.desk.client.run(&command).await;
            if self.turn.try_get_value() != Some(mine) {
                return;
            }
            self.busy.set(false);
            match outcome {
                Ok(page) => {
                    self.failure.set(None);
                    self.done.set(page.len() < PAGE as usize);
                    self.rows.update(|rows| {
                        rows.truncate(offset as usize);
                        rows.extend(page);
                    });
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    fn more(self) {
        self.ask(
            self.rows
                .with_untracked(|rows| u32::try_from(rows.len()).unwrap_or(u32::MAX)),
        );
    }
}

#[component]
fn Rows(
    pages: Pages,
    place: Memo<PlaceId>,
    doomed: RwSignal<Option<PublishedRow>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let empty = Memo::new(move |_| pages.rows.with(Vec::is_empty));
    let state = move || {
        match (pages.failure.get(), empty.get(), pages.done.get()) {
        (Some(failure), _, _) => {
            view! { <Failed failure=failure on_retry=move || pages.desk.refresh() /> }.into_any()
        }
        (None, true, false) => view! { <Skeleton rows=6 /> }.into_any(),
        (None, true, true) => {
            view! { <Empty icon=Icon::News title=t!("desk-published-none") text=t!("desk-published-none-text") /> }
                .into_any()
        }
        (None, false, _) => ().into_any(),
    }
    };
    let withdraw = move |row: PublishedRow| {
        doomed.set(Some(row));
        open.set(true);
    };
    view! {
        {state}
        <ul class="rows sheet-rows">
            <For each=move || pages.rows.get() key=|row| (row.id, row.revision, row.issued_at) let:item>
                {row::row(item, place, withdraw)}
            </For>
        </ul>
        <Show when=move || !empty.get() && !pages.done.get()>
            <div class="rows-more">
                <Button icon=Icon::Plus text=t!("desk-more") busy=pages.busy on_press=move || pages.more() />
            </div>
        </Show>
    }
}

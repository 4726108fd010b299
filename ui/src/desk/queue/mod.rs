//! The queue and, beside it, the open thread.

mod bar;
mod deadline;
mod filter;
mod pages;
mod row;

use bantin_wire::desk::conversation::QueueRow;
use leptos::prelude::*;

use super::route::Route;
use super::state::{Desk, desk};
use super::thread::Thread;
use crate::component::button::Button;
use crate::component::empty::{Empty, Failed};
use crate::component::icon::Icon;
use crate::component::skeleton::Skeleton;
use crate::t;
use filter::Filter;
use pages::Pages;

pub use deadline::{DeadlineChip, StatusChip};

/// Which conversations a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Questions.
    Question,
    /// Submitted products.
    Product,
}

impl Kind {
    /// As in [`QueueRow::kind`].
    pub fn code(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Product => "product",
        }
    }

    /// The screen with `id` open.
    pub fn route(self, open: Option<String>) -> Route {
        match self {
            Self::Question => Route::Queue { open },
            Self::Product => Route::Products { open },
        }
    }
}

/// Questions and the open thread.
#[component]
pub fn Queue() -> impl IntoView {
    let desk = desk();
    let open = Memo::new(move |_| match desk.route.get() {
        Route::Queue { open } => open,
        _ => None,
    });
    if desk.places_with("answer").is_empty() {
        return view! { <NoGrant text=t!("desk-no-grant-answer") /> }.into_any();
    }
    let detail = move || {
        match open.get() {
        Some(id) => view! { <Thread id=id /> }.into_any(),
        None => view! { <Empty icon=Icon::Ask title=t!("desk-queue-none-open") text=t!("desk-queue-how") /> }.into_any(),
    }
    };
    view! {
        <div class="panes">
            <List kind=Kind::Question title=t!("desk-nav-queue") open=open />
            <section class="pane-detail" aria-label=t!("desk-thread")>{detail}</section>
        </div>
    }
    .into_any()
}

/// Said where a role is missing.
#[component]
pub fn NoGrant(
    /// What cannot be done here.
    text: String,
) -> impl IntoView {
    view! {
        <div class="pane-alone">
            <Empty icon=Icon::Lock title=t!("desk-no-grant") text=text />
        </div>
    }
}

/// A list of conversations with its filters.
#[component]
pub fn List(
    /// Which conversations.
    kind: Kind,
    /// Its title.
    #[prop(into)]
    title: String,
    /// The open one.
    open: Memo<Option<String>>,
) -> impl IntoView {
    let desk = desk();
    let filter = RwSignal::new(Filter::default());
    let pages = Pages::new(desk, kind, filter);
    let here = Memo::new(move |_| pages.matching());
    let shown = Memo::new(move |_| {
        let most = pages.most.get();
        here.with(|rows| rows.iter().take(most).cloned().collect::<Vec<_>>())
    });
    view! {
        <section class="pane-list" aria-labelledby="list-title">
            <bar::Bar title=title kind=kind filter=filter pages=pages found=here />
            <div class="pane-scroll">
                {move || waiting(desk, pages, &shown, filter)}
                <ul class="rows">
                    <For each=move || shown.get() key=row::key let:item>
                        {row::row(&item, kind, open)}
                    </For>
                </ul>
                {move || {
                    let more = here.with(Vec::len) > shown.with(Vec::len) || !pages.done.get();
                    (more && !shown.with(Vec::is_empty))
                        .then(|| {
                            view! {
                                <div class="rows-more">
                                    <Button
                                        icon=Icon::Plus
                                        text=t!("desk-more")
                                        busy=pages.busy
                                        on_press=move || pages.show_more()
                                    />
                                </div>
                            }
                        })
                }}
            </div>
        </section>
    }
}

/// What stands where no row is: still coming, failed, nothing at all, nothing for this filter.
fn waiting(
    desk: Desk,
    pages: Pages,
    shown: &Memo<Vec<QueueRow>>,
    filter: RwSignal<Filter>,
) -> impl IntoView + use<> {
    if let Some(failure) = pages.failure.get() {
        return view! { <Failed failure=failure on_retry=move || desk.refresh() /> }.into_any();
    }
    if !shown.with(Vec::is_empty) {
        return ().into_any();
    }
    if !pages.done.get() {
        return view! { <Skeleton rows=8 /> }.into_any();
    }
    if filter.with(Filter::is_narrow) {
        return view! {
            <Empty icon=Icon::Search title=t!("desk-queue-no-match")>
                <Button icon=Icon::Close text=t!("desk-filter-clear") on_press=move || filter.update(Filter::widen) />
            </Empty>
        }
        .into_any();
    }
    view! { <Empty icon=Icon::Check title=t!("desk-queue-empty") text=t!("desk-queue-empty-text") /> }.into_any()
}

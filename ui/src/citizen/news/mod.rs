//! News: the list by topic, urgency or what is kept, with the search field on top, and the reader beside it.

mod card;

use bantin_model::id::RecordId;
use bantin_wire::ipc::notice::NoticeList;
use leptos::prelude::*;

use super::reader::Reader;
use super::route::{Filter, Route};
use super::search::{Results, SearchField};
use super::state::{App, app};
use crate::component::button::{Button, ButtonLink};
use crate::component::chip::ChipLink;
use crate::component::empty::{Empty, Failed};
use crate::component::icon::Icon;
use crate::component::skeleton::Skeleton;
use crate::component::topic::Topic;
use crate::load::{Load, query};
use crate::t;

pub use card::{facts, notice_row, urgent_strip};

/// How many notices a page of the list has.
const PAGE: u32 = 50;

/// List and reader.
#[component]
pub fn News() -> impl IntoView {
    let app = app();
    let filter = Memo::new(move |_| match app.route.get() {
        Route::News { filter, .. } => filter,
        _ => Filter::All,
    });
    let open = Memo::new(move |_| match app.route.get() {
        Route::News { open, .. } => open,
        _ => None,
    });
    // Words are for the search alone: another list begins without them.
    Effect::new(move |_| {
        if filter.get() != Filter::Search {
            app.words.set(String::new());
        }
    });
    view! {
        <div class="panes" class:panes-open=move || open.with(Option::is_some)>
            <section class="pane pane-list" data-arrive tabindex="-1" aria-label=t!("news-title")>
                <SearchField />
                <Filters filter=filter />
                {move || match filter.get() {
                    Filter::Search => view! { <Results /> }.into_any(),
                    filter => view! { <List filter=filter open=open /> }.into_any(),
                }}
            </section>
            <section class="pane pane-detail" aria-label=t!("reader")>
                {move || match open.get() {
                    Some(id) => view! { <Reader id=id /> }.into_any(),
                    None => view! { <Empty icon=Icon::News title=t!("reader-none") /> }.into_any(),
                }}
            </section>
        </div>
    }
}

/// All, saved, and each topic.
#[component]
fn Filters(filter: Memo<Filter>) -> impl IntoView {
    let chip = move |to: Filter, icon: Icon, text: String| {
        let href = Route::News {
            filter: to,
            open: None,
        }
        .href();
        view! { <ChipLink icon=icon text=text href=href here=Signal::derive(move || filter.get() == to) /> }
    };
    let topics = Topic::ALL
        .map(|topic| chip(Filter::Topic(topic), topic.icon(), topic.name()))
        .collect_view();
    view! {
        <nav class="chips" aria-label=t!("news-filters")>
            {chip(Filter::All, Icon::News, t!("news-all"))}
            {chip(Filter::Saved, Icon::Bookmark, t!("news-saved"))}
            {topics}
        </nav>
    }
}

/// The list, page after page: each page asks for itself, so ten thousand notices cost no more than what is
/// looked at.
#[component]
fn List(filter: Filter, open: Memo<Option<RecordId>>) -> impl IntoView {
    let pages = RwSignal::new(1u32);
    let more = RwSignal::new(false);
    view! {
        <For each=move || 0..pages.get() key=|page| *page let:page>
            <Page filter=filter open=open page=page pages=pages more=more />
        </For>
        <Show when=move || more.get()>
            <div class="rows-more">
                <Button icon=Icon::Plus text=t!("list-more") on_press=move || pages.update(|n| *n += 1) />
            </div>
        </Show>
    }
}

#[component]
fn Page(
    filter: Filter,
    open: Memo<Option<RecordId>>,
    page: u32,
    pages: RwSignal<u32>,
    more: RwSignal<bool>,
) -> impl IntoView {
    let app = app();
    let notices = query(move || {
        app.changes.track();
        Some(command(filter, page))
    });
    let rows = Memo::new(move |_| {
        notices
            .with(|load| load.ready().cloned())
            .unwrap_or_default()
    });
    // Only the last page knows whether there is another one.
    Effect::new(move |_| {
        if page + 1 == pages.get() {
            more.set(rows.with(Vec::len) == PAGE as usize);
        }
    });
    let state = move || {
        notices.with(|load| match load {
            Load::Waiting => Some(view! { <Skeleton rows=5 /> }.into_any()),
            Load::Failed(failure) => {
                let failure = failure.clone();
                Some(view! { <Failed failure=failure on_retry=move || app.refresh() /> }.into_any())
            }
            Load::Ready(rows) if rows.is_empty() && page == 0 => {
                Some(nothing(filter, app).into_any())
            }
            Load::Ready(_) => None,
        })
    };
    view! {
        {state}
        <ul class="rows">
            <For each=move || rows.get() key=card::key let:card>
                {notice_row(&card, filter, open)}
            </For>
        </ul>
    }
}

fn command(filter: Filter, page: u32) -> NoticeList {
    let kind = match filter {
        Filter::Topic(Topic::Culture) => "heritage",
        _ => "notice",
    };
    let topic = match filter {
        Filter::Topic(Topic::Culture) | Filter::All | Filter::Saved | Filter::Search => None,
        Filter::Topic(topic) => Some(topic.code().to_owned()),
    };
    NoticeList {
        kind: kind.into(),
        topic,
        saved: filter == Filter::Saved,
        offset: page * PAGE,
        limit: PAGE,
    }
}

fn nothing(filter: Filter, app: App) -> impl IntoView {
    match filter {
        Filter::Saved => {
            view! { <Empty icon=Icon::Bookmark title=t!("news-saved-none") text=t!("news-saved-how") /> }.into_any()
        }
        Filter::Topic(topic) => view! {
            <Empty icon=topic.icon() title=t!("news-topic-none")>
                <ButtonLink
                    icon=Icon::News
                    text=t!("news-all")
                    href=Route::News { filter: Filter::All, open: None }.href()
                />
            </Empty>
        }
        .into_any(),
        _ => view! {
            <Empty icon=Icon::News title=t!("news-none") text=t!("news-none-how")>
                <Button icon=Icon::Refresh text=t!("sync-now") on_press=move || app.sync(true) />
            </Empty>
        }
        .into_any(),
    }
}

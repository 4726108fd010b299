//! Over the list: how many, which, and the search field.

use bantin_wire::desk::conversation::QueueRow;
use leptos::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::Kind;
use super::filter::{Filter, View};
use super::pages::Pages;
use crate::component::chip::Chip;
use crate::component::field::target;
use crate::component::icon::{Glyph, Icon};
use crate::component::topic::Topic;
use crate::t;

/// Title, count, filters.
#[component]
pub fn Bar(
    /// The list's title.
    title: String,
    /// Which conversations.
    kind: Kind,
    /// The filter.
    filter: RwSignal<Filter>,
    /// What is fetched.
    pages: Pages,
    /// What matches of it.
    found: Memo<Vec<QueueRow>>,
) -> impl IntoView {
    let count = move || {
        let count = found.with(Vec::len) as u64;
        if pages.done.get() {
            t!("desk-found", count = count)
        } else {
            t!("desk-found-more", count = count)
        }
    };
    view! {
        <div class="bar">
            <div class="bar-head">
                <h1 id="list-title" class="pane-title">{title}</h1>
                <span class="bar-count" role="status">{count}</span>
            </div>
            <div class="bar-find">
                <SearchBox filter=filter />
                {(kind == Kind::Question).then(|| view! { <TopicPick filter=filter /> })}
            </div>
            <div class="chips" role="group" aria-label=t!("desk-filters")>
                {View::ALL.map(|view| view! { <ViewChip view=view filter=filter /> }).collect_view()}
                <Chip
                    text=t!("desk-filter-done")
                    lang=None
                    chosen=Signal::derive(move || filter.with(|f| !f.open_only))
                    on_press=move || filter.update(|f: &mut Filter| f.open_only = !f.open_only)
                />
            </div>
        </div>
    }
}

#[component]
fn ViewChip(view: View, filter: RwSignal<Filter>) -> impl IntoView {
    let text = match view {
        View::All => t!("desk-filter-all"),
        View::Overdue => t!("desk-filter-overdue"),
        View::Near => t!("desk-filter-near"),
        View::Unopened => t!("desk-filter-unopened"),
    };
    view! {
        <Chip
            text=text
            lang=None
            chosen=Signal::derive(move || filter.with(|f| f.view == view))
            on_press=move || filter.update(|f: &mut Filter| f.view = view)
        />
    }
}

#[component]
fn SearchBox(filter: RwSignal<Filter>) -> impl IntoView {
    view! {
        <label class="search">
            <Glyph icon=Icon::Search />
            <span class="unseen">{t!("desk-search")}</span>
            <input
                type="search"
                class="search-input"
                data-mark="search"
                placeholder=t!("desk-search")
                prop:value=move || filter.with(|f| f.words.clone())
                on:input=move |event| {
                    if let Some(input) = target::<HtmlInputElement>(&event) {
                        filter.update(|f| f.words = input.value());
                    }
                }
            />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}

#[component]
fn TopicPick(filter: RwSignal<Filter>) -> impl IntoView {
    let options = Topic::NOTICES
        .map(|topic| {
            let chosen = move || filter.with(|f| f.topic == topic.code());
            view! { <option value=topic.code() selected=chosen>{topic.name()}</option> }
        })
        .collect_view();
    view! {
        <select
            class="pick bar-topic"
            aria-label=t!("desk-filter-topic")
            on:change=move |event| {
                if let Some(select) = target::<HtmlSelectElement>(&event) {
                    filter.update(|f| f.topic = select.value());
                }
            }
        >
            <option value="" selected=move || filter.with(|f| f.topic.is_empty())>{t!("desk-filter-topic-all")}</option>
            {options}
        </select>
    }
}

//! Search as you type, over everything on the device; what matched is marked.

use bantin_wire::ipc::search::{Found, Hit, Search};
use leptos::prelude::*;

use super::route::{Filter, Route};
use super::state::app;
use crate::component::button::IconButton;
use crate::component::empty::{Empty, Failed};
use crate::component::field::target;
use crate::component::icon::{Glyph, Icon};
use crate::component::picture::Picture;
use crate::component::skeleton::Skeleton;
use crate::component::topic::{Topic, group_icon};
use crate::engine::PictureSource;
use crate::load::{Load, query};
use crate::t;

/// Most hits shown.
const HITS_MAX: u32 = 50;

/// The field on top of the list; typing opens the results.
#[component]
pub fn SearchField() -> impl IntoView {
    let app = app();
    let here = move || {
        app.route.with_untracked(|r| {
            matches!(
                r,
                Route::News {
                    filter: Filter::Search,
                    ..
                }
            )
        })
    };
    view! {
        <div class="search" role="search">
            <Glyph icon=Icon::Search />
            <input
                id="search"
                class="search-entry"
                type="search"
                dir="auto"
                autocomplete="off"
                enterkeyhint="search"
                aria-label=t!("search-label")
                placeholder=t!("search-label")
                prop:value=move || app.words.get()
                on:input=move |event| {
                    if let Some(input) = target::<web_sys::HtmlInputElement>(&event) {
                        app.words.set(input.value());
                        if !here() {
                            app.route.set(Route::News { filter: Filter::Search, open: None });
                            super::window::replace_address(&app.route.get_untracked());
                        }
                    }
                }
            />
            <Show when=move || app.words.with(|w| !w.is_empty())>
                <IconButton
                    icon=Icon::Close
                    label=t!("search-clear")
                    on_press=move || {
                        app.words.set(String::new());
                        app.go(&Route::News { filter: Filter::All, open: None });
                    }
                />
            </Show>
        </div>
    }
}

/// What was found.
#[component]
pub fn Results() -> impl IntoView {
    let app = app();
    let hits = query(move || {
        app.changes.track();
        let text = app.words.with(|w| w.trim().to_owned());
        (!text.is_empty()).then_some(Search {
            text,
            limit: HITS_MAX,
        })
    });
    // The last hits stay in view while the next ones are looked for.
    let last = RwSignal::new(None::<Vec<Hit>>);
    Effect::new(move |_| {
        if let Some(found) = hits.with(|load| load.ready().cloned()) {
            last.set(Some(found));
        }
    });
    let failed = Memo::new(move |_| match hits.get() {
        Load::Failed(failure) => Some(failure),
        _ => None,
    });
    let shown = move || {
        if app.words.with(|w| w.trim().is_empty()) {
            return view! { <Empty icon=Icon::Search title=t!("search-start") text=t!("search-tones") /> }.into_any();
        }
        match (failed.get(), last.get()) {
            (Some(failure), _) => view! { <Failed failure=failure on_retry=move || app.refresh() /> }.into_any(),
            (None, None) => view! { <Skeleton rows=3 /> }.into_any(),
            (None, Some(hits)) if hits.is_empty() => {
                view! { <Empty icon=Icon::Search title=t!("search-none") text=t!("search-none-how") /> }.into_any()
            }
            (None, Some(hits)) => {
                let count = hits.len() as u64;
                let rows = hits.into_iter().map(hit_row).collect_view();
                view! {
                    <p class="search-count" role="status">{t!("search-count", count = count)}</p>
                    <ul class="rows">{rows}</ul>
                }
                .into_any()
            }
        }
    };
    view! { <div class="search-results">{shown}</div> }
}

fn hit_row(hit: Hit) -> impl IntoView {
    let (href, icon, class, title, lang, picture) = match hit.found {
        Found::Notice { card } => {
            let topic = Topic::parse(&card.topic).unwrap_or(Topic::Policy);
            let href = Route::News {
                filter: Filter::Search,
                open: Some(card.id),
            }
            .href();
            (
                href,
                topic.icon(),
                topic.class(),
                card.title,
                card.lang,
                card.picture,
            )
        }
        Found::Product { card } => {
            let href = Route::product(card.id).href();
            let icon = group_icon(&card.group);
            (
                href,
                icon,
                Topic::Market.class(),
                card.name,
                "vi".into(),
                card.picture,
            )
        }
    };
    let lead = match picture {
        Some(picture) => view! {
            <Picture source=PictureSource::Blob(picture.thumb) alt="" class="picture-thumb" />
        }
        .into_any(),
        None => view! { <span class="row-topic"><Glyph icon=icon /></span> }.into_any(),
    };
    view! {
        <li class=format!("row {class}")>
            <a class="row-link" href=href>
                {lead}
                <span class="row-words">
                    <span class="row-title" lang=lang dir="auto">{title}</span>
                    <span class="row-snippet" dir="auto">{marked(&hit.snippet, &hit.marks)}</span>
                </span>
            </a>
        </li>
    }
}

/// The passage in pieces; true = it matches. Ranges that do not fit the text are passed over.
fn pieces(snippet: &str, marks: &[(u32, u32)]) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    let mut at = 0usize;
    for &(from, to) in marks {
        let (from, to) = (from as usize, to as usize);
        let (Some(before), Some(hit)) = (snippet.get(at..from), snippet.get(from..to)) else {
            continue;
        };
        if !before.is_empty() {
            out.push((false, before.to_owned()));
        }
        out.push((true, hit.to_owned()));
        at = to;
    }
    if let Some(rest) = snippet.get(at..).filter(|rest| !rest.is_empty()) {
        out.push((false, rest.to_owned()));
    }
    out
}

fn marked(snippet: &str, marks: &[(u32, u32)]) -> impl IntoView + use<> {
    pieces(snippet, marks)
        .into_iter()
        .map(|(hit, text)| match hit {
            true => view! { <mark>{text}</mark> }.into_any(),
            false => text.into_any(),
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mai_sees_what_matched() {
        let snippet = "được hỗ trợ vay vốn";
        let from = u32::try_from(snippet.find("hỗ trợ").unwrap_or_default()).unwrap_or_default();
        let to = from + u32::try_from("hỗ trợ".len()).unwrap_or_default();
        let expected = vec![
            (false, "được ".to_owned()),
            (true, "hỗ trợ".to_owned()),
            (false, " vay vốn".to_owned()),
        ];
        assert_eq!(
            pieces(snippet, &[(from, to)]),
            expected,
            "the words are marked, nothing is lost"
        );
    }

    #[test]
    fn a_range_inside_a_letter_marks_nothing_and_loses_nothing() {
        let expected = vec![(false, "đường".to_owned())];
        assert_eq!(
            pieces("đường", &[(1, 3), (2, 900)]),
            expected,
            "ranges are checked, not believed"
        );
    }
}

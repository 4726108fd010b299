//! The text in the parts a person asks for, each reachable at once.

use bantin_wire::ipc::notice::{NoticePage, SourceView};
use leptos::prelude::*;
use web_sys::ScrollIntoViewOptions;

use crate::component::icon::{Glyph, Icon};
use crate::component::picture::Picture;
use crate::component::prose::Prose;
use crate::engine::PictureSource;
use crate::t;
use crate::text::date_of_text;

/// A part that is there.
struct Part {
    id: &'static str,
    icon: Icon,
    name: String,
    body: AnyView,
}

/// Summary, body, who, what to do, whom to ask, sources; those that are said.
pub fn parts(page: &NoticePage) -> impl IntoView + use<> {
    let text = &page.text;
    let said = |id, icon, name: String, words: &str| {
        (!words.trim().is_empty()).then(|| Part {
            id,
            icon,
            name,
            body: view! { <Prose text=words.to_owned() lang=text.lang.clone() /> }.into_any(),
        })
    };
    let all = [
        said(
            "part-summary",
            Icon::News,
            t!("part-summary"),
            &text.summary,
        ),
        said("part-who", Icon::People, t!("part-who"), &text.who),
        said("part-todo", Icon::Checklist, t!("part-todo"), &text.todo),
        said("part-body", Icon::Text, t!("part-body"), &text.body),
        said("part-ask", Icon::Ask, t!("part-ask"), &text.ask),
        pictures(page),
        sources(&page.sources),
    ];
    let there: Vec<Part> = all.into_iter().flatten().collect();
    let jumps = there
        .iter()
        .map(|part| {
            let id = part.id;
            view! {
                <button type="button" class="chip" on:click=move |_| show(id)>
                    <Glyph icon=part.icon />
                    <span>{part.name.clone()}</span>
                </button>
            }
        })
        .collect_view();
    let sections = there
        .into_iter()
        .map(|part| {
            let heading = format!("{}-heading", part.id);
            let labelled = heading.clone();
            view! {
                <section class="part" id=part.id tabindex="-1" aria-labelledby=labelled>
                    <h3 id=heading>
                        <Glyph icon=part.icon />
                        <span>{part.name}</span>
                    </h3>
                    {part.body}
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="chips part-jumps" role="group" aria-label=t!("reader-parts")>
            {jumps}
        </div>
        {sections}
    }
}

fn show(id: &str) {
    let found = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.get_element_by_id(id));
    if let Some(part) = found {
        part.scroll_into_view_with_scroll_into_view_options(&ScrollIntoViewOptions::new());
        if let Ok(part) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(part) {
            // Focusing an element of the page cannot fail.
            let _ = part.focus();
        }
    }
}

/// Every picture after the first, which stands on top already.
fn pictures(page: &NoticePage) -> Option<Part> {
    if page.pictures.len() < 2 {
        return None;
    }
    let shown = page
        .pictures
        .iter()
        .skip(1)
        .map(|picture| {
            let source = PictureSource::Blob(picture.screen);
            view! {
                <figure class="figure">
                    <Picture source=source alt=picture.alt.clone() class="picture-wide" />
                    <figcaption>{picture.alt.clone()}</figcaption>
                </figure>
            }
        })
        .collect_view();
    Some(Part {
        id: "part-pictures",
        icon: Icon::Photo,
        name: t!("part-pictures"),
        body: shown.into_any(),
    })
}

fn sources(sources: &[SourceView]) -> Option<Part> {
    if sources.is_empty() {
        return None;
    }
    let lines = sources
        .iter()
        .map(|source| {
            // Shown as text to copy: the app never leaves for the network by itself.
            let url = source
                .url
                .clone()
                .map(|url| view! { <span class="source-url" dir="ltr">{url}</span> });
            let day = (!source.date.is_empty())
                .then(|| view! { <small>{date_of_text(&source.date)}</small> });
            view! {
                <li class="source">
                    <span dir="auto">{source.name.clone()}</span>
                    {day}
                    {url}
                </li>
            }
        })
        .collect_view();
    Some(Part {
        id: "part-sources",
        icon: Icon::Source,
        name: t!("part-sources"),
        body: view! { <ul class="sources">{lines}</ul> }.into_any(),
    })
}

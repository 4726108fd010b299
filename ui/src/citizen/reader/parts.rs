//! The text in the parts a person asks for, each reachable at once.

use bantin_wire::ipc::notice::{NoticePage, SourceView};
use leptos::html::Section;
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
    /// Where it is drawn.
    node: NodeRef<Section>,
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
            node: NodeRef::new(),
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
            let node = part.node;
            view! {
                <button type="button" class="chip" on:click=move |_| show(node)>
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
                <section class="part" node_ref=part.node id=part.id tabindex="-1" aria-labelledby=labelled>
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

/// Goes to a part. By its node and not by its name: the desk draws the reader into a window of its own.
fn show(node: NodeRef<Section>) {
    if let Some(part) = node.get_untracked() {
        part.scroll_into_view_with_scroll_into_view_options(&ScrollIntoViewOptions::new());
        // Focusing an element of the page cannot fail.
        let _ = part.focus();
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
        node: NodeRef::new(),
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
        node: NodeRef::new(),
    })
}

//! The reader: who says it and how sure that is, languages, listening, and the text in the parts a person
//! asks for.

mod parts;
mod sound;

use bantin_model::id::RecordId;
use bantin_wire::ipc::notice::{
    Authenticity, Genuine, NoticePage, NoticeRead, NoticeSave, TextView,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::news::facts;
use super::page::page;
use super::route::Route;
use super::state::{App, app, said_failure};
use crate::component::brocade::Brocade;
use crate::component::button::{Button, ButtonLink, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::chip::Chip;
use crate::component::icon::Icon;
use crate::component::picture::Picture;
use crate::component::topic::Topic;
use crate::engine::{self, PictureSource};
use crate::t;
use crate::text::date;
use crate::text::language::{language_name, own_name};

/// One notice.
#[component]
pub fn Reader(
    /// Which.
    id: RecordId,
) -> impl IntoView {
    page(
        move |lang| NoticeRead { id, lang },
        |page, lang| view! { <Page page=page lang=lang /> },
    )
}

/// A notice that is here. The desk's preview shows the same.
#[component]
pub fn Page(
    /// The notice.
    page: NoticePage,
    /// Set to the language the person asks for.
    lang: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = app();
    let topic = Topic::parse(&page.card.topic).unwrap_or(Topic::Policy);
    let (id, saved) = (page.card.id, page.card.saved);
    let text = page.text.clone();
    let cover = page.pictures.first().map(|picture| {
        let source = PictureSource::Blob(picture.screen);
        view! { <Picture source=source alt=picture.alt.clone() class="picture-wide" /> }
    });
    view! {
        <article class=format!("reader {}", topic.class()) data-arrive tabindex="-1" aria-labelledby="reader-title">
            <Brocade motif=topic.motif() />
            <p class="row-facts">{facts(&page.card)}</p>
            <h2 id="reader-title" class="reader-title" lang=text.lang.clone() dir="auto">{text.title.clone()}</h2>
            <Genuineness authenticity=page.authenticity.clone() issued=date(page.card.issued_at) />
            <Languages languages=page.languages.clone() shown=text.lang.clone() lang=lang />
            {notices_of_text(&text, lang)}
            <sound::Sound page=page.clone() />
            {cover}
            {parts::parts(&page)}
            <div class="reader-acts">
                <ButtonLink
                    icon=Icon::Ask
                    text=t!("reader-ask")
                    weight=Weight::Main
                    href=Route::Question { about: Some(id) }.href()
                />
                <Button
                    icon=if saved { Icon::BookmarkOn } else { Icon::Bookmark }
                    text=if saved { t!("reader-let-go") } else { t!("reader-save") }
                    on_press=move || save(app, id, !saved)
                />
            </div>
        </article>
    }
}

fn save(app: App, id: RecordId, saved: bool) {
    spawn_local(async move {
        match engine::run(&NoticeSave { id, saved }).await {
            Ok(()) => {
                app.said.set(if saved {
                    t!("reader-saved")
                } else {
                    t!("reader-not-saved")
                });
                app.refresh();
            }
            Err(failure) => {
                said_failure(app, &failure);
            }
        }
    });
}

/// The line that says whether this is official.
#[component]
pub fn Genuineness(
    /// What is known.
    authenticity: Authenticity,
    /// When it was issued, as people read it.
    issued: String,
) -> impl IntoView {
    let Authenticity {
        agency,
        signed_at,
        state,
        ..
    } = authenticity;
    let signed = date(signed_at);
    let (tone, icon, text) = match state {
        Genuine::Current => (
            Tone::Good,
            Icon::Shield,
            t!("genuine-current", agency = agency, date = issued),
        ),
        Genuine::Old => (
            Tone::Mind,
            Icon::Clock,
            t!(
                "genuine-old",
                agency = agency,
                date = issued,
                signed = signed
            ),
        ),
        Genuine::Replaced => (
            Tone::Wrong,
            Icon::ShieldOff,
            t!("genuine-replaced", agency = agency, date = issued),
        ),
    };
    view! { <Callout tone=tone icon=icon text=text /> }
}

/// A chip for each language there is.
#[component]
pub fn Languages(
    /// Tags.
    languages: Vec<String>,
    /// The one that is shown.
    shown: String,
    /// The one that is asked for.
    lang: RwSignal<Option<String>>,
) -> impl IntoView {
    if languages.len() < 2 {
        return ().into_any();
    }
    let chips = languages
        .into_iter()
        .map(|tag| {
            let (mine, here, picked) = (tag.clone(), shown.clone(), tag.clone());
            let named = matches!(tag.as_str(), "vi" | "en" | "km-Khmr").then(|| tag.clone());
            view! {
                <Chip
                    text=own_name(&tag)
                    lang=named
                    chosen=Signal::derive(move || mine == here)
                    on_press=move || lang.set(Some(picked.clone()))
                />
            }
        })
        .collect_view();
    view! {
        <div class="chips" role="group" aria-label=t!("reader-languages")>
            {chips}
        </div>
    }
    .into_any()
}

/// Says when Vietnamese stands in, and when a machine wrote the text: the original is one tap away.
pub fn notices_of_text(text: &TextView, lang: RwSignal<Option<String>>) -> impl IntoView + use<> {
    let stands_in = (!text.wanted && lang.get_untracked().is_none()).then(|| {
        let text = t!("text-stands-in", language = language_name(&text.lang));
        view! { <Callout tone=Tone::Calm icon=Icon::Language text=text /> }
    });
    let machine = text.machine.then(|| {
        let words = if text.reviewed {
            t!("text-machine-reviewed")
        } else {
            t!("text-machine")
        };
        let original = (text.lang != "vi").then(|| {
            view! {
                <Button
                    icon=Icon::Language
                    text=t!("text-original")
                    on_press=move || lang.set(Some("vi".into()))
                />
            }
        });
        view! {
            <Callout tone=Tone::Mind icon=Icon::Machine text=words>
                {original}
            </Callout>
        }
    });
    view! {
        {stands_in}
        {machine}
    }
}

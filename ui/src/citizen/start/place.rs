//! Choosing the place to follow, from the places a hub carries. Used at the first start and to move.

use std::collections::BTreeMap;

use bantin_model::id::PlaceId;
use bantin_wire::http::{Offer, OfferedPlace};
use bantin_wire::ipc::place::{PlaceFollow, PlacesOffered};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::citizen::state::app;
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::choice::{Answer, Choices};
use crate::component::empty::Empty;
use crate::component::field::Field;
use crate::component::icon::Icon;
use crate::component::skeleton::Skeleton;
use crate::engine;
use crate::load::{Load, query};
use crate::t;
use crate::text::{failure_text, spoken};

/// Most places shown at once; searching shows the others.
const SHOWN_MAX: usize = 60;

/// The list, with a search field and a field for the link when none came with the app.
#[component]
pub fn PlaceStep(
    /// The pairing link; empty in a browser.
    link: RwSignal<String>,
    /// Leaves without choosing.
    on_back: impl Fn() + 'static,
    /// The place is followed.
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let app = app();
    let words = RwSignal::new(String::new());
    let chosen = RwSignal::new(String::new());
    let again = RwSignal::new(0u32);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let offer = query(move || {
        again.track();
        Some(PlacesOffered {
            link: link.get().trim().to_owned(),
        })
    });
    let follow = move || {
        let Ok(place) = PlaceId::new(chosen.get_untracked()) else {
            return;
        };
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let link = link.get_untracked().trim().to_owned();
            let followed = engine::run(&PlaceFollow { link, place }).await;
            busy.set(false);
            match followed {
                Ok(()) => {
                    app.refresh();
                    app.sync(false);
                    on_done();
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let list = move || match offer.get() {
        Load::Waiting => view! { <Skeleton rows=6 /> }.into_any(),
        Load::Ready(offer) => places(offer, words, chosen).into_any(),
        Load::Failed(why) => view! { <Unreached failure=why link=link again=again /> }.into_any(),
    };
    view! {
        <section class="start-step" data-arrive tabindex="-1" aria-labelledby="start-q">
            <h1 id="start-q">{t!("start-place")}</h1>
            {list}
            {move || {
                failure
                    .get()
                    .map(|f| view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&f) /> })
            }}
            <div class="start-acts">
                <Button icon=Icon::Back text=t!("back") on_press=on_back />
                <Show when=move || chosen.with(|c| !c.is_empty())>
                    <Button
                        icon=Icon::Forward
                        text=t!("start-follow")
                        weight=Weight::Main
                        busy=busy
                        on_press=follow
                    />
                </Show>
            </div>
        </section>
    }
}

/// No hub answered: why, and a field for the link that an officer or a neighbour gave.
#[component]
fn Unreached(failure: Failure, link: RwSignal<String>, again: RwSignal<u32>) -> impl IntoView {
    let draft = RwSignal::new(link.get_untracked());
    // Without any link there is nothing wrong yet: it is only asked for.
    let (tone, icon, text) =
        match failure.code == Code::LinkDamaged && draft.with_untracked(String::is_empty) {
            true => (Tone::Calm, Icon::Pin, t!("start-link-ask")),
            false => (Tone::Mind, Icon::CloudOff, failure_text(&failure)),
        };
    view! {
        <Callout tone=tone icon=icon text=text />
        <Field id="pairing-link" label=t!("start-link") hint=t!("start-link-hint") value=draft />
        <Button
            icon=Icon::Refresh
            text=t!("retry")
            on_press=move || {
                link.set(draft.get_untracked());
                again.update(|n| *n += 1);
            }
        />
    }
}

fn places(offer: Offer, words: RwSignal<String>, chosen: RwSignal<String>) -> impl IntoView {
    let lines = lines(&offer.places);
    let found = Memo::new(move |_| {
        let wanted = folded(&words.get());
        lines
            .iter()
            .filter(|line| {
                wanted
                    .split_whitespace()
                    .all(|word| line.folded.contains(word))
            })
            .take(SHOWN_MAX)
            .cloned()
            .collect::<Vec<_>>()
    });
    view! {
        <Field id="place-search" kind="search" label=t!("start-place-search") value=words />
        {move || {
            let found = found.get();
            if found.is_empty() {
                return view! { <Empty icon=Icon::Pin title=t!("start-place-none") /> }.into_any();
            }
            let answers = found
                .into_iter()
                .map(|line| Answer { note: line.above, ..Answer::new(line.id, line.name, Icon::Pin) })
                .collect();
            view! {
                <Choices
                    name="place"
                    label=t!("start-place")
                    answers=answers
                    chosen=chosen
                    on_choose=move |id| chosen.set(id)
                />
            }
                .into_any()
        }}
    }
}

/// A place as the list shows it.
#[derive(Clone, PartialEq)]
struct Line {
    id: String,
    name: String,
    above: String,
    folded: String,
}

/// Places with the names of those above; places nobody lies below come first: they are the nearest.
fn lines(places: &[OfferedPlace]) -> Vec<Line> {
    let by_id: BTreeMap<&PlaceId, &OfferedPlace> = places.iter().map(|p| (&p.id, p)).collect();
    let mut lines: Vec<(usize, Line)> = places
        .iter()
        .map(|place| {
            let mut above = Vec::new();
            let mut at = place;
            // A damaged offer may go round in a circle: no more steps than places.
            while let Some(parent) = at.parent.as_ref().and_then(|id| by_id.get(id))
                && above.len() < places.len()
            {
                above.push(name(parent));
                at = parent;
            }
            let line = Line {
                id: place.id.to_string(),
                name: name(place),
                folded: folded(&format!("{} {}", name(place), above.join(" "))),
                above: above.join(", "),
            };
            (above.len(), line)
        })
        .collect();
    lines.sort_by(|(deep_a, a), (deep_b, b)| {
        deep_b.cmp(deep_a).then_with(|| a.folded.cmp(&b.folded))
    });
    lines.into_iter().map(|(_, line)| line).collect()
}

fn name(place: &OfferedPlace) -> String {
    place
        .names
        .get(spoken())
        .or_else(|| place.names.get("vi"))
        .cloned()
        .unwrap_or_else(|| place.id.to_string())
}

/// Letters without tones and marks, through the browser's own Unicode tables: this list is all that the
/// window searches itself.
fn folded(text: &str) -> String {
    let lower = js_sys::JsString::from(text.to_lowercase());
    String::from(lower.normalize("NFD"))
        .chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

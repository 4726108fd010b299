//! Listening to the open notice: one button for each recording.

use bantin_wire::ipc::notice::{AudioView, NoticePage};
use leptos::prelude::*;

use super::super::player::{Playable, Playing};
use super::super::state::app;
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::icon::Icon;
use crate::t;
use crate::text::bytes_text;
use crate::text::language::language_name;

/// The recordings; says so when there is none.
#[component]
pub fn Sound(page: NoticePage) -> impl IntoView {
    if page.audio.is_empty() {
        return view! { <Callout tone=Tone::Calm icon=Icon::Listen text=t!("reader-no-sound") /> }
            .into_any();
    }
    let rows = page
        .audio
        .into_iter()
        .enumerate()
        .map(|(at, audio)| {
            let track = Playable {
                id: page.card.id,
                title: page.text.title.clone(),
                lang: page.text.lang.clone(),
                audio,
            };
            view! { <Recording track=track first={ at == 0 } /> }
        })
        .collect_view();
    view! { <div class="recordings">{rows}</div> }.into_any()
}

#[component]
fn Recording(track: Playable, first: bool) -> impl IntoView {
    let player = app().player;
    let audio = track.audio.clone();
    let on = Memo::new(move |_| player.is_on(&audio));
    let words = note(&track.audio);
    let (listen, weight) = match first {
        true => (t!("reader-listen"), Weight::Main),
        false => (
            t!(
                "reader-listen-in",
                language = language_name(&track.audio.lang)
            ),
            Weight::Plain,
        ),
    };
    let track = StoredValue::new(track);
    let button = move || {
        let sounding = on.get() && player.playing.get() != Playing::Paused;
        let (icon, text) = match sounding {
            true => (Icon::Pause, t!("listen-pause")),
            false => (Icon::Listen, listen.clone()),
        };
        view! {
            <Button
                icon=icon
                text=text
                weight=weight
                on_press=move || {
                    if on.get_untracked() { player.toggle() } else { player.play(vec![track.get_value()]) }
                }
            />
        }
    };
    view! {
        <div class="recording">
            {button}
            <small>{words}</small>
        </div>
    }
}

/// Language, voice, and what it costs to fetch.
fn note(audio: &AudioView) -> String {
    let mut parts = vec![language_name(&audio.lang)];
    if audio.machine {
        parts.push(t!("sound-machine"));
    }
    parts.push(if audio.here {
        t!("sound-here")
    } else {
        t!("sound-size", size = bytes_text(audio.bytes))
    });
    parts.join(" · ")
}

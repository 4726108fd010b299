//! The signature of the product: one big round button that plays everything new, one after the other.

use bantin_wire::ipc::notice::BulletinList;
use leptos::prelude::*;

use super::super::player::{Playable, Playing};
use super::super::state::app;
use crate::component::icon::{Glyph, Icon};
use crate::load::{Load, query};
use crate::t;
use crate::text::failure_text;

/// *Nghe bản tin*.
#[component]
pub fn Bulletin() -> impl IntoView {
    let app = app();
    let player = app.player;
    let list = query(move || {
        app.changes.track();
        Some(BulletinList {})
    });
    let tracks = move || {
        list.with(|load| {
            load.ready()
                .map(|cards| cards.iter().filter_map(Playable::of).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    };
    let some = Memo::new(move |_| !tracks().is_empty());
    let sounding = move || matches!(player.playing.get(), Playing::On | Playing::Fetching);
    let words = move || match (sounding(), player.playing.get()) {
        (true, _) => t!("listen-pause"),
        (false, Playing::Paused) => t!("listen-go-on"),
        _ => t!("home-listen"),
    };
    let note = move || match (list.get(), player.playing.get()) {
        (_, Playing::On | Playing::Paused) => {
            let (at, all) = (player.at.get() + 1, player.queue.with(Vec::len));
            t!("listen-place", at = at as u64, all = all as u64)
        }
        (_, Playing::Fetching) => t!("listen-fetching"),
        (Load::Waiting, _) => t!("loading"),
        (Load::Failed(failure), _) => failure_text(&failure),
        (Load::Ready(_), _) => {
            let new = list.with(|load| {
                load.ready()
                    .map_or(0, |cards| cards.iter().filter(|c| c.unread).count())
            });
            match (tracks().len(), new) {
                (0, _) => t!("home-listen-none"),
                (all, 0) => t!("home-listen-all", count = all as u64),
                (_, new) => t!("home-listen-new", count = new as u64),
            }
        }
    };
    view! {
        <section class="bulletin" aria-label=t!("home-listen")>
            <button
                type="button"
                class="bulletin-button"
                class:bulletin-on=sounding
                disabled=move || !some.get() && player.playing.get() == Playing::Idle
                on:click=move |_| {
                    match player.playing.get_untracked() {
                        Playing::Idle => player.play(tracks()),
                        _ => player.toggle(),
                    }
                }
            >
                <span class="bulletin-ring"></span>
                {move || view! { <Glyph icon=if sounding() { Icon::Pause } else { Icon::Listen } /> }}
                <span class="bulletin-word">{words}</span>
            </button>
            <p class="bulletin-note" role="status">{note}</p>
        </section>
    }
}

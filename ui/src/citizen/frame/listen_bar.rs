//! What plays, and its buttons: stays on every screen until it is stopped.

use leptos::prelude::*;

use super::super::player::{Playable, Playing};
use super::super::route::Route;
use super::super::state::app;
use crate::component::button::IconButton;
use crate::component::icon::Icon;
use crate::t;
use crate::text::failure_text;

/// The bar; nothing while nothing plays.
#[component]
pub fn ListenBar() -> impl IntoView {
    let app = app();
    let player = app.player;
    let on = Memo::new(move |_| player.playing.get() != Playing::Idle);
    let track = Memo::new(move |_| player.track());
    move || {
        on.get().then(|| {
            view! {
                <section class="listen" aria-label=t!("listen-bar")>
                    <progress
                        class="listen-progress"
                        aria-label=t!("listen-position")
                        max="100"
                        value=move || {
                            let (at, all) = player.position.get();
                            // Whole: writing fractions is code nothing else here needs.
                            if all > 0.0 { (at / all * 100.0).round() as u8 } else { 0 }
                        }
                    ></progress>
                    {move || track.get().map(title)}
                    <div class="listen-acts">
                        <IconButton
                            icon=Icon::Back10
                            label=t!("listen-back")
                            on_press=move || player.back()
                        />
                        <IconButton
                            icon=Signal::derive(move || match player.playing.get() {
                                Playing::On | Playing::Fetching => Icon::Pause,
                                _ => Icon::Play,
                            })
                            label=Signal::derive(move || match player.playing.get() {
                                Playing::On | Playing::Fetching => t!("listen-pause"),
                                _ => t!("listen-go-on"),
                            })
                            on_press=move || player.toggle()
                        />
                        <IconButton icon=Icon::Skip label=t!("listen-skip") on_press=move || player.skip() />
                        <IconButton
                            icon=Icon::Slow
                            label=t!("listen-slower")
                            pressed=Signal::derive(move || Some(player.slow.get()))
                            on_press=move || player.toggle_slow()
                        />
                        <IconButton icon=Icon::Close label=t!("listen-stop") on_press=move || player.stop() />
                    </div>
                </section>
            }
        })
    }
}

fn title(track: Playable) -> impl IntoView {
    let player = app().player;
    let machine = track.audio.machine;
    view! {
        <div class="listen-words">
            <a class="listen-title" lang=track.lang href=Route::notice(track.id).href()>
                {track.title}
            </a>
            <small role="status">
                {move || match (player.failure.get(), player.playing.get()) {
                    (Some(failure), _) => failure_text(&failure),
                    (None, Playing::Fetching) => t!("listen-fetching"),
                    _ => {
                        let (at, all) = (player.at.get() + 1, player.queue.with(Vec::len));
                        let place = t!("listen-place", at = at as u64, all = all as u64);
                        if machine { t!("listen-machine", place = place) } else { place }
                    }
                }}
            </small>
        </div>
    }
}

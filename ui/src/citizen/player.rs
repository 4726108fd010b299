//! *Nghe bản tin*: plays notices one after the other, like the village loudspeaker. One sound at a time
//! for the whole window, so that it goes on while the person moves between screens.

use std::cell::RefCell;

use bantin_model::id::RecordId;
use bantin_wire::ipc::notice::{AudioView, BulletinHeard, NoticeCard};
use bantin_wire::{Code, Failure};
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlAudioElement;

use crate::engine;

/// Slower and ordinary speed.
pub const RATES: [f64; 2] = [1.0, 0.8];
/// What *back* goes back, in seconds.
const BACK_S: f64 = 10.0;

/// Something to listen to.
#[derive(Clone, Debug, PartialEq)]
pub struct Playable {
    /// The notice it reads.
    pub id: RecordId,
    /// Its headline.
    pub title: String,
    /// Language of the headline.
    pub lang: String,
    /// The sound.
    pub audio: AudioView,
}

impl Playable {
    /// The sound of a notice in a list, if it has one.
    pub fn of(card: &NoticeCard) -> Option<Self> {
        Some(Self {
            id: card.id,
            title: card.title.clone(),
            lang: card.lang.clone(),
            audio: card.audio.clone()?,
        })
    }
}

/// What the sound is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Playing {
    /// Nothing was started.
    #[default]
    Idle,
    /// The sound is being fetched.
    Fetching,
    /// It sounds.
    On,
    /// Stopped by the person; goes on from there.
    Paused,
}

/// The one element that sounds, and the object URL of what it plays.
struct Sound {
    element: HtmlAudioElement,
    url: Option<String>,
}

thread_local! {
    static AUDIO: RefCell<Option<Sound>> = const { RefCell::new(None) };
}

/// What plays and what comes next.
#[derive(Clone, Copy)]
pub struct Player {
    /// Everything that is to be played.
    pub queue: RwSignal<Vec<Playable>>,
    /// Which of them.
    pub at: RwSignal<usize>,
    /// What the sound is doing.
    pub playing: RwSignal<Playing>,
    /// Seconds heard and seconds in all.
    pub position: RwSignal<(f64, f64)>,
    /// Index into [`RATES`].
    pub slow: RwSignal<bool>,
    /// Why the sound did not come.
    pub failure: RwSignal<Option<Failure>>,
    /// Guards against a sound that arrives after another was started.
    turn: RwSignal<u32>,
}

impl Player {
    /// Silence.
    pub fn new() -> Self {
        Self {
            queue: RwSignal::new(Vec::new()),
            at: RwSignal::new(0),
            playing: RwSignal::new(Playing::Idle),
            position: RwSignal::new((0.0, 0.0)),
            slow: RwSignal::new(false),
            failure: RwSignal::new(None),
            turn: RwSignal::new(0),
        }
    }

    /// The sound that is on, if any.
    pub fn track(self) -> Option<Playable> {
        let at = self.at.get();
        self.queue.with(|q| q.get(at).cloned())
    }

    /// Whether this recording is the one that is on.
    pub fn is_on(self, audio: &AudioView) -> bool {
        self.playing.get() != Playing::Idle
            && self.track().is_some_and(|t| t.audio.blob == audio.blob)
    }

    /// Plays these, one after the other.
    pub fn play(self, tracks: Vec<Playable>) {
        if tracks.is_empty() {
            return;
        }
        self.queue.set(tracks);
        self.load(0);
    }

    /// Pauses or goes on.
    pub fn toggle(self) {
        match self.playing.get_untracked() {
            Playing::On => with_audio(|audio| {
                // Pausing a loaded sound cannot fail.
                let _ = audio.pause();
            }),
            Playing::Paused if self.failure.get_untracked().is_none() => with_audio(|audio| {
                // A refusal to play comes back as an `error` event.
                let _ = audio.play();
            }),
            Playing::Fetching => self.stop(),
            Playing::Idle | Playing::Paused => self.load(self.at.get_untracked()),
        }
    }

    /// The next one; silence after the last.
    pub fn skip(self) {
        let next = self.at.get_untracked() + 1;
        if next < self.queue.with_untracked(Vec::len) {
            self.load(next);
        } else {
            self.stop();
        }
    }

    /// Ten seconds back.
    pub fn back(self) {
        with_audio(|audio| audio.set_current_time((audio.current_time() - BACK_S).max(0.0)));
    }

    /// Slower, or ordinary again.
    pub fn toggle_slow(self) {
        self.slow.update(|slow| *slow = !*slow);
        let rate = self.rate();
        with_audio(|audio| audio.set_playback_rate(rate));
    }

    /// Silence; the bar goes away.
    pub fn stop(self) {
        self.turn.update(|t| *t = t.wrapping_add(1));
        drop_sound();
        self.playing.set(Playing::Idle);
        self.queue.set(Vec::new());
        self.failure.set(None);
        self.at.set(0);
    }

    fn rate(self) -> f64 {
        let [ordinary, slower] = RATES;
        if self.slow.get_untracked() {
            slower
        } else {
            ordinary
        }
    }

    fn load(self, at: usize) {
        drop_sound();
        self.at.set(at);
        self.failure.set(None);
        self.position.set((0.0, 0.0));
        self.playing.set(Playing::Fetching);
        let mine = self.turn.get_untracked().wrapping_add(1);
        self.turn.set(mine);
        let Some(track) = self.queue.with_untracked(|q| q.get(at).cloned()) else {
            return self.stop();
        };
        spawn_local(async move {
            let url = engine::audio_url(track.audio.blob, &track.audio.mime).await;
            if self.turn.get_untracked() != mine {
                if let Ok(late) = url {
                    engine::revoke(&late);
                }
                return;
            }
            match url.and_then(|url| self.sound(url)) {
                // Refused when the fetch took so long that the tap no longer counts: one more tap plays it.
                Ok(started) => {
                    if JsFuture::from(started).await.is_err()
                        && self.playing.get_untracked() == Playing::Fetching
                    {
                        self.playing.set(Playing::Paused);
                    }
                }
                Err(failure) => {
                    self.failure.set(Some(failure));
                    self.playing.set(Playing::Paused);
                }
            }
        });
    }

    /// Plays `url` in the one element of this window: a browser that lets it sound once lets it go on with
    /// the next recording.
    fn sound(self, url: String) -> Result<Promise, Failure> {
        let damaged = |_| Failure::new(Code::MediaDamaged);
        let kept = AUDIO.with_borrow(|slot| slot.as_ref().map(|sound| sound.element.clone()));
        let element = match kept {
            Some(element) => element,
            None => {
                let fresh = HtmlAudioElement::new().map_err(damaged)?;
                self.listen(&fresh);
                fresh
            }
        };
        element.set_src(&url);
        element.set_default_playback_rate(self.rate());
        element.set_playback_rate(self.rate());
        let started = element.play();
        AUDIO.with_borrow_mut(|slot| {
            *slot = Some(Sound {
                element,
                url: Some(url),
            })
        });
        started.map_err(damaged)
    }

    fn listen(self, audio: &HtmlAudioElement) {
        let on = |name: &str, act: Box<dyn Fn()>| {
            let heard = Closure::<dyn Fn()>::new(act);
            // Adding a listener to a fresh element cannot fail.
            let _ = audio.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
            heard.forget();
        };
        on("playing", Box::new(move || self.playing.set(Playing::On)));
        on(
            "pause",
            Box::new(move || {
                if self.playing.get_untracked() == Playing::On {
                    self.playing.set(Playing::Paused);
                }
            }),
        );
        on(
            "timeupdate",
            Box::new(move || {
                with_audio(|audio| self.position.set((audio.current_time(), audio.duration())));
            }),
        );
        on(
            "error",
            Box::new(move || {
                // Letting a recording go is not a fault.
                if AUDIO.with_borrow(|slot| slot.as_ref().is_some_and(|sound| sound.url.is_some()))
                {
                    self.failure.set(Some(Failure::new(Code::MediaDamaged)));
                    self.playing.set(Playing::Paused);
                }
            }),
        );
        on(
            "ended",
            Box::new(move || {
                if let Some(track) = untrack(|| self.track()) {
                    spawn_local(async move {
                        // Only a mark in the list; a failure costs nothing but hearing it again.
                        let _ = engine::run(&BulletinHeard { id: track.id }).await;
                    });
                }
                self.skip();
            }),
        );
    }
}

impl Default for Player {
    fn default() -> Self {
        Self::new()
    }
}

fn with_audio(act: impl FnOnce(&HtmlAudioElement)) {
    // Cloned out first: acting on the sound may fire events that look here again.
    let audio = AUDIO.with_borrow(|slot| slot.as_ref().map(|sound| sound.element.clone()));
    if let Some(audio) = audio {
        act(&audio);
    }
}

/// Lets the recording go and keeps the element.
fn drop_sound() {
    let old = AUDIO.with_borrow_mut(|slot| {
        let sound = slot.as_mut()?;
        Some((sound.element.clone(), sound.url.take()?))
    });
    if let Some((element, url)) = old {
        // Neither can fail on an element of our own.
        let _ = element.pause();
        let _ = element.remove_attribute("src");
        element.load();
        engine::revoke(&url);
    }
}

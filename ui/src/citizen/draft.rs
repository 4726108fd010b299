//! Half-filled forms, kept by the engine while the person types: a closed window loses nothing.

use std::time::Duration;

use bantin_wire::ipc::device::{DraftGet, DraftSet};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{engine, json};

/// How long after a key the form is kept at the latest: more keys do not put it off.
const PAUSE: Duration = Duration::from_millis(500);

/// The kept form, if there is one that can still be read.
pub async fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = engine::run(&DraftGet { key: key.into() }).await.ok()??;
    json::read(&text).ok()
}

/// What was typed and not kept yet.
#[derive(Default)]
struct Pending {
    text: Option<String>,
    finished: bool,
}

/// A form being kept.
#[derive(Clone)]
pub struct Kept {
    key: String,
    pending: ArcStoredValue<Pending>,
}

impl Kept {
    /// The form was sent: what was kept goes, and nothing is kept any more.
    pub fn finish(&self) {
        self.pending.update_value(|p| {
            p.finished = true;
            p.text = None;
        });
        save(self.key.clone(), String::new());
    }

    /// The form was sent and another begins: what was kept goes.
    pub fn clear(&self) {
        self.pending.update_value(|p| p.text = None);
        save(self.key.clone(), String::new());
    }

    fn flush(&self) {
        let text = self.pending.try_update_value(|p| p.text.take()).flatten();
        if let Some(text) = text {
            save(self.key.clone(), text);
        }
    }
}

/// Runs `act` when what `watch` reads has changed: what was wrong with the words before says nothing about
/// the new ones.
pub fn on_change(watch: impl Fn() + 'static, act: impl Fn() + 'static) {
    Effect::new(move |before: Option<()>| {
        watch();
        if before.is_some() {
            act();
        }
    });
}

/// Keeps what `form` gives, a moment after it changed and when the screen is left. `form` must read the
/// signals of the form.
pub fn keep<T: Serialize + 'static>(key: String, form: impl Fn() -> T + 'static) -> Kept {
    let kept = Kept {
        key,
        pending: ArcStoredValue::new(Pending::default()),
    };
    let watched = kept.clone();
    Effect::new(move |before: Option<()>| {
        // The first run only sees what was kept.
        if let (Ok(text), true) = (json::write(&form()), before.is_some()) {
            let first = watched.pending.try_update_value(|p| {
                let waits = p.text.is_some();
                if !p.finished {
                    p.text = Some(text);
                }
                !waits
            });
            if first == Some(true) {
                let later = watched.clone();
                set_timeout(move || later.flush(), PAUSE);
            }
        }
    });
    let left = kept.clone();
    on_cleanup(move || left.flush());
    kept
}

fn save(key: String, text: String) {
    spawn_local(async move {
        // The form is still on the screen; the next key tries again.
        let _ = engine::run(&DraftSet { key, text }).await;
    });
}

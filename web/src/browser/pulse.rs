//! What happens unasked: reading the store at the start, syncing now and then, when the network comes
//! back, and as soon as a letter waits.

use bantin_model::sync::next_pulse_after_s;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;

use super::{WebEngine, wait};
use crate::host::Host;

/// Between two syncs that went well, in seconds: an open tab costs a radio's wake-up each time.
const CALM_S: u64 = 300;

/// Begins to live.
pub(super) fn begin(engine: &WebEngine) {
    hear_tabs(engine);
    hear_network(engine);
    let engine = WebEngine::clone(engine);
    spawn_local(async move {
        if engine.fresh().await.is_ok() {
            // Old photos can also go another time.
            let _ = engine.sweep_photos().await;
            engine.index().await;
        }
        let mut first = true;
        loop {
            if engine.follows() && (first || !asked_just_now(&engine).await) {
                // What went wrong is told by the status; the pause grows with it.
                let _ = engine.sync().await;
                send_letters(&engine).await;
                engine.index().await;
            }
            first = false;
            let pause_s = pause_s(&engine);
            let pause_ms = i32::try_from(pause_s.saturating_mul(1000)).unwrap_or(i32::MAX);
            wait::for_ms(&engine.host().scope, pause_ms).await;
        }
    });
}

fn pause_s(engine: &WebEngine) -> u64 {
    let mut rng = ChaCha20Rng::from_seed(engine.host().seed());
    next_pulse_after_s(engine.failures(), CALM_S, engine.sparing(), &mut rng)
}

/// Whether another tab asked just now: two open tabs wake the radio no more often than one.
async fn asked_just_now(engine: &WebEngine) -> bool {
    // A store that cannot be read is no reason to ask nothing.
    let _ = engine.fresh().await;
    let now = engine.host().now();
    engine
        .checked_at()
        .is_some_and(|at| at <= now && now.since(at) < CALM_S / 2)
}

/// Sends letters that no sync has tried yet.
pub(super) async fn send_letters(engine: &WebEngine) {
    while engine.has_letters_new() {
        if engine.sync().await.is_err() {
            return;
        }
    }
}

/// Another tab changed the store: this one's page must ask again.
fn hear_tabs(engine: &WebEngine) {
    let Some(tabs) = &engine.host().tabs else {
        return;
    };
    let heard = {
        let engine = WebEngine::clone(engine);
        Closure::<dyn Fn()>::new(move || {
            engine.heard_change();
            super::page::tell_changed(&engine.host().scope);
        })
    };
    tabs.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
}

fn hear_network(engine: &WebEngine) {
    let heard = {
        let engine = WebEngine::clone(engine);
        Closure::<dyn Fn()>::new(move || {
            let engine = WebEngine::clone(&engine);
            spawn_local(async move {
                if engine.follows() {
                    // Told by the status.
                    let _ = engine.sync().await;
                }
            });
        })
    };
    let scope = &engine.host().scope;
    // The name of the event is our own, so this cannot fail.
    let _ = scope.add_event_listener_with_callback("online", heard.as_ref().unchecked_ref());
    heard.forget();
}

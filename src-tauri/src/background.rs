//! What happens without a tap: syncs from time to time, and telling the window of changes.
//!
//! There is no scheduler behind a closed app: letters leave while it is open, and the screen says so.

use std::sync::Arc;
use std::time::Duration;

use bantin_engine::Engine;
use tauri::{AppHandle, Emitter};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

use crate::start::Start;

/// Tells the window that what the engine holds has changed.
const CHANGED: &str = "engine-changed";
/// A window that is looked at again wants news that are at most this old.
const FRESH: Duration = Duration::from_secs(5 * 60);

/// The running background work; it ends with the app.
pub(crate) struct Background {
    looked_at: Arc<Notify>,
}

impl Background {
    /// Begins.
    pub(crate) fn begin(app: &AppHandle, engine: Engine, start: Start) -> Self {
        let looked_at = Arc::new(Notify::new());
        tauri::async_runtime::spawn(tell(app.clone(), engine.clone()));
        tauri::async_runtime::spawn(sync(engine, start, looked_at.clone()));
        Self { looked_at }
    }

    /// The person looks at the window.
    pub(crate) fn looked_at(&self) {
        self.looked_at.notify_one();
    }
}

async fn tell(app: AppHandle, engine: Engine) {
    let mut changes = engine.changes();
    while changes.changed().await.is_ok() {
        // A window that is closing hears nothing any more.
        let _ = app.emit(CHANGED, ());
    }
}

/// Syncs at the start, when a letter was saved, when the window is looked at after a while, and
/// otherwise after the engine's own pause, which grows with failures.
async fn sync(engine: Engine, start: Start, looked_at: Arc<Notify>) {
    follow_at_first(&engine, start).await;
    loop {
        // How it went is in the line of truth.
        let _ = engine.sync().await;
        let synced = Instant::now();
        let pause = engine.next_sync_after_s().await.unwrap_or(FRESH.as_secs());
        let wake = async {
            loop {
                tokio::select! {
                    () = engine.letter_saved() => return,
                    () = looked_at.notified() => {
                        if synced.elapsed() > FRESH {
                            return;
                        }
                    }
                }
            }
        };
        // Whether something woke us or the time is up: it is time.
        let _ = timeout(Duration::from_secs(pause), wake).await;
    }
}

/// An app that comes with a place follows it at its first start.
async fn follow_at_first(engine: &Engine, start: Start) {
    let (Some(link), Some(place)) = (engine.pairing_default(), start.place) else {
        return;
    };
    let follows = engine
        .status()
        .await
        .is_ok_and(|status| status.place.is_some());
    if !follows {
        // Without a network the first screen asks again.
        let _ = engine.follow(&link, &place).await;
    }
}

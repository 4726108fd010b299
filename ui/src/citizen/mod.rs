//! The citizen's app: news that can be trusted, and a voice that travels back. Five destinations, one
//! line that always tells the truth, everything readable without a network.

mod around;
mod claim;
mod data;
mod draft;
mod frame;
mod home;
mod market;
mod me;
mod news;
mod offer;
mod page;
mod player;
mod product;
mod question;
pub(crate) mod reader;
pub(crate) mod route;
mod search;
mod start;
pub(crate) mod state;
mod talks;
mod thread;
pub(crate) mod window;

use bantin_wire::Failure;
use bantin_wire::ipc::device::{DeviceStatusGet, SettingsGet};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::component::empty::Failed;
use crate::engine;
use crate::text::speak;
use route::Route;
use state::App;

/// Finds the engine, reads settings and status, and shows the first screen.
pub fn start() {
    window::tell_panics();
    spawn_local(async {
        match first_answers().await {
            Ok(app) => show(app),
            Err(failure) => {
                speak("vi");
                mount_to_body(move || {
                    let failure = failure.clone();
                    view! { <main class="alone"><Failed failure=failure on_retry=window::reload /></main> }
                });
            }
        }
    });
}

async fn first_answers() -> Result<App, Failure> {
    engine::start()?;
    let settings = engine::run(&SettingsGet {}).await?;
    let status = engine::run(&DeviceStatusGet {}).await?;
    Ok(App::new(settings, status, Route::parse(&window::hash())))
}

fn show(app: App) {
    mount_to_body(move || {
        provide_context(app);
        window::listen(app);
        around::watch();
        if app.settings.with_untracked(|s| s.started) {
            app.sync(false);
        }
        let language = Memo::new(move |_| app.settings.with(|s| s.language.clone()));
        let started = Memo::new(move |_| app.settings.with(|s| s.started));
        window::dress(app);
        // A new language builds everything anew: no message needs to be watched.
        move || {
            speak(&language.get());
            set_timeout(window::arrive, std::time::Duration::ZERO);
            match started.get() {
                true => view! { <frame::Frame /> }.into_any(),
                false => view! { <start::Start /> }.into_any(),
            }
        }
    });
}

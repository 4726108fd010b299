//! News and letters by hand: a file written here, and a file taken in.

use bantin_wire::ipc::pack::{
    PACK_PIECE_BYTES_MAX, PackChoice, PackExport, PackImport, PackMade, PackNews, PackReport,
    PackStage,
};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::Panel;
use crate::component::button::Button;
use crate::component::callout::{Callout, Tone};
use crate::component::file::FilePick;
use crate::component::icon::Icon;
use crate::engine;
use crate::t;
use crate::text::{bytes_text, failure_text};

/// What is going on, or how it ended.
#[derive(Clone, Debug, Default, PartialEq)]
enum State {
    #[default]
    Quiet,
    Reading(u64),
    Taking,
    Writing,
    Made(PackMade),
    Came(PackReport),
    Failed(Failure),
}

impl State {
    fn is_busy(&self) -> bool {
        matches!(self, Self::Reading(_) | Self::Taking | Self::Writing)
    }
}

/// The panel. In a browser it says that this takes the app.
#[component]
pub fn ByHand() -> impl IntoView {
    let inside = if engine::in_app() {
        view! { <Acts /> }.into_any()
    } else {
        view! { <Callout tone=Tone::Calm icon=Icon::Box text=t!("hand-browser") /> }.into_any()
    };
    view! {
        <Panel icon=Icon::Box id="me-hand" title=t!("hand")>
            <p>{t!("hand-what")}</p>
            {inside}
        </Panel>
    }
}

#[component]
fn Acts() -> impl IntoView {
    let state = RwSignal::new(State::default());
    let busy = Signal::derive(move || state.with(State::is_busy));
    let export = move |letters: bool| {
        if busy.get_untracked() {
            return;
        }
        state.set(State::Writing);
        spawn_local(async move {
            let choice = PackChoice {
                media: true,
                letters,
                places: Vec::new(),
            };
            let made = engine::run(&PackExport { choice }).await;
            state.set(made.map_or_else(State::Failed, State::Made));
        });
    };
    let take = move |files: Vec<File>| {
        let Some(file) = files.into_iter().next() else {
            return;
        };
        spawn_local(async move {
            let came = import(file, state).await;
            state.set(came.map_or_else(State::Failed, State::Came));
        });
    };
    view! {
        <FilePick
            id="hand-open"
            label=t!("hand-open")
            icon=Icon::Box
            accept=".bantin,application/octet-stream"
            busy=busy
            on_files=take
        />
        <Button icon=Icon::Upload text=t!("hand-news") busy=busy on_press=move || export(false) />
        <Button icon=Icon::Upload text=t!("hand-letters") busy=busy on_press=move || export(true) />
        <p class="field-hint">{t!("hand-letters-what")}</p>
        <div aria-live="polite">{move || state.with(told)}</div>
    }
}

/// Hands the file to the engine piece by piece: a phone need not hold it in memory.
async fn import(file: File, state: RwSignal<State>) -> Result<PackReport, Failure> {
    let unreadable = |_| Failure::new(Code::NotAPack);
    let size = file.size();
    state.set(State::Reading(0));
    engine::run(&PackStage {}).await?;
    let mut at = 0.0;
    while at < size {
        let end = (at + PACK_PIECE_BYTES_MAX as f64).min(size);
        let piece = file.slice_with_f64_and_f64(at, end).map_err(unreadable)?;
        let buffer = JsFuture::from(piece.array_buffer())
            .await
            .map_err(unreadable)?;
        engine::pack_piece(js_sys::Uint8Array::new(&buffer)).await?;
        at = end;
        state.set(State::Reading((at * 100.0 / size) as u64));
    }
    state.set(State::Taking);
    engine::run(&PackImport {}).await
}

fn told(state: &State) -> AnyView {
    let calm = |text: String| view! { <p role="status">{text}</p> }.into_any();
    match state {
        State::Quiet => ().into_any(),
        State::Reading(percent) => calm(t!("hand-reading", percent = *percent)),
        State::Taking => calm(t!("hand-taking")),
        State::Writing => calm(t!("hand-writing")),
        State::Made(made) => written(made).into_any(),
        State::Came(report) => brought(report).into_any(),
        State::Failed(why) => {
            view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(why) /> }
                .into_any()
        }
    }
}

fn written(made: &PackMade) -> impl IntoView + use<> {
    let file = made.file.clone();
    let text = t!("hand-made", size = bytes_text(made.bytes), file = file);
    let missing = made.segments_missing > 0;
    view! {
        <Callout tone=Tone::Good icon=Icon::Box text=text />
        {missing.then(|| view! { <Callout tone=Tone::Mind icon=Icon::Warning text=t!("hand-missing") /> })}
    }
}

fn brought(report: &PackReport) -> impl IntoView + use<> {
    let (tone, icon, news) = news_text(report);
    let counted = [
        (report.letters_accepted, "hand-accepted"),
        (report.replies, "hand-replies"),
        (report.carried, "hand-carried"),
        (report.not_carried, "hand-not-carried"),
        (report.damages_count, "hand-damaged"),
    ];
    let lines: Vec<_> = counted
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, key)| view! { <li>{count_text(key, count)}</li> })
        .collect();
    view! {
        <Callout tone=tone icon=icon text=news />
        <ul>{lines}</ul>
    }
}

fn news_text(report: &PackReport) -> (Tone, Icon, String) {
    match report.news {
        PackNews::None => (Tone::Calm, Icon::Box, t!("hand-news-none")),
        PackNews::New => (
            Tone::Good,
            Icon::Box,
            t!("hand-news-new", count = u64::from(report.records_changed)),
        ),
        PackNews::Same => (Tone::Calm, Icon::Box, t!("hand-news-same")),
        PackNews::Older => (Tone::Mind, Icon::Warning, t!("hand-news-older")),
        PackNews::Incomplete => (Tone::Mind, Icon::Warning, t!("hand-news-incomplete")),
        PackNews::OtherRoot | PackNews::NotGenuine => {
            (Tone::Wrong, Icon::Shield, t!("hand-news-refused"))
        }
    }
}

fn count_text(key: &str, count: u32) -> String {
    let count = u64::from(count);
    match key {
        "hand-accepted" => t!("hand-accepted", count = count),
        "hand-replies" => t!("hand-replies", count = count),
        "hand-carried" => t!("hand-carried", count = count),
        "hand-not-carried" => t!("hand-not-carried", count = count),
        _ => t!("hand-damaged", count = count),
    }
}

//! Sharing: start and stop, the link and its code, who came.

use std::time::Duration;

use bantin_wire::ipc::relay::{QrView, RelayGet, RelayStart, RelayStop, Sharing};
use bantin_wire::{Command, Failure};
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::icon::Icon;
use crate::engine;
use crate::t;
use crate::text::{bytes_text, failure_text};

/// How often the figures are looked at while something is shared.
const LOOK: Duration = Duration::from_secs(4);

/// What is known of sharing here, and what went wrong.
#[derive(Clone, Copy)]
struct Desk {
    sharing: RwSignal<Sharing>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
}

impl Desk {
    fn ask<C: Command<Reply = Sharing> + 'static>(self, command: C) {
        self.busy.set(true);
        spawn_local(async move {
            let answer = engine::run(&command).await;
            // The screen may be gone by now.
            let _ = self.busy.try_set(false);
            match answer {
                Ok(sharing) => {
                    let _ = self.sharing.try_set(sharing);
                    let _ = self.failure.try_set(None);
                }
                Err(why) => {
                    let _ = self.failure.try_set(Some(why));
                }
            }
        });
    }

    fn look(self) {
        spawn_local(async move {
            if let Ok(sharing) = engine::run(&RelayGet {}).await {
                let _ = self.sharing.try_set(sharing);
            }
        });
    }
}

/// Start, or how it goes and stop.
#[component]
pub fn Give() -> impl IntoView {
    let desk = Desk {
        sharing: RwSignal::new(Sharing::default()),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    desk.look();
    let shares = Memo::new(move |_| desk.sharing.with(|s| s.link.is_some()));
    Effect::new(move |old: Option<Option<IntervalHandle>>| {
        if let Some(Some(old)) = old {
            old.clear();
        }
        let begun = shares
            .get()
            .then(|| set_interval_with_handle(move || desk.look(), LOOK).ok())
            .flatten();
        on_cleanup(move || {
            if let Some(begun) = begun {
                begun.clear();
            }
        });
        begun
    });
    view! {
        <p>{t!("share-what")}</p>
        {move || {
            let low = desk.sharing.with(|s| s.battery_low);
            low.then(|| view! { <Callout tone=Tone::Mind icon=Icon::Warning text=t!("share-battery") /> })
        }}
        {move || {
            let failure = desk.failure.get();
            failure.map(|f| view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&f) /> })
        }}
        {move || match shares.get() {
            true => shared(desk).into_any(),
            false => view! {
                <Button
                    icon=Icon::Upload
                    text=t!("share-start")
                    weight=Weight::Main
                    busy=desk.busy
                    on_press=move || desk.ask(RelayStart {})
                />
            }
                .into_any(),
        }}
    }
}

fn shared(desk: Desk) -> impl IntoView {
    let code = Memo::new(move |_| desk.sharing.with(|s| s.qr.clone()));
    let link = Memo::new(move |_| desk.sharing.with(|s| s.link.clone().unwrap_or_default()));
    // A device that pins the same root already needs the address alone: that can be typed.
    let short = move || {
        link.with(|link| {
            let address = link.split('#').next().unwrap_or_default().to_owned();
            t!("share-short", address = address)
        })
    };
    let guests = move || desk.sharing.with(|s| t!("share-guests", count = s.guests));
    let given = move || {
        desk.sharing
            .with(|s| t!("share-given", size = bytes_text(s.given_bytes)))
    };
    let carried = move || {
        let letters = desk.sharing.with(|s| u64::from(s.letters_waiting));
        (letters > 0).then(|| view! { <li>{t!("share-letters", count = letters)}</li> })
    };
    let found = move || {
        desk.sharing.with(|s| match s.announced {
            true => t!("share-announced"),
            false => t!("share-hidden"),
        })
    };
    view! {
        <p>{t!("share-scan")}</p>
        {move || code.get().map(drawn)}
        <p class="share-link" dir="ltr">{move || link.get()}</p>
        <p>{short}</p>
        <p>{found} " " {t!("share-open")}</p>
        <ul class="share-figures" role="status">
            <li>{guests}</li>
            <li>{given}</li>
            {carried}
        </ul>
        <Button
            icon=Icon::Stop
            text=t!("share-stop")
            busy=desk.busy
            on_press=move || desk.ask(RelayStop {})
        />
    }
}

/// The code, dark on light in every theme: scanners want it so.
fn drawn(code: QrView) -> impl IntoView {
    let side = code.side;
    let frame = format!("0 0 {side} {side}");
    let ground = format!("M0 0h{side}v{side}H0z");
    view! {
        <svg class="share-code" viewBox=frame role="img" aria-label=t!("share-code") shape-rendering="crispEdges">
            <path class="share-code-light" d=ground></path>
            <path class="share-code-dark" d=code.path></path>
        </svg>
    }
}

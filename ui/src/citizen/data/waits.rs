//! What waits and why, and fetching all of it this once.

use bantin_model::budget::Holds;
use bantin_wire::ipc::data::{DataFetch, Waiting};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kind_name;
use crate::citizen::me::Panel;
use crate::citizen::state::{app, said_failure};
use crate::component::button::Button;
use crate::component::icon::Icon;
use crate::engine;
use crate::t;
use crate::text::bytes_text;

/// The panel.
pub(super) fn waits(waiting: &[Waiting]) -> impl IntoView + use<> {
    let lines: Vec<_> = waiting
        .iter()
        .map(|line| {
            view! {
                <li class="bar">
                    <span class="bar-name">
                        {kind_name(line.kind)} <small>{why_text(line.why)}</small>
                    </span>
                    <span class="bar-size">{bytes_text(line.bytes)}</span>
                </li>
            }
        })
        .collect();
    let bytes: u64 = waiting.iter().map(|line| line.bytes).sum();
    let inside = match lines.is_empty() {
        true => view! { <p>{t!("data-waits-nothing")}</p> }.into_any(),
        false => view! {
            <ul class="data-waits">{lines}</ul>
            <Fetch />
            <p class="field-hint">{t!("data-fetch-cost", size = bytes_text(bytes))}</p>
        }
        .into_any(),
    };
    view! { <Panel icon=Icon::Clock id="data-waits" title=t!("data-waits")>{inside}</Panel> }
}

#[component]
fn Fetch() -> impl IntoView {
    let app = app();
    let busy = RwSignal::new(false);
    let fetch = move || {
        busy.set(true);
        spawn_local(async move {
            let done = engine::run(&DataFetch {}).await;
            // The panel may have been drawn anew meanwhile.
            let _ = busy.try_set(false);
            match done {
                Ok(_) => app.said.set(t!("data-fetched")),
                Err(why) => {
                    said_failure(app, &why);
                }
            }
            app.refresh();
        });
    };
    view! { <Button icon=Icon::Refresh text=t!("data-fetch") busy=busy on_press=fetch /> }
}

fn why_text(why: Holds) -> String {
    match why {
        Holds::Day => t!("data-why-day"),
        Holds::Month => t!("data-why-month"),
        Holds::Metered => t!("data-why-metered"),
        Holds::Battery => t!("data-why-battery"),
    }
}

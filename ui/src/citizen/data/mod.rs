//! *Tôi → Dữ liệu*: where the bytes went, what waits, and how much the news may take.

mod limits;
mod spent;
mod waits;

use bantin_model::budget::{DataKind, Holds};
use bantin_wire::ipc::data::{DataGet, DataUse};
use leptos::prelude::*;

use super::me::Panel;
use super::state::app;
use crate::component::callout::{Callout, Tone};
use crate::component::empty::Failed;
use crate::component::icon::Icon;
use crate::component::skeleton::Skeleton;
use crate::load::{Load, query};
use crate::t;

/// The screen.
#[component]
pub fn Data() -> impl IntoView {
    let app = app();
    let used = query(move || {
        app.changes.track();
        Some(DataGet {})
    });
    // What is typed into the form must outlive every answer that comes meanwhile.
    let first = Memo::new(move |_| used.with(|load| load.ready().map(|used| used.limits)));
    let known = Memo::new(move |_| used.with(|load| load.ready().cloned()));
    let form = move || {
        first
            .get()
            .map(|limits| view! { <limits::LimitsForm limits=limits used=known /> })
    };
    let top = move || match used.get() {
        Load::Waiting => view! { <Skeleton rows=4 /> }.into_any(),
        Load::Failed(why) => {
            view! { <Failed failure=why on_retry=move || app.refresh() /> }.into_any()
        }
        Load::Ready(used) => shown(&used).into_any(),
    };
    let bottom = move || known.with(|used| used.as_ref().map(spent::where_it_went));
    view! {
        <div class="data" data-arrive tabindex="-1" aria-label=t!("data-title")>
            <div class="data-column">{top}{form}</div>
            <div class="data-column">{bottom}</div>
        </div>
    }
}

fn shown(used: &DataUse) -> impl IntoView + use<> {
    let told = used.holds.map(|holds| {
        let text = match holds {
            Holds::Month => t!("data-month-spent"),
            _ => t!("data-day-spent"),
        };
        view! { <Callout tone=Tone::Mind icon=Icon::Clock text=text /> }
    });
    let today = spent::against(t!("moved-today"), used.today_bytes, used.limits.day_bytes);
    let month = spent::against(t!("moved-month"), used.month_bytes, used.limits.month_bytes);
    view! {
        <Panel icon=Icon::Upload id="data-spent" title=t!("data-spent")>
            {today}
            {month}
            {told}
        </Panel>
        {waits::waits(&used.waits)}
    }
}

/// What a kind is called.
fn kind_name(kind: DataKind) -> String {
    match kind {
        DataKind::Ask => t!("data-kind-ask"),
        DataKind::Letter => t!("data-kind-letter"),
        DataKind::Answer => t!("data-kind-answer"),
        DataKind::Text => t!("data-kind-text"),
        DataKind::Thumb => t!("data-kind-thumb"),
        DataKind::Sound => t!("data-kind-sound"),
        DataKind::Rest => t!("data-kind-rest"),
        DataKind::Other => t!("data-kind-other"),
    }
}

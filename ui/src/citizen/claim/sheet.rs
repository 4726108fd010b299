//! The sheet with a claim code: printed, photographed or copied by hand.

use bantin_wire::ipc::conversation::{ConversationPage, ConversationRead};
use leptos::prelude::*;

use crate::citizen::route::Route;
use crate::citizen::state::app;
use crate::citizen::window::can_print;
use crate::component::button::{Button, ButtonLink, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::empty::Failed;
use crate::component::icon::Icon;
use crate::component::skeleton::Skeleton;
use crate::load::{Load, query};
use crate::t;
use crate::text::date;

/// The sheet of one conversation.
#[component]
pub fn Sheet(
    /// Which; hex.
    id: String,
) -> impl IntoView {
    let app = app();
    let asked = id.clone();
    let page = query(move || Some(ConversationRead { id: asked.clone() }));
    move || match page.get() {
        Load::Waiting => view! { <Skeleton rows=4 /> }.into_any(),
        Load::Failed(failure) => {
            view! { <Failed failure=failure on_retry=move || app.refresh() /> }.into_any()
        }
        Load::Ready(page) => sheet(page, id.clone()).into_any(),
    }
}

fn sheet(page: ConversationPage, id: String) -> impl IntoView {
    let today = app().now.get_untracked();
    let groups = page
        .claim_code
        .split('-')
        .map(|group| view! { <span>{group.to_owned()}</span> " " })
        .collect_view();
    let print = can_print().then(|| {
        view! {
            <Button
                icon=Icon::Source
                text=t!("claim-print")
                weight=Weight::Main
                on_press=crate::citizen::window::print
            />
        }
    });
    view! {
        <section class="wizard-step sheet" data-arrive tabindex="-1" aria-labelledby="sheet">
            <h2 id="sheet">{t!("claim")}</h2>
            <p>{t!("claim-why")}</p>
            <p class="claim-code" dir="ltr">{groups}</p>
            <dl class="facts">
                <dt>{t!("claim-sent")}</dt>
                <dd dir="auto">{page.card.agency}</dd>
                <dt>{t!("claim-date")}</dt>
                <dd>{date(today)}</dd>
            </dl>
            <p>{t!("claim-how")}</p>
            <Callout tone=Tone::Mind icon=Icon::Lock text=t!("claim-secret") />
            <div class="wizard-acts">
                {print}
                <ButtonLink icon=Icon::Ask text=t!("claim-back") href=Route::Ask { open: Some(id) }.href() />
            </div>
        </section>
    }
}

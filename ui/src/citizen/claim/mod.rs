//! Claim codes: typing one on another phone, and the sheet that keeps one.

mod sheet;

use bantin_wire::ipc::conversation::ConversationClaim;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::{self, Kept};
use super::route::Route;
use super::state::{App, app, said_failure};
use super::window::show_fault;
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::field::Field;
use crate::component::icon::Icon;
use crate::component::skeleton::Skeleton;
use crate::engine;
use crate::t;
use crate::text::{failure_text, field_text};

pub use sheet::Sheet;

/// Where a half-typed code is kept.
const DRAFT: &str = "claim";

/// The form, once what was typed before is read.
#[component]
pub fn Claim() -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    spawn_local(async move {
        let kept = draft::kept::<String>(DRAFT).await.unwrap_or_default();
        let _ = typed.try_set(Some(kept));
    });
    move || match typed.get() {
        None => view! { <Skeleton rows=3 /> }.into_any(),
        Some(typed) => view! { <Form typed=typed /> }.into_any(),
    }
}

#[component]
fn Form(typed: String) -> impl IntoView {
    let app = app();
    let code = RwSignal::new(typed);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let kept = StoredValue::new(draft::keep(DRAFT.into(), move || code.get()));
    draft::on_change(move || code.track(), move || failure.set(None));
    let fault = Signal::derive(move || failure.with(|f| field_text(f.as_ref(), "code")));
    let elsewhere = move || {
        let failure = failure
            .get()
            .filter(|f| f.field.as_deref() != Some("code"))?;
        let text = match failure.code {
            Code::NotFound => t!("claimed-place-first"),
            _ => failure_text(&failure),
        };
        Some(view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=text /> })
    };
    let count = move || code.with(|code| t!("claimed-count", typed = symbols(code)));
    view! {
        <section class="wizard-step" data-arrive tabindex="-1" aria-labelledby="claimed">
            <h2 id="claimed">{t!("claimed")}</h2>
            <p>{t!("claimed-what")}</p>
            <Field
                id="claim-code"
                label=t!("claimed-code")
                hint=t!("claimed-code-hint")
                value=code
                fault=fault
                long=true
            />
            <p class="wizard-hint">{count}</p>
            {elsewhere}
            <Callout tone=Tone::Calm icon=Icon::Reply text=t!("claimed-gives") />
            <div class="wizard-acts">
                <Button
                    icon=Icon::Key
                    text=t!("claimed-do")
                    weight=Weight::Main
                    busy=busy
                    on_press=move || claim(app, (code, failure, busy), kept)
                />
            </div>
        </section>
    }
}

/// How much of a code is there: letters and digits, whatever stands between them.
fn symbols(code: &str) -> u64 {
    code.chars().filter(|c| c.is_alphanumeric()).count() as u64
}

type Typing = (RwSignal<String>, RwSignal<Option<Failure>>, RwSignal<bool>);

/// Keeps the code in the engine; only then what was typed may go. The answers need a network and come later.
fn claim(app: App, (code, failure, busy): Typing, kept: StoredValue<Kept>) {
    busy.set(true);
    failure.set(None);
    let code = code.get_untracked();
    spawn_local(async move {
        let claimed = engine::run(&ConversationClaim { code }).await;
        let _ = busy.try_set(false);
        match claimed {
            Ok(id) => {
                let _ = kept.try_with_value(Kept::finish);
                app.said.set(t!("claimed-kept"));
                app.sync(false);
                app.go(&Route::Ask { open: Some(id) });
            }
            Err(why) => {
                // What is said at the field is spoken there.
                if why.field.as_deref() != Some("code") {
                    said_failure(app, &why);
                }
                let _ = failure.try_set(Some(why));
                show_fault();
            }
        }
    });
}

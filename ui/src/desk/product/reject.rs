//! Sending a product back with the reason.

use bantin_wire::desk::conversation::SubmissionReject;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::decide::{done, said_elsewhere};
use super::sheet::Sheet;
use crate::component::button::Button;
use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::desk::entry::{Entry, modal};
use crate::engine::once;
use crate::t;
use crate::text::failure_text;

/// Most characters of a reason.
const TEXT_MAX: usize = 20_000;

/// The box on its way: what is typed, what was refused.
#[derive(Clone, Copy)]
struct Way {
    sheet: Sheet,
    open: RwSignal<bool>,
    text: RwSignal<String>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    /// The very same reason tried again keeps its name.
    tried: StoredValue<Option<(String, String)>>,
}

impl Way {
    fn send(self) {
        let words = self.text.with_untracked(|text| text.trim().to_owned());
        if words.is_empty() {
            return self.failure.set(Some(Failure::at(Code::Empty, "text")));
        }
        if self.busy.get_untracked() {
            return;
        }
        let before = self.tried.get_value().filter(|(sent, _)| *sent == words);
        let name = before.map_or_else(once, |(_, name)| name);
        self.tried.set_value(Some((words.clone(), name.clone())));
        self.busy.set(true);
        let sheet = self.sheet;
        spawn_local(async move {
            let command = SubmissionReject {
                id: sheet.id.get_value(),
                text: words,
                once: name,
            };
            let outcome = sheet.desk.client.run(&command).await;
            // The officer may have gone to another one meanwhile.
            if self.busy.try_set(false).is_some() {
                return said_elsewhere(
                    sheet.desk,
                    outcome.map(|_| t!("desk-product-rejected-now")),
                );
            }
            match outcome {
                Ok(()) => done(sheet, self.open, t!("desk-product-rejected-now")),
                Err(refused) => self.failure.set(Some(refused)),
            }
        });
    }
}

/// The box.
#[component]
pub fn Reject(
    /// The check.
    sheet: Sheet,
    /// It is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let node = modal(open);
    let way = Way {
        sheet,
        open,
        text: RwSignal::new(String::new()),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
        tried: StoredValue::new(None),
    };
    let fault = Signal::derive(move || {
        let empty = way
            .failure
            .with(|f| f.as_ref().is_some_and(|f| f.code == Code::Empty));
        empty.then(|| t!("desk-product-reason-empty"))
    });
    let other = move || {
        let failure = way.failure.get().filter(|f| f.code != Code::Empty)?;
        Some(view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&failure) /> })
    };
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby="product-reject-title" on:close=move |_| open.set(false)>
            <form
                data-form
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    way.send();
                }
            >
                <h2 id="product-reject-title">{t!("desk-product-reject-title")}</h2>
                {other}
                <Entry
                    id="product-reason" label=t!("desk-product-reason") hint=t!("desk-product-reason-hint") rows=5
                    limit=TEXT_MAX value=way.text on_input=move |words| way.text.set(words) fault=fault
                />
                <div class="dialog-acts">
                    <Button icon=Icon::Close text=t!("desk-cancel") on_press=move || open.set(false) />
                    <button type="submit" class="button button-danger" aria-busy=move || way.busy.get().then_some("true")>
                        <Glyph icon=Icon::Reply />
                        <span>{t!("desk-product-reject-send")}</span>
                    </button>
                </div>
            </form>
        </dialog>
    }
}

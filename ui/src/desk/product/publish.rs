//! Publishing a checked product: who signs for which place, and the password.

use bantin_wire::Failure;
use bantin_wire::desk::conversation::SubmissionPublish;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::decide::{done, said_elsewhere, show_fault};
use super::sheet::{Checked, Sheet};
use crate::component::button::Button;
use crate::component::icon::{Glyph, Icon};
use crate::desk::editor::{Password, signer};
use crate::desk::entry::modal;
use crate::engine::once;
use crate::t;

/// The box on its way: what is typed, what was refused.
#[derive(Clone, Copy)]
struct Way {
    sheet: Sheet,
    open: RwSignal<bool>,
    password: RwSignal<String>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    /// The very same product tried again keeps its name.
    tried: StoredValue<Option<(Checked, String)>>,
}

impl Way {
    fn send(self) {
        if self.password.with_untracked(String::is_empty) {
            return self
                .failure
                .set(Some(Failure::at(bantin_wire::Code::Empty, "password")));
        }
        if self.busy.get_untracked() {
            return;
        }
        let sheet = self.sheet;
        let checked = sheet.checked.get_untracked();
        let before = self.tried.get_value().filter(|(sent, _)| *sent == checked);
        let name = before.map_or_else(once, |(_, name)| name);
        self.tried.set_value(Some((checked.clone(), name.clone())));
        let command = SubmissionPublish {
            id: sheet.id.get_value(),
            product: checked.product,
            certificate: sheet.certificate(),
            password: self.password.get_untracked(),
            once: name,
        };
        self.busy.set(true);
        self.failure.set(None);
        sheet.failure.set(None);
        spawn_local(async move {
            let outcome = sheet.desk.client.run(&command).await;
            // The officer may have gone to another one meanwhile.
            if self.busy.try_set(false).is_some() {
                return said_elsewhere(
                    sheet.desk,
                    outcome.map(|_| t!("desk-product-published-now")),
                );
            }
            match outcome {
                Ok(_) => done(sheet, self.open, t!("desk-product-published-now")),
                Err(refused)
                    if refused
                        .field
                        .as_deref()
                        .is_some_and(|field| field != "password") =>
                {
                    self.open.set(false);
                    sheet.failure.set(Some(refused));
                    show_fault();
                }
                Err(refused) => self.failure.set(Some(refused)),
            }
        });
    }

    fn close(self) {
        self.open.set(false);
        self.password.set(String::new());
        self.failure.set(None);
    }
}

/// The box.
#[component]
pub fn Publish(
    /// The check.
    sheet: Sheet,
    /// It is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let node = modal(open);
    let way = Way {
        sheet,
        open,
        password: RwSignal::new(String::new()),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
        tried: StoredValue::new(None),
    };
    let name = sheet.part(|c| c.product.name.clone());
    let who = move || {
        sheet
            .desk
            .officer
            .with(|officer| signer(officer, &sheet.place.get_value()))
    };
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby="product-publish-title" on:close=move |_| way.close()>
            <form
                data-form
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    way.send();
                }
            >
                <h2 id="product-publish-title">{t!("desk-product-publish-title")}</h2>
                <p class="publish-what" dir="auto">{move || name.get()}</p>
                <p class="signer"><Glyph icon=Icon::Shield /> <span>{who}</span></p>
                <Password password=way.password failure=way.failure />
                <div class="dialog-acts">
                    <Button icon=Icon::Close text=t!("desk-cancel") on_press=move || open.set(false) />
                    <button type="submit" class="button button-main" aria-busy=move || way.busy.get().then_some("true")>
                        <Glyph icon=Icon::Shield />
                        <span>{move || if way.busy.get() { t!("desk-publishing") } else { t!("desk-publish") }}</span>
                    </button>
                </div>
            </form>
        </dialog>
    }
}

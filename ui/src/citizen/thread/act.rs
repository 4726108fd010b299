//! What can be done in a conversation now: reply, rate, close, ask again.

use bantin_wire::ipc::conversation::{ConversationClose, ConversationReopen, ConversationReply};
use bantin_wire::{Code, Command, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::super::draft::{self, Kept};
use super::super::state::{App, app, said_failure};
use super::rate::Rate;
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::field::Field;
use crate::component::icon::Icon;
use crate::component::photos::Photos;
use crate::engine::{self, once};
use crate::t;
use crate::text::{failure_text, field_text};

/// What is being written in a thread, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Form {
    text: String,
    photos: Vec<String>,
    once: String,
}

/// Something being done, and how it went.
#[derive(Clone, Copy)]
pub struct Act {
    app: App,
    /// It is being handed to the engine.
    pub busy: RwSignal<bool>,
    /// Why it was refused.
    pub failure: RwSignal<Option<Failure>>,
}

impl Act {
    fn new(app: App) -> Self {
        Self {
            app,
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Hands `command` to the engine; `done` runs when it is safe there.
    pub fn run<C: Command<Reply = ()> + 'static>(self, command: C, done: impl FnOnce() + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let outcome = engine::run(&command).await;
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(()) => {
                    done();
                    self.app.said.set(t!("question-saved"));
                    self.app.sync(false);
                    self.app.refresh();
                }
                Err(failure) => {
                    said_failure(self.app, &failure);
                    let _ = self.failure.try_set(Some(failure));
                }
            }
        });
    }
}

/// The part below a thread.
#[component]
pub fn Acts(id: String, actions: Memo<Vec<String>>) -> impl IntoView {
    let app = app();
    let form = RwSignal::new(None::<Form>);
    let key = format!("reply-{id}");
    spawn_local(async move {
        let kept = draft::kept::<Form>(&key).await.unwrap_or_default();
        let _ = form.try_set(Some(kept));
    });
    move || {
        form.get().map(|form| {
            let id = id.clone();
            view! { <Writing id=id form=form actions=actions act=Act::new(app) /> }
        })
    }
}

#[component]
fn Writing(id: String, form: Form, actions: Memo<Vec<String>>, act: Act) -> impl IntoView {
    let can = move |name: &'static str| {
        Memo::new(move |_| actions.with(|all| all.iter().any(|a| a == name)))
    };
    let (reply, rate, close, reopen) = (can("reply"), can("rate"), can("close"), can("reopen"));
    let text = RwSignal::new(form.text);
    let photos = RwSignal::new(form.photos);
    let name = RwSignal::new(if form.once.is_empty() {
        once()
    } else {
        form.once
    });
    let kept = StoredValue::new(draft::keep(format!("reply-{id}"), move || Form {
        text: text.get(),
        photos: photos.get(),
        once: name.get(),
    }));
    let id = StoredValue::new(id);
    let fault = Signal::derive(move || act.failure.with(|f| field_text(f.as_ref(), "text")));
    draft::on_change(move || text.track(), move || act.failure.set(None));
    let clear = move || {
        let _ = kept.try_with_value(Kept::clear);
        let _ = text.try_set(String::new());
        let _ = photos.try_set(Vec::new());
        // The next letter is another act.
        let _ = name.try_set(once());
    };
    let empty = move || text.with_untracked(|t| t.trim().is_empty());
    let send = move || {
        if empty() && photos.with_untracked(Vec::is_empty) {
            return act.failure.set(Some(Failure::at(Code::Empty, "text")));
        }
        let command = ConversationReply {
            id: id.get_value(),
            text: text.get_untracked(),
            photos: photos.get_untracked(),
            once: name.get_untracked(),
        };
        act.run(command, clear);
    };
    let ask_again = move || {
        if empty() {
            return act.failure.set(Some(Failure::at(Code::Empty, "text")));
        }
        let command = ConversationReopen {
            id: id.get_value(),
            text: text.get_untracked(),
            once: name.get_untracked(),
        };
        act.run(command, clear);
    };
    let end = move || {
        act.run(
            ConversationClose {
                id: id.get_value(),
                once: once(),
            },
            || {},
        )
    };
    view! {
        <section class="acts" aria-label=t!("acts")>
            <Show when=move || rate.get()>
                <Rate id=id.get_value() act=act />
            </Show>
            <Show when=move || close.get()>
                <Button icon=Icon::Check text=t!("close-talk") busy=act.busy on_press=end />
            </Show>
            <Show when=move || reply.get()>
                <Field id="reply-text" label=t!("reply-words") value=text fault=fault long=true />
                <Photos id="reply-photos" tokens=photos />
                <Button icon=Icon::Send text=t!("reply-send") weight=Weight::Main busy=act.busy on_press=send />
            </Show>
            <Show when=move || reopen.get()>
                <Show when=move || !reply.get()>
                    <Field id="reply-text" label=t!("reopen-words") value=text fault=fault long=true />
                </Show>
                <Button icon=Icon::Reopen text=t!("reopen") busy=act.busy on_press=ask_again />
            </Show>
            {move || {
                act.failure
                    .get()
                    .filter(|f| f.field.as_deref() != Some("text"))
                    .map(|f| view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&f) /> })
            }}
        </section>
    }
}

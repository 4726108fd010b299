//! What the agency says: ask for a detail, say that it works on it, answer, say that it is not its
//! business, or pass it on to another agency. The words stay in this tab until they are sent.

use bantin_model::id::PlaceId;
use bantin_model::letter::REASON_CHARS_MAX;
use bantin_wire::desk::conversation::{ThreadForward, ThreadReply};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::super::entry::Entry;
use super::super::route::Route;
use super::super::state::{Desk, desk};
use super::super::store;
use super::addressee::Addressee;
use crate::component::icon::{Glyph, Icon};
use crate::engine::once;
use crate::t;
use crate::text::failure_text;

/// Most characters of a reply.
pub const TEXT_MAX: usize = 20_000;

/// What a reply does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verb {
    /// Answer.
    Answer,
    /// Ask for a detail; the clock waits.
    Ask,
    /// Say that it is being worked on.
    Working,
    /// Say that it is not this agency's business.
    Decline,
    /// Pass it on to another agency.
    Forward,
}

impl Verb {
    /// In the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::Answer,
        Self::Ask,
        Self::Working,
        Self::Forward,
        Self::Decline,
    ];

    /// As in [`bantin_wire::desk::conversation::Thread::actions`].
    fn action(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Ask => "ask",
            Self::Working => "working",
            Self::Decline => "out-of-scope",
            Self::Forward => "forward",
        }
    }

    /// As in [`ThreadReply::verb`]; passing on is a command of its own.
    fn wire(self) -> &'static str {
        match self {
            Self::Answer => "answered",
            Self::Ask => "needs-info",
            Self::Working => "working",
            Self::Decline => "out-of-scope",
            Self::Forward => "forwarded",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Answer => Icon::Reply,
            Self::Ask => Icon::Ask,
            Self::Working => Icon::Pen,
            Self::Decline => Icon::Close,
            Self::Forward => Icon::Forward,
        }
    }

    fn name(self) -> String {
        match self {
            Self::Answer => t!("desk-verb-answer"),
            Self::Ask => t!("desk-verb-ask"),
            Self::Working => t!("desk-verb-working"),
            Self::Decline => t!("desk-verb-decline"),
            Self::Forward => t!("desk-verb-forward"),
        }
    }

    fn hint(self) -> String {
        match self {
            Self::Answer => t!("desk-verb-answer-hint"),
            Self::Ask => t!("desk-verb-ask-hint"),
            Self::Working => t!("desk-verb-working-hint"),
            Self::Decline => t!("desk-verb-decline-hint"),
            Self::Forward => t!("desk-verb-forward-hint"),
        }
    }

    fn done(self) -> String {
        match self {
            Self::Answer => t!("desk-sent-answer"),
            Self::Ask => t!("desk-sent-ask"),
            Self::Working => t!("desk-sent-working"),
            Self::Decline => t!("desk-sent-decline"),
            Self::Forward => t!("desk-sent-forward"),
        }
    }
}

/// Words not sent yet, and the name under which they were last tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Unsent {
    text: String,
    verb: Option<Verb>,
    /// The place it is to be passed on to; empty until one is chosen.
    #[serde(default)]
    to: String,
    /// What was tried and may have arrived: the very same again keeps its name.
    tried: Option<(Verb, String, String)>,
}

/// Under which name the tab keeps the words for a conversation.
fn kept_as(id: &str) -> String {
    format!("desk-reply-{id}")
}

/// The form under a thread.
#[component]
pub fn Reply(
    /// Which conversation.
    id: String,
    /// What can be done now.
    actions: Memo<Vec<String>>,
    /// What is offered here of it.
    verbs: &'static [Verb],
) -> impl IntoView {
    let key = kept_as(&id);
    let unsent = RwSignal::new(store::kept::<Unsent>(&key).unwrap_or_default());
    let form = Form {
        desk: desk(),
        unsent,
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    Effect::new(move |_| {
        unsent.with(|u| {
            if *u == Unsent::default() {
                store::forget(&key)
            } else {
                store::keep(&key, u)
            }
        })
    });
    let open = Memo::new(move |_| {
        let allowed = |verb: &Verb| actions.with(|a| a.iter().any(|a| a == verb.action()));
        verbs.iter().copied().filter(allowed).collect::<Vec<_>>()
    });
    let verb = Memo::new(move |_| {
        let chosen = unsent.with(|u| u.verb);
        open.with(|open| {
            chosen
                .filter(|v| open.contains(v))
                .or_else(|| open.first().copied())
        })
    });
    let id = StoredValue::new(id);
    move || {
        if open.with(Vec::is_empty) {
            return view! { <p class="reply-none">{t!("desk-reply-none")}</p> }.into_any();
        }
        let send = move || {
            if let Some(verb) = verb.get_untracked() {
                form.send(id.get_value(), verb);
            }
        };
        view! {
            <section class="reply" data-form aria-label=t!("desk-reply")>
                <Verbs open=open verb=verb unsent=unsent />
                {move || {
                    (verb.get() == Some(Verb::Forward))
                        .then(|| view! { <Addressee id=id.get_value() form=form /> })
                }}
                <Words verb=verb form=form />
                <div class="reply-acts">
                    <span class="reply-hint">
                        {move || verb.get().map(Verb::hint)}
                    </span>
                    <button
                        type="button"
                        class="button button-main"
                        data-send
                        aria-busy=move || form.busy.get().then_some("true")
                        aria-keyshortcuts="Control+Enter"
                        on:click=move |_| send()
                    >
                        <Glyph icon=Icon::Send />
                        <span>{move || verb.get().map(|v| if form.busy.get() { t!("desk-sending") } else { v.name() })}</span>
                    </button>
                </div>
            </section>
        }
        .into_any()
    }
}

#[derive(Clone, Copy)]
pub(super) struct Form {
    desk: Desk,
    unsent: RwSignal<Unsent>,
    /// What is wrong with what was tried last.
    pub(super) failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
}

impl Form {
    fn send(self, id: String, verb: Verb) {
        if self.busy.get_untracked() {
            return;
        }
        let text = self.unsent.with_untracked(|u| u.text.trim().to_owned());
        if text.is_empty() && verb != Verb::Working {
            self.failure.set(Some(Failure::at(Code::Empty, "text")));
            return super::super::frame::focus("[data-mark=reply]");
        }
        let to = self.unsent.with_untracked(|u| u.to.clone());
        if verb == Verb::Forward && to.is_empty() {
            self.failure.set(Some(Failure::at(Code::Empty, "to")));
            return super::super::frame::focus("#reply-to");
        }
        // The same words to another agency are another act.
        let name = match verb {
            Verb::Forward => self.name(verb, &format!("{to} {text}")),
            _ => self.name(verb, &text),
        };
        self.busy.set(true);
        spawn_local(async move {
            let kept = kept_as(&id);
            let once = name;
            let outcome = match verb {
                Verb::Forward => {
                    let unknown = |_| Failure::at(Code::NoAgencyKey, "to");
                    match PlaceId::new(to).map_err(unknown) {
                        Ok(to) => {
                            let command = ThreadForward { id, to, text, once };
                            self.desk.client.run(&command).await
                        }
                        Err(failure) => Err(failure),
                    }
                }
                _ => {
                    let verb = verb.wire().into();
                    let command = ThreadReply {
                        id,
                        verb,
                        text,
                        once,
                    };
                    self.desk.client.run(&command).await
                }
            };
            let gone = self.busy.try_set(false).is_some();
            match outcome {
                Ok(()) => {
                    // Even if another thread is open by now.
                    store::forget(&kept);
                    if !gone {
                        self.failure.set(None);
                        self.unsent.set(Unsent::default());
                    }
                    self.desk.said.set(verb.done());
                    let above = self.desk.route.with_untracked(Route::above);
                    if let (Verb::Forward, false, Some(list)) = (verb, gone, above) {
                        // It is another desk's now, which this officer may not even look into.
                        self.desk.go(&list);
                    }
                    self.desk.refresh();
                }
                Err(failure) if gone => drop(self.desk.say_failure(&failure)),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// The place it is to be passed on to.
    pub(super) fn to(self) -> Signal<String> {
        Signal::derive(move || self.unsent.with(|u| u.to.clone()))
    }

    /// Chooses it.
    pub(super) fn set_to(self, to: String) {
        self.failure.set(None);
        self.unsent.update(|u| u.to = to);
    }

    /// The same words tried again are the same act; other words are another.
    fn name(self, verb: Verb, text: &str) -> String {
        let before = self.unsent.with_untracked(|u| u.tried.clone());
        if let Some((_, _, name)) = before.filter(|(v, t, _)| *v == verb && t == text) {
            return name;
        }
        let name = once();
        self.unsent
            .update(|u| u.tried = Some((verb, text.to_owned(), name.clone())));
        name
    }
}

#[component]
fn Verbs(
    open: Memo<Vec<Verb>>,
    verb: Memo<Option<Verb>>,
    unsent: RwSignal<Unsent>,
) -> impl IntoView {
    let one = move |of: Verb| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="reply-verb"
                    class="unseen"
                    prop:checked=move || verb.get() == Some(of)
                    on:change=move |_| unsent.update(|u| u.verb = Some(of))
                />
                <Glyph icon=of.icon() />
                <span>{of.name()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segments">
            <legend class="unseen">{t!("desk-reply-what")}</legend>
            {move || open.get().into_iter().map(one).collect_view()}
        </fieldset>
    }
}

#[component]
fn Words(verb: Memo<Option<Verb>>, form: Form) -> impl IntoView {
    let unsent = form.unsent;
    let fault = Signal::derive(move || {
        form.failure.with(|f| {
            f.as_ref()
                .filter(|f| f.field.as_deref() != Some("to"))
                .map(|f| {
                    if f.code == Code::Empty {
                        t!("desk-reply-empty")
                    } else {
                        failure_text(f)
                    }
                })
        })
    });
    let optional = Memo::new(move |_| verb.get() == Some(Verb::Working));
    // Only where words may be missing the label says so; the field itself stays.
    move || {
        view! {
            <Entry
                id="reply-text"
                label=if verb.get() == Some(Verb::Forward) { t!("desk-forward-why") } else { t!("desk-reply-text") }
                value=Signal::derive(move || unsent.with(|u| u.text.clone()))
                on_input=move |text| {
                    form.failure.set(None);
                    unsent.update(|u| u.text = text);
                }
                fault=fault
                limit=if verb.get() == Some(Verb::Forward) { REASON_CHARS_MAX } else { TEXT_MAX }
                rows=5
                mark="reply"
                optional=optional.get()
            />
        }
    }
}

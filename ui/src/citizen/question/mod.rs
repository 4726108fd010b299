//! Asking: what about → say it → look and send. One question a screen; nothing typed is ever lost.

use bantin_model::id::RecordId;
use bantin_wire::Failure;
use bantin_wire::ipc::conversation::{ConversationAsk, Question as Asked};
use bantin_wire::ipc::notice::NoticeRead;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::draft::{self, Kept};
use super::route::Route;
use super::state::{App, app, said_failure};
use super::window::{arrive, show_fault};
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::choice::{Answer, Choices};
use crate::component::field::Field;
use crate::component::icon::Icon;
use crate::component::photos::Photos;
use crate::component::picture::Picture;
use crate::component::skeleton::Skeleton;
use crate::component::topic::Topic;
use crate::engine::{self, PictureSource, once};
use crate::t;
use crate::text::{failure_text, field_text};

/// Longest question, in characters; the letter format's limit.
const TEXT_CHARS_MAX: usize = 20_000;

/// The form as it is kept between two visits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Form {
    step: u8,
    topic: String,
    text: String,
    photos: Vec<String>,
    written_for: String,
    contact: String,
    /// Names the act of sending, kept with the form: a retry after a crash asks once.
    once: String,
}

#[derive(Clone, Copy)]
struct Fields {
    step: RwSignal<u8>,
    topic: RwSignal<String>,
    text: RwSignal<String>,
    photos: RwSignal<Vec<String>>,
    written_for: RwSignal<String>,
    contact: RwSignal<String>,
    once: StoredValue<String>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    about: StoredValue<Option<RecordId>>,
}

impl Fields {
    fn new(form: Form, about: Option<RecordId>) -> Self {
        let act = if form.once.is_empty() {
            once()
        } else {
            form.once
        };
        Self {
            step: RwSignal::new(form.step),
            topic: RwSignal::new(form.topic),
            text: RwSignal::new(form.text),
            photos: RwSignal::new(form.photos),
            written_for: RwSignal::new(form.written_for),
            contact: RwSignal::new(form.contact),
            once: StoredValue::new(act),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            about: StoredValue::new(about),
        }
    }

    fn form(self) -> Form {
        Form {
            step: self.step.get(),
            topic: self.topic.get(),
            text: self.text.get(),
            photos: self.photos.get(),
            written_for: self.written_for.get(),
            contact: self.contact.get(),
            once: self.once.get_value(),
        }
    }
}

/// One draft for each notice asked about, and one for a question about nothing in particular.
fn draft_key(about: Option<RecordId>) -> String {
    about.map_or_else(|| "ask".into(), |id| format!("ask-{id}"))
}

/// The form, once what was kept of it is read.
#[component]
pub fn Question() -> impl IntoView {
    let app = app();
    let about = Memo::new(move |_| match app.route.get() {
        Route::Question { about } => about,
        _ => None,
    });
    let form = RwSignal::new(None::<Form>);
    Effect::new(move |_| {
        let key = draft_key(about.get());
        form.set(None);
        spawn_local(async move {
            let kept = draft::kept::<Form>(&key).await.unwrap_or_default();
            let _ = form.try_set(Some(kept));
        });
    });
    move || match form.get() {
        None => view! { <Skeleton rows=4 /> }.into_any(),
        Some(form) => view! { <Steps form=form about=about.get_untracked() /> }.into_any(),
    }
}

#[component]
fn Steps(form: Form, about: Option<RecordId>) -> impl IntoView {
    let fields = Fields::new(form, about);
    let kept = StoredValue::new(draft::keep(draft_key(about), move || fields.form()));
    if about.is_some() && fields.step.get_untracked() == 0 {
        adopt_topic(fields, about);
    }
    Effect::new(move |before: Option<()>| {
        fields.step.track();
        if before.is_some() {
            set_timeout(arrive, std::time::Duration::ZERO);
        }
    });
    view! {
        <div class="wizard">
            <progress class="wizard-progress" max="3" value=move || fields.step.get() + 1 aria-label=t!("step-of")></progress>
            {move || match fields.step.get() {
                0 => view! { <WhatAbout fields=fields /> }.into_any(),
                1 => view! { <SayIt fields=fields /> }.into_any(),
                _ => view! { <LookAndSend fields=fields kept=kept /> }.into_any(),
            }}
        </div>
    }
}

/// A question about a notice has the notice's topic: that step is answered already.
fn adopt_topic(fields: Fields, about: Option<RecordId>) {
    let Some(id) = about else { return };
    spawn_local(async move {
        if let Ok(page) = engine::run(&NoticeRead { id, lang: None }).await
            && fields.topic.try_with_untracked(String::is_empty) == Some(true)
        {
            fields.topic.set(page.card.topic);
            fields.step.set(1);
        }
    });
}

#[component]
fn WhatAbout(fields: Fields) -> impl IntoView {
    let answers = Topic::ALL
        .map(|topic| Answer {
            class: topic.class(),
            picture: topic.picture(),
            ..Answer::new(topic.code(), topic.name(), topic.icon())
        })
        .into_iter()
        .collect();
    view! {
        <section class="wizard-step" data-arrive tabindex="-1" aria-labelledby="q-about">
            <h2 id="q-about">{t!("question-about")}</h2>
            <Choices
                name="topic"
                label=t!("question-about")
                answers=answers
                tiles=true
                chosen=fields.topic
                on_choose=move |topic| fields.topic.set(topic)
            />
            <Callout tone=Tone::Calm icon=Icon::Warning text=t!("question-denunciation") />
            <Show when=move || fields.topic.with(|t| !t.is_empty())>
                <div class="wizard-acts">
                    <Button
                        icon=Icon::Forward
                        text=t!("next")
                        weight=Weight::Main
                        on_press=move || fields.step.set(1)
                    />
                </div>
            </Show>
        </section>
    }
}

#[component]
fn SayIt(fields: Fields) -> impl IntoView {
    let fault = RwSignal::new(None::<String>);
    let shown = Signal::derive(move || {
        fault
            .get()
            .or_else(|| fields.failure.with(|f| field_text(f.as_ref(), "text")))
    });
    draft::on_change(move || fields.text.track(), move || fault.set(None));
    let next = move || {
        let length = fields.text.with_untracked(|t| t.trim().chars().count());
        let wrong = match length {
            0 => Some(t!("question-empty")),
            n if n > TEXT_CHARS_MAX => Some(t!("field-too-long", most = TEXT_CHARS_MAX as u64)),
            _ => None,
        };
        let fine = wrong.is_none();
        fault.set(wrong);
        if !fine {
            show_fault();
        }
        if fine {
            fields.failure.set(None);
            fields.step.set(2);
        }
    };
    view! {
        <section class="wizard-step" data-arrive tabindex="-1" aria-labelledby="q-say">
            <h2 id="q-say">{t!("question-say")}</h2>
            <Field
                id="question-text"
                label=t!("question-words")
                hint=t!("question-words-hint")
                value=fields.text
                fault=shown
                long=true
            />
            <Photos id="question-photos" tokens=fields.photos />
            <details class="more">
                <summary>{t!("question-more")}</summary>
                <Field
                    id="question-for"
                    label=t!("question-for")
                    hint=t!("question-for-hint")
                    value=fields.written_for
                    optional=true
                />
                <Field
                    id="question-contact"
                    label=t!("question-contact")
                    hint=t!("question-contact-hint")
                    value=fields.contact
                    optional=true
                />
            </details>
            <div class="wizard-acts">
                <Button icon=Icon::Back text=t!("back") on_press=move || fields.step.set(0) />
                <Button icon=Icon::Forward text=t!("next") weight=Weight::Main on_press=next />
            </div>
        </section>
    }
}

/// What was written in a field that may stay empty.
fn said(name: String, words: RwSignal<String>) -> Option<impl IntoView> {
    let words = words.get_untracked();
    let words = words.trim();
    (!words.is_empty()).then(|| view! { <dt>{name}</dt> <dd dir="auto">{words.to_owned()}</dd> })
}

#[component]
fn LookAndSend(fields: Fields, kept: StoredValue<Kept>) -> impl IntoView {
    let app = app();
    let photos = fields
        .photos
        .get_untracked()
        .into_iter()
        .map(|token| {
            let source = PictureSource::Photo(token);
            view! { <Picture source=source alt=t!("photo-own") class="picture-square" /> }
        })
        .collect_view();
    let agency = app
        .status
        .with_untracked(|s| s.place.as_ref().and_then(|p| p.agency.clone()))
        .unwrap_or_else(|| t!("agency"));
    let topic = Topic::parse(&fields.topic.get_untracked()).unwrap_or(Topic::Policy);
    view! {
        <section class="wizard-step" data-arrive tabindex="-1" aria-labelledby="q-look">
            <h2 id="q-look">{t!("question-look")}</h2>
            <dl class="facts">
                <dt>{t!("question-to")}</dt>
                <dd dir="auto">{agency}</dd>
                <dt>{t!("question-topic")}</dt>
                <dd>{topic.name()}</dd>
                {said(t!("question-for"), fields.written_for)}
                {said(t!("question-contact"), fields.contact)}
            </dl>
            <blockquote class="letter" dir="auto">{fields.text.get_untracked()}</blockquote>
            <div class="letter-photos">{photos}</div>
            <Callout tone=Tone::Calm icon=Icon::Lock text=t!("question-sealed") />
            {move || {
                fields
                    .failure
                    .get()
                    .map(|f| view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&f) /> })
            }}
            <div class="wizard-acts">
                <Button icon=Icon::Pen text=t!("question-change") on_press=move || fields.step.set(1) />
                <Button
                    icon=Icon::Send
                    text=t!("send")
                    weight=Weight::Main
                    busy=fields.busy
                    on_press=move || send(app, fields, kept)
                />
            </div>
        </section>
    }
}

fn send(app: App, fields: Fields, kept: StoredValue<Kept>) {
    fields.busy.set(true);
    fields.failure.set(None);
    let about = fields.about.get_value();
    let some = |text: String| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let question = Asked {
        topic: fields.topic.get_untracked(),
        text: fields.text.get_untracked(),
        about,
        photos: fields.photos.get_untracked(),
        written_for: some(fields.written_for.get_untracked()),
        contact: some(fields.contact.get_untracked()),
    };
    let once = fields.once.get_value();
    spawn_local(async move {
        let asked = engine::run(&ConversationAsk { question, once }).await;
        fields.busy.set(false);
        match asked {
            Ok(id) => {
                let _ = kept.try_with_value(Kept::finish);
                app.sent(id);
            }
            Err(failure) => {
                said_failure(app, &failure);
                if failure.field.as_deref() == Some("text") {
                    fields.step.set(1);
                }
                fields.failure.set(Some(failure));
            }
        }
    });
}

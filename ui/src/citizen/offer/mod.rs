//! Listing a product: one question a screen, photos first, never loses a draft. A household submits, an
//! officer checks; nothing is published from here.

mod form;
mod look;

use leptos::prelude::*;

use super::draft::{self, Kept};
use super::product::MonthPicker;
use super::state::app;
use super::window::arrive;
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::choice::{Answer, Choices};
use crate::component::field::Field;
use crate::component::icon::Icon;
use crate::component::photos::Photos;
use crate::component::skeleton::Skeleton;
use crate::component::topic::{GROUPS, group_icon, group_name};
use crate::t;
use form::{Fields, Form, Step};

/// Names the kept form.
const DRAFT: &str = "product";

/// The wizard, once what was kept of it is read.
#[component]
pub fn Offer() -> impl IntoView {
    let form = RwSignal::new(None::<Form>);
    leptos::task::spawn_local(async move {
        let kept = draft::kept::<Form>(DRAFT).await.unwrap_or_default();
        let _ = form.try_set(Some(kept));
    });
    move || match form.get() {
        None => view! { <Skeleton rows=4 /> }.into_any(),
        Some(form) => view! { <Wizard form=form /> }.into_any(),
    }
}

#[component]
fn Wizard(form: Form) -> impl IntoView {
    let app = app();
    let fields = Fields::new(form, app);
    let kept = StoredValue::new(draft::keep(DRAFT.into(), move || fields.form()));
    draft::on_change(
        move || drop(fields.product()),
        move || fields.failure.set(None),
    );
    let step = Memo::new(move |_| fields.step.get());
    Effect::new(move |before: Option<()>| {
        step.track();
        if before.is_some() {
            set_timeout(arrive, std::time::Duration::ZERO);
        }
    });
    view! {
        <div class="wizard">
            <progress
                class="wizard-progress"
                max=Step::ALL.len()
                value=move || Step::ALL.iter().position(|s| *s == step.get()).map_or(1, |at| at + 1)
                aria-label=t!("step-of")
            ></progress>
            {move || {
                let step = step.get();
                view! {
                    <section class="wizard-step" data-arrive tabindex="-1" aria-labelledby="offer-question">
                        <h2 id="offer-question">{step.question()}</h2>
                        {question(step, fields)}
                        <Steering fields=fields step=step kept=kept />
                    </section>
                }
            }}
        </div>
    }
}

fn question(step: Step, fields: Fields) -> AnyView {
    match step {
        Step::Photos => view! {
            <p class="wizard-hint">{t!("offer-photos-hint")}</p>
            <Photos id="offer-photos" tokens=fields.photos />
            <Fault fields=fields />
        }
        .into_any(),
        Step::Name => view! {
            <Field id="offer-name" label=t!("offer-name") hint=t!("offer-name-hint") value=fields.name fault=fields.fault() />
        }
        .into_any(),
        Step::Group => {
            let answers = GROUPS
                .into_iter()
                .map(|code| Answer::new(code, group_name(code), group_icon(code)))
                .collect();
            view! {
                <Choices
                    name="group"
                    label=t!("offer-group")
                    answers=answers
                    tiles=true
                    chosen=fields.group
                    on_choose=move |group| fields.group.set(group)
                />
                <Fault fields=fields />
            }
            .into_any()
        }
        Step::Story => view! {
            <Field
                id="offer-story"
                label=t!("offer-story")
                hint=t!("offer-story-hint")
                value=fields.story
                fault=fields.fault()
                long=true
            />
        }
        .into_any(),
        Step::Season => view! {
            <p class="wizard-hint">{t!("offer-season-hint")}</p>
            <MonthPicker season=fields.season />
        }
        .into_any(),
        Step::Price => view! {
            <Field id="offer-price" label=t!("offer-price") hint=t!("offer-price-hint") value=fields.price fault=fields.fault() optional=true />
        }
        .into_any(),
        Step::Who => view! {
            <Field id="offer-maker" label=t!("offer-maker") hint=t!("offer-maker-hint") value=fields.maker fault=fields.fault_at("maker") />
            <Field id="offer-village" label=t!("offer-village") value=fields.village fault=fields.fault_at("village") />
            <Field
                id="offer-buy"
                label=t!("offer-buy")
                hint=t!("offer-buy-hint")
                value=fields.how_to_buy
                fault=fields.fault_at("how_to_buy")
                long=true
            />
        }
        .into_any(),
        Step::Certificate => certificate(fields),
        Step::Look => view! { <look::Look fields=fields /> }.into_any(),
    }
}

fn certificate(fields: Fields) -> AnyView {
    let grade = |value: &str, words: String| Answer::new(value, words, Icon::StarOn);
    let answers = vec![
        Answer::new("", t!("offer-stars-none"), Icon::Star),
        grade("3", t!("stars", count = 3)),
        grade("4", t!("stars", count = 4)),
        grade("5", t!("stars", count = 5)),
    ];
    view! {
        <Choices
            name="stars"
            label=t!("offer-stars")
            answers=answers
            chosen=fields.stars
            on_choose=move |stars| fields.stars.set(stars)
        />
        <Show when=move || fields.stars.with(|s| !s.is_empty())>
            <Field
                id="offer-certificate"
                label=t!("offer-certificate")
                hint=t!("offer-certificate-hint")
                value=fields.certificate_number
                fault=fields.fault()
            />
        </Show>
    }
    .into_any()
}

/// What is wrong with a question that has no text field.
#[component]
fn Fault(fields: Fields) -> impl IntoView {
    let fault = fields.fault();
    move || {
        fault
            .get()
            .map(|text| view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=text /> })
    }
}

/// Back, and on; at the end: send.
#[component]
fn Steering(fields: Fields, step: Step, kept: StoredValue<Kept>) -> impl IntoView {
    let back = step.before().map(|to| {
        view! { <Button icon=Icon::Back text=t!("back") on_press=move || fields.step.set(to) /> }
    });
    let on = match step.after() {
        Some(to) => {
            let next = move || {
                if fields.check(step) {
                    fields.step.set(to);
                }
            };
            view! { <Button icon=Icon::Forward text=t!("next") weight=Weight::Main on_press=next /> }
                .into_any()
        }
        None => view! {
            <Button
                icon=Icon::Send
                text=t!("offer-send")
                weight=Weight::Main
                busy=fields.busy
                on_press=move || look::send(fields, kept)
            />
        }
        .into_any(),
    };
    view! {
        <div class="wizard-acts">
            {back}
            {on}
        </div>
    }
}

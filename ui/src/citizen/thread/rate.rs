//! How good was the answer: one to five, with words if one likes.

use bantin_wire::ipc::conversation::ConversationRate;
use leptos::prelude::*;

use super::act::Act;
use crate::component::button::{Button, Weight};
use crate::component::choice::{Answer, Choices};
use crate::component::field::Field;
use crate::component::icon::Icon;
use crate::engine::once;
use crate::t;

/// The question after an answer.
#[component]
pub fn Rate(id: String, act: Act) -> impl IntoView {
    let rating = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let name = StoredValue::new(once());
    let id = StoredValue::new(id);
    let grade = |value: &str, words: String| Answer::new(value, words, Icon::StarOn);
    let answers = vec![
        grade("5", t!("rate-5")),
        grade("4", t!("rate-4")),
        grade("3", t!("rate-3")),
        grade("2", t!("rate-2")),
        grade("1", t!("rate-1")),
    ];
    let send = move || {
        let Ok(rating) = rating.get_untracked().parse() else {
            return;
        };
        let command = ConversationRate {
            id: id.get_value(),
            rating,
            text: text.get_untracked(),
            once: name.get_value(),
        };
        act.run(command, || {});
    };
    view! {
        <section class="rate" aria-labelledby="rate-title">
            <h3 id="rate-title">{t!("rate")}</h3>
            <Choices name="rate" label=t!("rate") answers=answers chosen=rating on_choose=move |r| rating.set(r) />
            <Show when=move || rating.with(|r| !r.is_empty())>
                <Field id="rate-text" label=t!("rate-words") value=text long=true optional=true />
                <Button icon=Icon::Send text=t!("rate-send") weight=Weight::Main busy=act.busy on_press=send />
            </Show>
        </section>
    }
}

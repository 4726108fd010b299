//! One question with a few answers, as large tiles: real radio buttons, so that arrows, screen readers
//! and switches work as everywhere.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it means to the program.
    pub value: String,
    /// Its words.
    pub text: String,
    /// Its language, if not that of the screen.
    pub lang: Option<String>,
    /// A second, smaller line; may be empty.
    pub note: String,
    /// Its drawing.
    pub icon: Option<Icon>,
    /// The class of a picture instead of the icon; may be empty.
    pub picture: String,
    /// A class of its own, such as a topic's colour.
    pub class: &'static str,
}

impl Answer {
    /// An answer of words and an icon.
    pub fn new(value: impl Into<String>, text: impl Into<String>, icon: Icon) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
            lang: None,
            note: String::new(),
            icon: Some(icon),
            picture: String::new(),
            class: "",
        }
    }
}

/// The answers to one question.
#[component]
pub fn Choices(
    /// Names the group in the page.
    name: &'static str,
    /// The question, spoken; shown only if the heading above does not say it.
    #[prop(into)]
    label: String,
    /// The answers.
    answers: Vec<Answer>,
    /// The chosen one.
    #[prop(into)]
    chosen: Signal<String>,
    /// Two columns of tiles instead of one of rows.
    #[prop(optional)]
    tiles: bool,
    /// Called with the value of what was chosen.
    on_choose: impl Fn(String) + Clone + 'static,
) -> impl IntoView {
    let rows = answers
        .into_iter()
        .map(|answer| {
            let on_choose = on_choose.clone();
            let (value, picked) = (answer.value.clone(), answer.value.clone());
            let lead = match answer.picture.is_empty() {
                true => answer
                    .icon
                    .map(|icon| view! { <Glyph icon=icon /> })
                    .into_any(),
                false => view! { <span class=format!("choice-picture {}", answer.picture)></span> }
                    .into_any(),
            };
            view! {
                <label class=format!("choice {}", answer.class)>
                    <input
                        type="radio"
                        class="choice-input"
                        name=name
                        value=answer.value
                        prop:checked=move || chosen.with(|c| *c == value)
                        on:change=move |_| on_choose(picked.clone())
                    />
                    {lead}
                    <span class="choice-text">
                        <span lang=answer.lang>{answer.text}</span>
                        {(!answer.note.is_empty()).then(|| view! { <small>{answer.note}</small> })}
                    </span>
                    <span class="choice-mark">
                        <Glyph icon=Icon::Check />
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=if tiles { "choices choices-tiles" } else { "choices" }>
            <legend class="unseen">{label}</legend>
            {rows}
        </fieldset>
    }
}

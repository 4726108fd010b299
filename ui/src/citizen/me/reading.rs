//! Text size with a live sample, theme, language.

use leptos::prelude::*;

use super::Panel;
use crate::citizen::start::language_answers;
use crate::citizen::state::App;
use crate::component::callout::{Callout, Tone};
use crate::component::choice::{Answer, Choices};
use crate::component::field::target;
use crate::component::icon::Icon;
use crate::t;
use crate::text::language::{has_interface, language_name};

/// Smallest and largest text and the step between sizes, in per cent.
const SIZES: (u16, u16, u16) = (100, 200, 25);

/// Text size: the whole screen is the sample, and one sentence says so.
#[component]
pub fn TextSize(app: App) -> impl IntoView {
    let percent = move || app.settings.with(|s| s.text_percent);
    let (least, most, step) = SIZES;
    view! {
        <Panel icon=Icon::Text id="me-size" title=t!("me-size")>
            <p class="me-sample">{t!("me-size-sample")}</p>
            <div class="me-range">
                <span class="me-range-small" aria-hidden="true">"A"</span>
                <input
                    type="range"
                    aria-labelledby="me-size"
                    aria-valuetext=move || t!("per-cent", number = i64::from(percent()))
                    min=least
                    max=most
                    step=step
                    prop:value=move || percent().to_string()
                    on:input=move |event| {
                        let chosen = target::<web_sys::HtmlInputElement>(&event)
                            .and_then(|input| input.value().parse().ok());
                        if let Some(percent) = chosen {
                            app.set_settings(|s| s.text_percent = percent);
                        }
                    }
                />
                <span class="me-range-large" aria-hidden="true">"A"</span>
            </div>
        </Panel>
    }
}

/// Light, dark, or as the phone.
#[component]
pub fn Theme(app: App) -> impl IntoView {
    let answers = vec![
        Answer::new("auto", t!("theme-auto"), Icon::Theme),
        Answer::new("light", t!("theme-light"), Icon::Sun),
        Answer::new("dark", t!("theme-dark"), Icon::Moon),
    ];
    let chosen = Signal::derive(move || app.settings.with(|s| s.theme.clone()));
    view! {
        <Panel icon=Icon::Theme id="me-theme" title=t!("me-theme")>
            <Choices
                name="theme"
                label=t!("me-theme")
                answers=answers
                chosen=chosen
                on_choose=move |theme| app.set_settings(|s| s.theme = theme)
            />
        </Panel>
    }
}

/// Language of the interface and of the texts.
#[component]
pub fn Language(app: App) -> impl IntoView {
    let chosen = Signal::derive(move || app.settings.with(|s| s.language.clone()));
    let stands_in = move || {
        chosen.with(|tag| !has_interface(tag)).then(|| {
            let text = t!(
                "language-stands-in",
                language = language_name(&chosen.get())
            );
            view! { <Callout tone=Tone::Mind icon=Icon::Language text=text /> }
        })
    };
    view! {
        <Panel icon=Icon::Language id="me-language" title=t!("me-language")>
            {stands_in}
            <details class="more">
                <summary>{move || t!("me-language-now", language = language_name(&chosen.get()))}</summary>
                <Choices
                    name="me-language"
                    label=t!("me-language")
                    answers=language_answers()
                    chosen=chosen
                    on_choose=move |tag| app.set_settings(|s| s.language = tag)
                />
            </details>
        </Panel>
    }
}

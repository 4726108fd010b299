//! Fields as an officer needs them: dense, with a counter where there is a limit, and what is wrong right
//! at the field. The value lives with the caller; what was typed stays.

mod choice;
mod day;

use leptos::prelude::*;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use crate::component::field::target;
use crate::component::icon::{Glyph, Icon};
use crate::t;

pub use crate::component::file::FilePick;
pub use choice::{Pick, Switch};
pub use day::{DayEntry, day_of, seconds_of};

/// Shows how much room is left from here on.
const COUNT_FROM_PERCENT: usize = 70;

/// A line or an area of text.
#[component]
pub fn Entry(
    /// Names the field in the page; unique on a screen.
    #[prop(into)]
    id: String,
    /// What to write.
    #[prop(into)]
    label: String,
    /// An example or a reason; may be empty.
    #[prop(optional, into)]
    hint: String,
    /// What is written.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change.
    on_input: impl Fn(String) + Clone + 'static,
    /// What is wrong with it.
    #[prop(optional, into)]
    fault: Signal<Option<String>>,
    /// Most characters; 0 = no counter.
    #[prop(optional)]
    limit: usize,
    /// Lines of an area; 0 = one line.
    #[prop(optional)]
    rows: u32,
    /// `text`, `password`, `date`, `url`, …
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Language of what is written, for spelling and reading aloud.
    #[prop(optional, into)]
    lang: Option<String>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// `data-…` mark that keys look for: `reply`, `search`, `first`.
    #[prop(optional)]
    mark: &'static str,
) -> impl IntoView {
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let described = {
        let (hint, fault_id) = (hint_id.clone(), fault_id.clone());
        move || {
            if fault.with(Option::is_some) {
                format!("{fault_id} {hint}")
            } else {
                hint.clone()
            }
        }
    };
    let invalid = move || fault.with(Option::is_some).then_some("true");
    let typed = on_input.clone();
    let control = if rows > 0 {
        view! {
            <textarea
                id=id.clone() class="entry entry-long" rows=rows lang=lang dir="auto" data-mark=mark
                prop:value=move || value.get()
                aria-describedby=described aria-invalid=invalid
                on:input=move |event| {
                    if let Some(area) = target::<HtmlTextAreaElement>(&event) { on_input(area.value()) }
                }
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                id=id.clone() class="entry" type=kind autocomplete=autocomplete lang=lang dir="auto" data-mark=mark
                prop:value=move || value.get()
                aria-describedby=described aria-invalid=invalid
                on:input=move |event| {
                    if let Some(input) = target::<HtmlInputElement>(&event) { typed(input.value()) }
                }
            />
        }
        .into_any()
    };
    view! {
        <div class="field" class:field-wrong=move || fault.with(Option::is_some)>
            <div class="field-head">
                <label class="field-label" for=id>
                    {label} {optional.then(|| view! { <small>{t!("desk-optional")}</small> })}
                </label>
                <Counter value=value limit=limit />
            </div>
            {control}
            <Fault id=fault_id fault=fault />
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// What is wrong, spoken at once.
#[component]
pub fn Fault(
    /// Names it in the page.
    id: String,
    /// What is wrong; none = nothing.
    fault: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <p class="field-fault" id=id role="alert">
            {move || fault.get().map(|text| view! { <Glyph icon=Icon::Warning /> <span>{text}</span> })}
        </p>
    }
}

/// Characters written of those allowed, once it begins to matter.
#[component]
fn Counter(value: Signal<String>, limit: usize) -> impl IntoView {
    let count = Memo::new(move |_| {
        if limit == 0 {
            0
        } else {
            value.with(|v| v.chars().count())
        }
    });
    move || {
        let written = count.get();
        let over = written > limit;
        (limit > 0 && written * 100 >= limit * COUNT_FROM_PERCENT).then(|| {
            view! {
                <span class="field-count" class:field-count-over=over>
                    {t!("desk-count", written = written as u64, limit = limit as u64)}
                </span>
            }
        })
    }
}

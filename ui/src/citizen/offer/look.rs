//! Everything together, as it will be sent.

use bantin_wire::ipc::product::ProductSubmit;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::{Fields, Step};
use crate::citizen::draft::Kept;
use crate::citizen::state::said_failure;
use crate::component::callout::{Callout, Tone};
use crate::component::icon::Icon;
use crate::component::picture::Picture;
use crate::component::topic::group_name;
use crate::engine::{self, PictureSource};
use crate::t;
use crate::text::{failure_text, month_short};

/// The last question: is this right?
#[component]
pub fn Look(fields: Fields) -> impl IntoView {
    let form = untrack(|| fields.product());
    let photos = form
        .photos
        .iter()
        .map(|token| {
            let source = PictureSource::Photo(token.clone());
            view! { <Picture source=source alt=t!("photo-own") class="picture-square" /> }
        })
        .collect_view();
    let season = match form.season.as_slice() {
        [] => t!("season-all"),
        months => months
            .iter()
            .map(|m| month_short(*m))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let stars = match form.stars {
        Some(count) => format!(
            "{} · {}",
            t!("stars", count = i64::from(count)),
            form.certificate_number
        ),
        None => t!("offer-stars-none"),
    };
    let rows = [
        (t!("offer-name"), form.name, Step::Name),
        (t!("offer-group"), group_name(&form.group), Step::Group),
        (t!("offer-story"), form.story, Step::Story),
        (t!("season"), season, Step::Season),
        (t!("offer-price"), form.price, Step::Price),
        (t!("offer-maker"), form.maker, Step::Who),
        (t!("offer-village"), form.village, Step::Who),
        (t!("offer-buy"), form.how_to_buy, Step::Who),
        (t!("offer-stars"), stars, Step::Certificate),
    ];
    let rows = rows
        .into_iter()
        .map(|(name, value, step)| {
            let label = t!("offer-change", what = name.clone());
            view! {
                <div class="look-row">
                    <dt>{name}</dt>
                    <dd dir="auto">{if value.trim().is_empty() { t!("not-said") } else { value }}</dd>
                    <dd class="look-change">
                        <button type="button" class="link" aria-label=label on:click=move |_| fields.step.set(step)>
                            {t!("change")}
                        </button>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="letter-photos">{photos}</div>
        <dl class="look">{rows}</dl>
        <Callout tone=Tone::Calm icon=Icon::Desk text=t!("offer-checked") />
        {move || {
            fields
                .failure
                .get()
                .map(|f| view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&f) /> })
        }}
    }
}

/// Sends it; what is missing or refused leads back to its question.
pub fn send(fields: Fields, kept: StoredValue<Kept>) {
    // A form kept by an older app may lack an answer that is needed now.
    if let Some(missing) = Step::ALL.into_iter().find(|step| !fields.check(*step)) {
        fields.step.set(missing);
        return;
    }
    fields.busy.set(true);
    let command = ProductSubmit {
        form: untrack(|| fields.product()),
        once: fields.once.get_value(),
    };
    let app = fields.app;
    spawn_local(async move {
        let sent = engine::run(&command).await;
        fields.busy.set(false);
        match sent {
            Ok(id) => {
                let _ = kept.try_with_value(Kept::finish);
                app.sent(id);
            }
            Err(failure) => {
                said_failure(app, &failure);
                if let Some(field) = &failure.field {
                    fields.step.set(Step::of_field(field));
                }
                fields.failure.set(Some(failure));
            }
        }
    });
}

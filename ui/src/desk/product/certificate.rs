//! The certificate, copied from the paper the officer has seen; only then do stars appear.

use leptos::prelude::*;

use super::sheet::{Paper, Sheet, last_day};
use crate::component::callout::{Callout, Tone};
use crate::component::icon::Icon;
use crate::desk::entry::{DayEntry, Entry, Pick, Switch};
use crate::t;

/// Most characters of a number or issuer.
const FIELD_MAX: usize = 200;

/// The fields; shown once the officer says the paper was seen.
#[component]
pub fn Certificate(
    /// The check.
    sheet: Sheet,
) -> impl IntoView {
    let seen = sheet.part(|c| c.paper.seen);
    let claimed = sheet.part(|c| c.product.stars);
    let edit = move |change: &dyn Fn(&mut Paper)| sheet.checked.update(|c| change(&mut c.paper));
    view! {
        <fieldset class="field certificate">
            <legend class="field-label">{t!("desk-certificate")}</legend>
            {move || {
                claimed
                    .get()
                    .map(|stars| {
                        let text = t!("desk-certificate-claimed", stars = i64::from(stars));
                        view! { <Callout tone=Tone::Calm icon=Icon::Certificate text=text /> }
                    })
            }}
            <Switch
                label=t!("desk-certificate-seen")
                hint=t!("desk-certificate-seen-hint")
                on=seen
                on_turn=move |on| edit(&|paper| paper.seen = on)
            />
            <Show when=move || seen.get()>
                <PaperFields sheet=sheet />
            </Show>
        </fieldset>
    }
}

#[component]
fn PaperFields(sheet: Sheet) -> impl IntoView {
    let edit = move |change: &dyn Fn(&mut Paper)| sheet.checked.update(|c| change(&mut c.paper));
    let stars = (1..=5u8)
        .map(|n| (n.to_string(), t!("desk-stars", count = i64::from(n))))
        .collect::<Vec<_>>();
    view! {
        <div class="grid">
            <Entry
                id="cert-number" label=t!("desk-certificate-number") limit=FIELD_MAX
                value=sheet.part(|c| c.paper.number.clone()) fault=sheet.fault("certificate.number")
                on_input=move |text: String| edit(&|paper| paper.number = text.clone())
            />
            <Pick
                id="cert-stars" label=t!("desk-certificate-stars") options=stars
                value=sheet.part(|c| c.paper.stars.to_string()) fault=sheet.fault("certificate.stars")
                on_pick=move |text: String| edit(&|paper| paper.stars = text.parse().unwrap_or(paper.stars))
            />
            <Entry
                id="cert-by" label=t!("desk-certificate-by") limit=FIELD_MAX
                value=sheet.part(|c| c.paper.issued_by.clone()) fault=sheet.fault("certificate.issued_by")
                on_input=move |text: String| edit(&|paper| paper.issued_by = text.clone())
            />
            <DayEntry
                id="cert-issued" label=t!("desk-certificate-issued")
                value=sheet.part(|c| c.paper.issued.clone()) fault=sheet.fault("certificate.issued")
                on_input=move |day: String| {
                    edit(&|paper| {
                        paper.issued = day.clone();
                        // Proposed, not decided: the paper has the last word.
                        if paper.last.is_empty() {
                            paper.last = last_day(&day).unwrap_or_default();
                        }
                    });
                }
            />
            <DayEntry
                id="cert-last" label=t!("desk-certificate-last") hint=t!("desk-certificate-last-hint")
                value=sheet.part(|c| c.paper.last.clone()) fault=sheet.fault("certificate.expires")
                on_input=move |day: String| edit(&|paper| paper.last = day.clone())
            />
        </div>
    }
}

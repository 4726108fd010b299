//! For which place, about what, how urgent, from when to when.

use bantin_wire::desk::publication::NoticeForm;
use leptos::prelude::*;

use super::super::sheet::Sheet;
use crate::component::topic::Topic;
use crate::desk::entry::{DayEntry, Pick, Switch, day_of, seconds_of};
use crate::t;

/// The fields.
#[component]
pub fn About(
    /// The sheet.
    sheet: Sheet,
) -> impl IntoView {
    let kind = sheet.part(|form| form.kind.clone());
    let urgent = sheet.part(|form| form.urgent);
    view! {
        <div class="grid">
            <PlacePick sheet=sheet />
            <Pick
                id="kind"
                label=t!("desk-kind")
                options=vec![("notice".into(), t!("desk-kind-notice")), ("heritage".into(), t!("desk-kind-heritage"))]
                value=kind
                on_pick=move |kind| sheet.form.update(|form| choose_kind(form, kind))
            />
            <Show when=move || kind.with(|k| k == "notice")>
                <TopicPick sheet=sheet />
            </Show>
        </div>
        <Show when=move || kind.with(|k| k == "notice")>
            <Switch
                label=t!("desk-urgent")
                hint=t!("desk-urgent-hint")
                on=urgent
                on_turn=move |on| sheet.form.update(|form| form.urgent = on)
            />
            <Days sheet=sheet />
        </Show>
    }
}

/// Heritage is culture and never urgent; a notice begins as policy.
fn choose_kind(form: &mut NoticeForm, kind: String) {
    if kind == "heritage" {
        form.topic = Topic::Culture.code().into();
        form.urgent = false;
        form.in_force_from = None;
        form.in_force_until = None;
    } else if form.topic == Topic::Culture.code() {
        form.topic = Topic::Policy.code().into();
    }
    form.kind = kind;
}

#[component]
fn PlacePick(sheet: Sheet) -> impl IntoView {
    let places = sheet.desk.places_with("publish");
    // A correction stays where it was said.
    let fixed = sheet.form.with_untracked(|form| form.corrects.is_some()) || places.len() < 2;
    let mine = sheet.place.get_untracked();
    let options = places
        .iter()
        .filter(|place| !fixed || place.place == mine)
        .map(|place| (place.place.to_string(), place.name.clone()))
        .collect::<Vec<_>>();
    view! {
        <Pick
            id="place"
            label=t!("desk-place")
            options=options
            value=Signal::derive(move || sheet.place.with(ToString::to_string))
            on_pick=move |id| {
                if let Some(place) = places.iter().find(|place| place.place.as_str() == id) {
                    sheet.place.set(place.place.clone());
                }
            }
        />
    }
}

#[component]
fn TopicPick(sheet: Sheet) -> impl IntoView {
    let topic = sheet.part(|form| form.topic.clone());
    let options = Topic::NOTICES
        .map(|topic| (topic.code().to_owned(), topic.name()))
        .to_vec();
    view! {
        <Pick
            id="topic"
            label=t!("desk-topic")
            options=options
            value=topic
            fault=sheet.fault("topic".into())
            on_pick=move |topic| sheet.form.update(|form| form.topic = topic)
        />
    }
}

/// The last day is the day before the first moment it no longer counts.
#[component]
fn Days(sheet: Sheet) -> impl IntoView {
    let from = sheet.part(|form| form.in_force_from.map(day_of).unwrap_or_default());
    let until = sheet.part(|form| {
        let last = form
            .in_force_until
            .map(|end| bantin_model::time::Seconds(end.0.saturating_sub(1)));
        last.map(day_of).unwrap_or_default()
    });
    view! {
        <div class="grid">
            <DayEntry
                id="from" label=t!("desk-from") optional=true value=from fault=sheet.fault("in_force_from".into())
                on_input=move |day: String| sheet.form.update(|form| form.in_force_from = seconds_of(&day, 0))
            />
            <DayEntry
                id="until" label=t!("desk-until") optional=true value=until
                fault=sheet.fault("in_force_until".into()) hint=t!("desk-until-hint")
                on_input=move |day: String| sheet.form.update(|form| form.in_force_until = seconds_of(&day, 1))
            />
        </div>
    }
}

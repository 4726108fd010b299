//! Bytes as bars, each with its figure in words.

use std::collections::BTreeMap;

use bantin_model::budget::{DataKind, ORDER};
use bantin_wire::ipc::data::{DataUse, DayUse};
use leptos::prelude::*;

use super::kind_name;
use crate::citizen::me::Panel;
use crate::citizen::me::held::bar;
use crate::component::icon::Icon;
use crate::t;
use crate::text::{bytes_text, date_of_text};

/// What was used of a limit, or at all.
pub(super) fn against(name: String, bytes: u64, limit: Option<u64>) -> impl IntoView {
    let (words, most) = match limit {
        Some(limit) => (
            t!(
                "data-of",
                used = bytes_text(bytes),
                limit = bytes_text(limit)
            ),
            limit,
        ),
        None => (bytes_text(bytes), 0),
    };
    let share = (bytes.saturating_mul(100))
        .checked_div(most)
        .map(|share| share.min(100));
    let full = limit.is_some_and(|limit| bytes >= limit);
    view! {
        <div class="bar">
            <span class="bar-name">{name}</span>
            <span class="bar-size">{words}</span>
            {share
                .map(|share| {
                    view! {
                        <progress
                            class="bar-line"
                            class:bar-full=full
                            max="100"
                            value=share
                            aria-hidden="true"
                        ></progress>
                    }
                })}
        </div>
    }
}

/// The month by kind, then day by day.
pub(super) fn where_it_went(used: &DataUse) -> impl IntoView + use<> {
    let kinds = match used.month.is_empty() {
        true => view! { <p>{t!("data-none")}</p> }.into_any(),
        false => bars(&used.month).into_any(),
    };
    let most = used.days.iter().map(total).max().unwrap_or_default();
    let days = match used.days.is_empty() {
        true => view! { <p>{t!("data-none")}</p> }.into_any(),
        false => used
            .days
            .iter()
            .map(|used| view! { <li>{day(used, most)}</li> })
            .collect_view()
            .into_any(),
    };
    view! {
        <Panel icon=Icon::Checklist id="data-where" title=t!("data-where")>
            {kinds}
            <p class="field-hint">{t!("data-counted")}</p>
        </Panel>
        <Panel icon=Icon::Calendar id="data-days" title=t!("data-days")>
            <ul class="data-days">{days}</ul>
        </Panel>
    }
}

/// A day's line; tapped, what it went on.
fn day(used: &DayUse, most: u64) -> impl IntoView + use<> {
    let name = date_of_text(&used.day.to_string());
    view! {
        <details class="data-day">
            <summary>{bar(name, total(used), most)}</summary>
            <div class="data-kinds">{bars(&used.kinds)}</div>
        </details>
    }
}

/// Kinds in the order in which they go.
fn bars(kinds: &BTreeMap<DataKind, u64>) -> impl IntoView + use<> {
    let most = kinds.values().copied().max().unwrap_or_default();
    ORDER
        .into_iter()
        .filter_map(|row| Some((row.kind, *kinds.get(&row.kind)?)))
        .map(|(kind, bytes)| bar(kind_name(kind), bytes, most))
        .collect_view()
}

fn total(used: &DayUse) -> u64 {
    used.kinds.values().sum()
}

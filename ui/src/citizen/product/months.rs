//! The twelve months: when there is some, as a calendar to read and to fill in.

use leptos::prelude::*;

use crate::component::icon::{Glyph, Icon};
use crate::t;
use crate::text::month_short;

/// The months in which there is some.
#[component]
pub fn Season(
    /// 1–12; empty = all year.
    season: Vec<u8>,
) -> impl IntoView {
    let all = season.is_empty();
    let months = (1..=12u8)
        .map(|month| {
            let on = all || season.contains(&month);
            let spoken = if on {
                t!("month-has")
            } else {
                t!("month-has-not")
            };
            view! {
                <li class="month" class:month-on=on>
                    <span>{month_short(month)}</span>
                    {on.then(|| view! { <Glyph icon=Icon::Check /> })}
                    <span class="unseen">{spoken}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="part" aria-labelledby="product-months">
            <h3 id="product-months">
                <Glyph icon=Icon::Calendar />
                <span>{if all { t!("season-all") } else { t!("season") }}</span>
            </h3>
            <ol class="months">{months}</ol>
        </section>
    }
}

/// Choosing the months.
#[component]
pub fn MonthPicker(
    /// 1–12, ascending.
    season: RwSignal<Vec<u8>>,
) -> impl IntoView {
    let months = (1..=12u8)
        .map(|month| {
            let on = move || season.with(|s| s.contains(&month));
            view! {
                <button
                    type="button"
                    class="month month-pick"
                    class:month-on=on
                    aria-pressed=move || if on() { "true" } else { "false" }
                    on:click=move |_| {
                        season
                            .update(|s| match s.iter().position(|m| *m == month) {
                                Some(at) => drop(s.remove(at)),
                                None => {
                                    s.push(month);
                                    s.sort_unstable();
                                }
                            })
                    }
                >
                    <span>{month_short(month)}</span>
                    {move || on().then(|| view! { <Glyph icon=Icon::Check /> })}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="months" role="group" aria-label=t!("season")>
            {months}
        </div>
    }
}

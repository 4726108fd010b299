//! The path of a letter: five stones, lit only when proven, each with its time and who proves it.

use bantin_model::time::Seconds;
use bantin_wire::ipc::conversation::Stone;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::t;
use crate::text::when;

/// The steps, in their order.
pub const STEPS: [&str; 5] = ["saved", "accepted", "delivered", "opened", "answered"];

/// A step in words.
pub fn step_name(step: &str) -> String {
    match step {
        "saved" => t!("step-saved"),
        "accepted" => t!("step-accepted"),
        "delivered" => t!("step-delivered"),
        "opened" => t!("step-opened"),
        "answered" => t!("step-answered"),
        other => other.to_owned(),
    }
}

fn step_icon(step: &str) -> Icon {
    match step {
        "saved" => Icon::Phone,
        "accepted" => Icon::Cloud,
        "delivered" => Icon::Desk,
        "opened" => Icon::Eye,
        _ => Icon::Reply,
    }
}

/// The whole path.
#[component]
pub fn Stones(
    /// The five steps.
    stones: Vec<Stone>,
    /// The clock of this device.
    now: Seconds,
) -> impl IntoView {
    let drawn = stones
        .into_iter()
        .map(|stone| {
            let proven = match (stone.at, stone.who.is_empty()) {
                (None, _) => t!("step-not-yet"),
                (Some(at), true) => when(at, now),
                (Some(at), false) => t!("step-proven", when = when(at, now), who = stone.who),
            };
            view! {
                <li class="stone" class:stone-lit=stone.at.is_some()>
                    <span class="stone-mark">
                        <Glyph icon=step_icon(&stone.step) />
                    </span>
                    <span class="stone-text">
                        <strong>{step_name(&stone.step)}</strong>
                        <small>{proven}</small>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="stones" aria-label=t!("step-path")>
            {drawn}
        </ol>
    }
}

/// The path in a list: five dots and the last step in words.
#[component]
pub fn StonesShort(
    /// The last proven step.
    step: String,
) -> impl IntoView {
    let reached = STEPS.iter().position(|s| *s == step).map_or(0, |at| at + 1);
    let dots = (0..STEPS.len())
        .map(|at| view! { <span class="dot" class:dot-lit=at < reached></span> })
        .collect_view();
    view! {
        <span class="stones-short">
            <span class="dots" aria-hidden="true">{dots}</span>
            <span>{step_name(&step)}</span>
        </span>
    }
}

//! OCOP stars.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::t;

/// Most stars there are.
pub const STARS_MAX: u8 = 5;

/// So many of five stars, spoken as words.
#[component]
pub fn Stars(
    /// 1–5.
    count: u8,
) -> impl IntoView {
    let drawn = (1..=STARS_MAX)
        .map(|at| {
            let class = if at <= count { "star star-on" } else { "star" };
            view! {
                <span class=class>
                    <Glyph icon=if at <= count { Icon::StarOn } else { Icon::Star } />
                </span>
            }
        })
        .collect_view();
    view! {
        <span class="stars" role="img" aria-label=t!("stars", count = i64::from(count))>
            {drawn}
        </span>
    }
}

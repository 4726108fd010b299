//! The shape of what is coming.

use leptos::prelude::*;

use crate::t;

/// Grey rows where a list will be.
#[component]
pub fn Skeleton(
    /// How many.
    #[prop(default = 4)]
    rows: usize,
) -> impl IntoView {
    let rows = (0..rows)
        .map(|_| view! { <span class="skeleton-row"></span> })
        .collect_view();
    view! {
        <div class="skeleton" role="status">
            <span class="unseen">{t!("loading")}</span>
            {rows}
        </div>
    }
}

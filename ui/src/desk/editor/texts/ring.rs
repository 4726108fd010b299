//! A ring that closes as a text becomes complete.

use leptos::prelude::*;

use crate::t;

/// So much of a text is written.
#[component]
pub fn Ring(
    /// Parts written, and parts to write.
    #[prop(into)]
    done: Signal<(usize, usize)>,
) -> impl IntoView {
    let percent = move || {
        let (written, all) = done.get();
        (100 * written).checked_div(all).unwrap_or(0)
    };
    let words = move || {
        let (written, all) = done.get();
        t!("desk-ring", written = written as u64, all = all as u64)
    };
    view! {
        <svg class="ring" class:ring-whole=move || percent() == 100 viewBox="0 0 20 20" role="img" aria-label=words>
            <circle class="ring-ground" cx="10" cy="10" r="8"></circle>
            <circle
                class="ring-part"
                cx="10"
                cy="10"
                r="8"
                pathLength="100"
                stroke-dasharray=move || format!("{} 100", percent())
                transform="rotate(-90 10 10)"
            ></circle>
            {move || (percent() == 100).then(|| view! { <path class="ring-check" d="M6.500 10.300l2.400 2.400 4.600-5"></path> })}
        </svg>
    }
}

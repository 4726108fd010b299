//! Who sits here, for whom they work, and the few settings of the desk.

use leptos::prelude::*;

use super::super::look::Look;
use super::super::state::desk;
use crate::component::button::IconButton;
use crate::component::icon::Icon;
use crate::t;

/// Name, agencies, light or dark, language, keys, the way out.
#[component]
pub fn OfficerBox(
    /// Signs out.
    on_leave: impl Fn() + Clone + 'static,
) -> impl IntoView {
    let (desk, look) = (desk(), expect_context::<Look>());
    let agencies = move || {
        desk.officer.with(|officer| {
            let mut names: Vec<String> = officer
                .places
                .iter()
                .map(|place| place.agency.clone())
                .collect();
            names.dedup();
            names
                .into_iter()
                .map(|name| view! { <span>{name}</span> })
                .collect_view()
        })
    };
    let theme = Signal::derive(move || match look.theme.get() {
        "light" => t!("desk-theme-light"),
        "dark" => t!("desk-theme-dark"),
        _ => t!("desk-theme-auto"),
    });
    let icon = Signal::derive(move || match look.theme.get() {
        "light" => Icon::Sun,
        "dark" => Icon::Moon,
        _ => Icon::Theme,
    });
    view! {
        <section class="officer" aria-label=t!("desk-officer")>
            <p class="officer-name">
                <strong>{move || desk.officer.with(|o| o.name.clone())}</strong>
                {agencies}
            </p>
            <div class="officer-acts">
                <IconButton icon=icon label=theme on_press=move || look.turn_theme() />
                <IconButton icon=Icon::Language label=t!("desk-language") on_press=move || look.turn_language() />
                <IconButton icon=Icon::Checklist label=t!("desk-help") on_press=move || desk.help.set(true) />
                <IconButton icon=Icon::Lock label=t!("desk-sign-out") on_press=on_leave />
            </div>
        </section>
    }
}

//! *Tôi*: how I read, where I live, what this phone holds, and how to make it forget me.

mod by_hand;
mod forget;
pub(super) mod held;
mod reading;
mod share;

use leptos::prelude::*;

use super::start::PlaceStep;
use super::state::app;
use crate::component::button::Button;
use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::engine;
use crate::t;

/// Everything about this person and device.
#[component]
pub fn Me() -> impl IntoView {
    let app = app();
    view! {
        <div class="me" data-arrive tabindex="-1" aria-label=t!("me-title")>
            <reading::TextSize app=app />
            <reading::Theme app=app />
            <reading::Language app=app />
            <Place />
            <by_hand::ByHand />
            <share::Share />
            <held::Held />
            <forget::Forget />
            <p class="me-about">{t!("me-about", version = env!("CARGO_PKG_VERSION"))}</p>
        </div>
    }
}

/// A group of settings.
#[component]
pub fn Panel(
    /// Its drawing.
    icon: Icon,
    /// Names the heading in the page.
    id: &'static str,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// What is set here.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby=id>
            <h2 id=id>
                <Glyph icon=icon />
                <span>{title}</span>
            </h2>
            {children()}
        </section>
    }
}

/// The place that is followed, and moving to another.
#[component]
fn Place() -> impl IntoView {
    let app = app();
    let moving = RwSignal::new(false);
    let link = RwSignal::new(String::new());
    leptos::task::spawn_local(async move {
        if let Ok(Some(default)) = engine::run(&bantin_wire::ipc::place::PairingDefault {}).await {
            let _ = link.try_set(default);
        }
    });
    let followed = move || {
        app.status.with(|status| {
            let place = status.place.as_ref()?;
            let above = place.above.join(", ");
            let agency = place.agency.clone();
            Some(view! {
                <p class="me-place">
                    <strong dir="auto">{place.name.clone()}</strong>
                    {(!above.is_empty()).then(|| view! { <span dir="auto">{t!("me-above", places = above)}</span> })}
                    {agency.map(|agency| view! { <span dir="auto">{t!("me-agency", agency = agency)}</span> })}
                </p>
            })
        })
    };
    let origin = move || {
        app.status.with(|s| s.trusts_origin).then(
            || view! { <Callout tone=Tone::Mind icon=Icon::Shield text=t!("trusts-origin") /> },
        )
    };
    view! {
        <Panel icon=Icon::Pin id="me-place" title=t!("me-place")>
            {followed}
            {origin}
            {move || match moving.get() {
                true => view! {
                    <PlaceStep
                        link=link
                        on_back=move || moving.set(false)
                        on_done=move || moving.set(false)
                    />
                }
                    .into_any(),
                false => view! { <Button icon=Icon::Pin text=t!("me-move") on_press=move || moving.set(true) /> }
                    .into_any(),
            }}
        </Panel>
    }
}

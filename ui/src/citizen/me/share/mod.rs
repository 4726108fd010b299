//! Giving news to neighbours and taking them from one, without any internet.

mod give;
mod take;

use leptos::prelude::*;

use super::Panel;
use crate::component::callout::{Callout, Tone};
use crate::component::icon::Icon;
use crate::engine;
use crate::t;

/// Both, where this device can listen on a network; a browser says plainly that it cannot.
#[component]
pub fn Share() -> impl IntoView {
    if !engine::in_app() {
        return view! {
            <Panel icon=Icon::People id="me-share" title=t!("share")>
                <Callout tone=Tone::Calm icon=Icon::Phone text=t!("share-needs-app") />
            </Panel>
        }
        .into_any();
    }
    view! {
        <Panel icon=Icon::People id="me-share" title=t!("share")>
            <give::Give />
        </Panel>
        <Panel icon=Icon::Refresh id="me-take" title=t!("take")>
            <take::Take />
        </Panel>
    }
    .into_any()
}

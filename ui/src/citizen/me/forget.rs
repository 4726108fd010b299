//! Making this phone forget everything about this person.

use bantin_wire::Failure;
use bantin_wire::ipc::device::DeviceForget;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Panel;
use crate::citizen::window;
use crate::component::button::{Button, Weight};
use crate::component::callout::{Callout, Tone};
use crate::component::dialog::Confirm;
use crate::component::icon::Icon;
use crate::engine;
use crate::t;
use crate::text::failure_text;

/// The button, and the question before it happens.
#[component]
pub fn Forget() -> impl IntoView {
    let asked = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let forget = move || {
        spawn_local(async move {
            match engine::run(&DeviceForget {}).await {
                // Nothing this window holds is true any more: it begins anew.
                Ok(()) => window::begin_anew(),
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    view! {
        <Panel icon=Icon::Bin id="me-forget" title=t!("forget")>
            <p>{t!("forget-what")}</p>
            <Button icon=Icon::Bin text=t!("forget-do") weight=Weight::Danger on_press=move || asked.set(true) />
            {move || {
                failure
                    .get()
                    .map(|f| view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&f) /> })
            }}
            <Confirm
                open=asked
                title=t!("forget-sure")
                text=t!("forget-lost")
                yes=t!("forget-yes")
                icon=Icon::Bin
                on_yes=forget
            />
        </Panel>
    }
}

//! A record on a screen of its own: read in a language the person can change, and kept in view while it is
//! read again.

use bantin_wire::Command;
use leptos::prelude::*;

use super::state::app;
use super::window::arrive;
use crate::component::empty::Failed;
use crate::component::skeleton::Skeleton;
use crate::load::{Load, query};

/// What `read` asks for in the language the person chose, none for their own, as `show` draws it. The second
/// argument of `show` is where a tap sets another language.
pub fn page<C, V>(
    read: impl Fn(Option<String>) -> C + 'static,
    show: impl Fn(C::Reply, RwSignal<Option<String>>) -> V + Send + 'static,
) -> impl IntoView
where
    C: Command + Clone + PartialEq + 'static,
    C::Reply: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let app = app();
    let lang = RwSignal::new(None::<String>);
    let answer = query(move || {
        app.changes.track();
        Some(read(lang.get()))
    });
    // Kept while another language is fetched, so that the screen does not jump, and not drawn again when
    // the same comes back.
    let shown = RwSignal::new(None::<C::Reply>);
    Effect::new(move |_| {
        if let Some(page) = answer.with(|load| load.ready().cloned())
            && shown.with_untracked(|old| old.as_ref() != Some(&page))
        {
            let first = shown.with_untracked(Option::is_none);
            shown.set(Some(page));
            if first {
                set_timeout(arrive, std::time::Duration::ZERO);
            }
        }
    });
    move || {
        // Only while nothing is shown the way of the answer matters.
        if let Some(page) = shown.get() {
            return show(page, lang).into_any();
        }
        match answer.get() {
            Load::Failed(failure) => {
                view! { <Failed failure=failure on_retry=move || app.refresh() /> }.into_any()
            }
            Load::Waiting | Load::Ready(_) => view! { <Skeleton rows=6 /> }.into_any(),
        }
    }
}

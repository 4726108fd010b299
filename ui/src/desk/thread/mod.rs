//! One conversation: who asks what, until when it must be answered and why, what was said, and the reply.

mod addressee;
mod files;
mod head;
mod message;
mod reply;

use bantin_wire::desk::conversation::{Thread as Told, ThreadRead};
use leptos::prelude::*;

use super::state::{Desk, desk};
use crate::component::empty::Failed;
use crate::component::skeleton::Skeleton;
use crate::load::Load;

pub use head::Head;
pub use message::Messages;
pub use reply::{Reply, Verb};

/// The open thread of a question.
#[component]
pub fn Thread(
    /// Which conversation.
    id: String,
) -> impl IntoView {
    let desk = desk();
    let shown = read(desk, id);
    let ready = Memo::new(move |_| shown.with(|load| load.ready().cloned()));
    // Drawn once for this conversation, so that neither focus nor words are lost when it is read again.
    let here = Memo::new(move |_| ready.with(Option::is_some));
    move || {
        if here.get() {
            return view! { <Shown told=ready /> }.into_any();
        }
        match shown.get() {
            Load::Failed(failure) => {
                view! { <Failed failure=failure on_retry=move || desk.refresh() /> }.into_any()
            }
            _ => view! { <Skeleton rows=6 /> }.into_any(),
        }
    }
}

/// Reads a conversation, and again whenever lists are. The first look makes it *opened*: the queue hears
/// of that. An answer that is here stays in view when the next one does not come.
pub fn read(desk: Desk, id: String) -> RwSignal<Load<Told>> {
    let latest = desk.query(move || {
        desk.changes.track();
        Some(ThreadRead { id: id.clone() })
    });
    let shown = RwSignal::new(Load::Waiting);
    Effect::new(move |_| {
        let answer = latest.get();
        let first = shown.with_untracked(|s| s.ready().is_none());
        match (&answer, first) {
            (Load::Ready(_), true) => {
                shown.set(answer);
                desk.refresh();
            }
            (Load::Ready(_), false) => shown.set(answer),
            (_, true) => shown.set(answer),
            (_, false) => {}
        }
    });
    shown
}

#[component]
fn Shown(told: Memo<Option<Told>>) -> impl IntoView {
    let actions = Memo::new(move |_| {
        told.with(|t| t.as_ref().map(|t| t.actions.clone()).unwrap_or_default())
    });
    let id = told.with_untracked(|t| t.as_ref().map(|t| t.row.id.clone()).unwrap_or_default());
    view! {
        <article class="thread" aria-labelledby="thread-title">
            {move || told.get().map(|told| view! { <Head told=told /> })}
            <div class="thread-scroll">
                {move || told.get().map(|told| view! { <Messages told=told /> })}
            </div>
            <Reply id=id actions=actions verbs=&Verb::ALL />
        </article>
    }
}

//! One submission: what the household said and showed at the left, how it is to appear at the right.

use bantin_wire::desk::conversation::Thread;
use leptos::prelude::*;

use super::certificate::Certificate;
use super::decide::Decide;
use super::fields::Fields;
use super::sheet::Sheet;
use crate::component::callout::{Callout, Tone};
use crate::component::empty::{Empty, Failed};
use crate::component::icon::{Glyph, Icon};
use crate::component::skeleton::Skeleton;
use crate::desk::state::desk;
use crate::desk::thread::{Head, Messages, Reply, Verb, read};
use crate::load::Load;
use crate::t;

/// The check of one product.
#[component]
pub fn Check(
    /// Its conversation.
    id: String,
) -> impl IntoView {
    let desk = desk();
    let shown = read(desk, id);
    let told = Memo::new(move |_| shown.with(|load| load.ready().cloned()));
    let here = Memo::new(move |_| told.with(Option::is_some));
    move || {
        if here.get() {
            return view! { <Shown told=told /> }.into_any();
        }
        match shown.get() {
            Load::Failed(failure) => {
                view! { <Failed failure=failure on_retry=move || desk.refresh() /> }.into_any()
            }
            _ => view! { <Skeleton rows=6 /> }.into_any(),
        }
    }
}

#[component]
fn Shown(told: Memo<Option<Thread>>) -> impl IntoView {
    let Some(first) = told.get_untracked() else {
        return ().into_any();
    };
    let id = first.row.id.clone();
    let Some(submission) = first.submission else {
        return view! { <Empty icon=Icon::Box title=t!("desk-product-none") /> }.into_any();
    };
    let sheet = Sheet::new(desk(), id.clone(), first.row.place.clone(), submission);
    let actions = Memo::new(move |_| {
        told.with(|t| t.as_ref().map(|t| t.actions.clone()).unwrap_or_default())
    });
    let open = Memo::new(move |_| actions.with(|a| a.iter().any(|a| a == "publish-product")));
    view! {
        <article class="thread" aria-labelledby="thread-title">
            {move || told.get().map(|told| view! { <Head told=told /> })}
            <div class="check">
                <div class="check-said">
                    <h3 class="sheet-part-title"><Glyph icon=Icon::People /> <span>{t!("desk-product-said")}</span></h3>
                    {move || told.get().map(|told| view! { <Messages told=told /> })}
                    <Ask id=id actions=actions />
                </div>
                <div class="check-sheet" data-form>
                    <h3 class="sheet-part-title"><Glyph icon=Icon::Market /> <span>{t!("desk-product-appears")}</span></h3>
                    <Published told=told />
                    <Fields sheet=sheet />
                    <Certificate sheet=sheet />
                    <Show when=move || open.get()>
                        <Decide sheet=sheet actions=actions />
                    </Show>
                </div>
            </div>
        </article>
    }
    .into_any()
}

/// Asks the household for a detail; folded away until it is wanted.
#[component]
fn Ask(id: String, actions: Memo<Vec<String>>) -> impl IntoView {
    let can = Memo::new(move |_| actions.with(|a| a.iter().any(|a| a == "ask")));
    move || {
        let id = id.clone();
        can.get().then(|| {
            view! {
                <details class="more">
                    <summary><Glyph icon=Icon::Ask /> {t!("desk-product-ask")}</summary>
                    <Reply id=id actions=actions verbs=&[Verb::Ask] />
                </details>
            }
        })
    }
}

/// Said when it is in the catalogue already.
#[component]
fn Published(told: Memo<Option<Thread>>) -> impl IntoView {
    move || {
        let published = told.with(|t| {
            t.as_ref()
                .and_then(|t| t.submission.as_ref())
                .is_some_and(|s| s.published)
        });
        published.then(|| {
            view! { <Callout tone=Tone::Good icon=Icon::Shield text=t!("desk-product-published") /> }
        })
    }
}

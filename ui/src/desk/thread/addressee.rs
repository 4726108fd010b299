//! The agency that a conversation is to be passed on to.

use bantin_wire::desk::conversation::AgencyList;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;

use super::super::entry::Pick;
use super::super::state::desk;
use super::reply::Form;
use crate::component::empty::Failed;
use crate::component::skeleton::Skeleton;
use crate::load::Load;
use crate::t;
use crate::text::failure_text;

/// The field in which an agency is chosen.
#[component]
pub(super) fn Addressee(
    /// Which conversation.
    id: String,
    /// The form it belongs to.
    form: Form,
) -> impl IntoView {
    let desk = desk();
    let asked = desk.query(move || Some(AgencyList { id: id.clone() }));
    let fault = Signal::derive(move || form.failure.with(|f| f.as_ref().and_then(fault_text)));
    move || match asked.get() {
        Load::Ready(agencies) if agencies.is_empty() => {
            view! { <p class="reply-none">{t!("desk-forward-nobody")}</p> }.into_any()
        }
        Load::Ready(agencies) => {
            let mut options = vec![(String::new(), t!("desk-forward-choose"))];
            let rows = agencies.into_iter();
            options.extend(rows.map(|row| (row.place.to_string(), row.name)));
            view! {
                <Pick
                    id="reply-to"
                    label=t!("desk-forward-to")
                    options=options
                    value=form.to()
                    on_pick=move |to| form.set_to(to)
                    fault=fault
                />
            }
            .into_any()
        }
        Load::Failed(failure) => {
            view! { <Failed failure=failure on_retry=move || desk.refresh() /> }.into_any()
        }
        _ => view! { <Skeleton rows=1 /> }.into_any(),
    }
}

/// What is wrong with the chosen agency.
fn fault_text(failure: &Failure) -> Option<String> {
    if failure.field.as_deref() != Some("to") {
        return None;
    }
    Some(match failure.code {
        Code::Empty => t!("desk-forward-choose-first"),
        Code::NotAllowed => t!("desk-forward-self"),
        Code::NoAgencyKey => t!("desk-forward-no-key"),
        Code::TooMany => t!(
            "desk-forward-too-often",
            count = failure.number.unwrap_or_default()
        ),
        _ => failure_text(failure),
    })
}

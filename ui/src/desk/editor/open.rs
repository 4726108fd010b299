//! Brings what is to be written onto the screen: a new sheet, a draft, or a published record to correct.

use bantin_model::id::PlaceId;
use bantin_wire::desk::publication::{DraftList, DraftRead, NoticeForm, PublishedRead};
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::Form;
use super::sheet::{Saving, Sheet};
use super::{preview, publish, unsaved_key};
use crate::component::empty::Failed;
use crate::component::skeleton::Skeleton;
use crate::desk::route::Work;
use crate::desk::state::{Desk, desk};
use crate::desk::store;
use crate::load::Load;

/// What was found: the form, its place, its draft.
type Found = (NoticeForm, PlaceId, Option<String>);

/// The editor for `work`.
#[component]
pub fn Open(
    /// What to write.
    work: Work,
) -> impl IntoView {
    let desk = desk();
    let found = RwSignal::new(Load::Waiting);
    let again = RwSignal::new(0u32);
    let asked = work.clone();
    Effect::new(move |_| {
        again.track();
        let work = asked.clone();
        spawn_local(async move {
            let outcome = find(desk, &work).await;
            // The officer may have gone elsewhere meanwhile.
            let _ = found.try_set(outcome.map_or_else(Load::Failed, Load::Ready));
        });
    });
    move || match found.get() {
        Load::Waiting => view! { <Skeleton rows=8 /> }.into_any(),
        Load::Failed(failure) => {
            view! { <Failed failure=failure on_retry=move || again.update(|n| *n += 1) /> }
                .into_any()
        }
        Load::Ready((form, place, draft)) => {
            let sheet = Sheet::new(desk, form, place, draft);
            view! { <Editor sheet=sheet work=work.clone() /> }.into_any()
        }
    }
}

async fn find(desk: Desk, work: &Work) -> Result<Found, Failure> {
    let first = || {
        let place = desk.places_with("publish").into_iter().next();
        place
            .map(|place| place.place)
            .ok_or_else(|| Failure::new(Code::NoGrant))
    };
    // What the hub did not get before the page was loaded again is newer than what it has.
    if let Some(unsaved) = store::kept::<Found>(&unsaved_key(work)) {
        return Ok(unsaved);
    }
    match work {
        Work::New(kind) => {
            let topic = if kind == "heritage" {
                "culture"
            } else {
                "policy"
            };
            let form = NoticeForm {
                kind: kind.clone(),
                topic: topic.into(),
                ..NoticeForm::default()
            };
            Ok((form, first()?, None))
        }
        Work::Draft(id) => {
            let rows = desk.client.run(&DraftList {}).await?;
            let row = rows
                .into_iter()
                .find(|row| row.id == *id)
                .ok_or_else(|| Failure::new(Code::NotFound))?;
            let form = desk.client.run(&DraftRead { id: id.clone() }).await?;
            Ok((form, row.place, Some(row.id)))
        }
        Work::Correct(place, id) => {
            let mut form = desk.client.run(&PublishedRead { id: *id }).await?;
            form.corrects = Some(*id);
            Ok((form, place.clone(), None))
        }
    }
}

/// Sheet and preview side by side.
#[component]
fn Editor(sheet: Sheet, work: Work) -> impl IntoView {
    if store::kept::<Found>(&unsaved_key(&work)).is_some() {
        sheet.saving.set(Saving::Changed);
    }
    let save = super::autosave::start(sheet, work);
    let publishing = RwSignal::new(false);
    // On a narrow window one of the two is shown.
    let phone = RwSignal::new(false);
    view! {
        <div class="editor" class:editor-phone=move || phone.get()>
            <div class="editor-sheet" data-form>
                <Form sheet=sheet save=save publishing=publishing phone=phone />
            </div>
            <preview::Preview sheet=sheet phone=phone />
            <publish::Publish sheet=sheet open=publishing save=save />
        </div>
    }
}

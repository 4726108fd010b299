//! Pictures, each with words for those who do not see it. The first one stands on top.

use bantin_model::id::Hash;
use bantin_wire::desk::publication::PictureForm;
use leptos::prelude::*;

use super::super::sheet::Sheet;
use super::upload::{Upload, UploadState};
use crate::component::button::IconButton;
use crate::component::icon::Icon;
use crate::desk::client::blob_address;
use crate::desk::entry::{Entry, Fault, FilePick};
use crate::t;

/// Most pictures of one publication.
const PICTURES_MAX: usize = 8;
/// Most characters of the words beside one.
const ALT_MAX: usize = 200;

/// The pictures and the button that adds more.
#[component]
pub fn Pictures(
    /// The sheet.
    sheet: Sheet,
) -> impl IntoView {
    let upload = Upload::new();
    let blobs = sheet.part(|form| {
        form.pictures
            .iter()
            .map(|picture| picture.blob)
            .collect::<Vec<_>>()
    });
    view! {
        <Fault id="pictures-fault".into() fault=sheet.fault("pictures".into()) />
        <ul class="pictures">
            <For each=move || blobs.get() key=|blob| *blob let:blob>
                <Picture sheet=sheet blob=blob />
            </For>
        </ul>
        <UploadState upload=upload />
        <Show when=move || blobs.with(Vec::len) < PICTURES_MAX>
            <FilePick
                id="picture-file"
                label=t!("desk-picture-add")
                icon=Icon::Upload
                accept="image/*"
                several=true
                busy=upload.busy()
                on_files=move |files| {
                    let room = PICTURES_MAX.saturating_sub(blobs.with_untracked(Vec::len));
                    upload.send(files, room, "image/", move |taken| {
                        sheet.form.update(|form| {
                            if !form.pictures.iter().any(|picture| picture.blob == taken.blob) {
                                form.pictures.push(PictureForm { blob: taken.blob, alt: String::new() });
                            }
                        });
                    });
                }
            />
        </Show>
        <p class="field-hint">{t!("desk-picture-hint")}</p>
    }
}

#[component]
fn Picture(sheet: Sheet, blob: Hash) -> impl IntoView {
    let at = sheet.part(move |form| form.pictures.iter().position(|p| p.blob == blob));
    let alt = sheet.part(move |form| {
        form.pictures
            .iter()
            .find(|p| p.blob == blob)
            .map(|p| p.alt.clone())
            .unwrap_or_default()
    });
    let fault = Signal::derive(move || {
        sheet
            .fault(format!("pictures.{}.alt", at.get().unwrap_or_default()))
            .get()
    });
    let number = move || at.get().unwrap_or_default() as u64 + 1;
    view! {
        <li class="picture-row">
            <img src=blob_address(&blob) alt=move || alt.get() />
            <Entry
                id=format!("alt-{blob}") label=t!("desk-picture-alt") hint=t!("desk-picture-alt-hint") value=alt
                limit=ALT_MAX fault=fault
                on_input=move |words: String| {
                    sheet.form.update(|form| {
                        form.pictures.iter_mut().filter(|p| p.blob == blob).for_each(|p| p.alt = words.clone());
                    });
                }
            />
            <span class="picture-acts">
                <Show when=move || at.get().is_some_and(|at| at > 0)>
                    <IconButton
                        icon=Icon::Star
                        label=Signal::derive(move || t!("desk-picture-first", number = number()))
                        on_press=move || sheet.form.update(|form| form.pictures.sort_by_key(|p| p.blob != blob))
                    />
                </Show>
                <IconButton
                    icon=Icon::Bin
                    label=Signal::derive(move || t!("desk-picture-remove", number = number()))
                    on_press=move || sheet.form.update(|form| form.pictures.retain(|p| p.blob != blob))
                />
            </span>
        </li>
    }
}

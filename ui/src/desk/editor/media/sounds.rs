//! Recordings, each in its language.

use bantin_model::id::Hash;
use bantin_wire::desk::publication::AudioForm;
use leptos::prelude::*;

use super::super::sheet::Sheet;
use super::upload::{Upload, UploadState};
use crate::component::button::IconButton;
use crate::component::icon::Icon;
use crate::desk::client::blob_address;
use crate::desk::entry::{Fault, FilePick, Pick, Switch};
use crate::t;
use crate::text::language::language_name;

/// Most recordings of one publication.
const SOUNDS_MAX: usize = 32;

/// The list and the button that makes it longer.
#[component]
pub fn Sounds(
    /// The sheet.
    sheet: Sheet,
) -> impl IntoView {
    let upload = Upload::new();
    let blobs = sheet.part(|form| {
        form.audio
            .iter()
            .map(|audio| audio.blob)
            .collect::<Vec<_>>()
    });
    view! {
        <p class="sheet-note">{t!("desk-sound-why")}</p>
        <Fault id="audio-fault".into() fault=sheet.fault("audio".into()) />
        <ul class="sounds">
            <For each=move || blobs.get() key=|blob| *blob let:blob>
                <Sound sheet=sheet blob=blob />
            </For>
        </ul>
        <UploadState upload=upload />
        <FilePick
            id="sound-file"
            label=t!("desk-sound-add")
            icon=Icon::Upload
            accept="audio/*"
            busy=upload.busy()
            on_files=move |files| {
                let room = SOUNDS_MAX.saturating_sub(sheet.form.with_untracked(|form| form.audio.len()));
                upload.send(files, room.min(1), "audio/", move |taken| {
                    let lang = sheet.tab.get_untracked();
                    sheet.form.update(|form| {
                        // The same file twice is the same recording.
                        if !form.audio.iter().any(|audio| audio.blob == taken.blob) {
                            form.audio.push(AudioForm { blob: taken.blob, lang, machine: false });
                        }
                    });
                });
            }
        />
    }
}

#[component]
fn Sound(sheet: Sheet, blob: Hash) -> impl IntoView {
    let part = move |get: fn(&AudioForm) -> String| {
        sheet.part(move |form| {
            form.audio
                .iter()
                .find(|a| a.blob == blob)
                .map(get)
                .unwrap_or_default()
        })
    };
    let edit = move |change: &dyn Fn(&mut AudioForm)| {
        sheet.form.update(|form| {
            form.audio
                .iter_mut()
                .filter(|a| a.blob == blob)
                .for_each(change)
        });
    };
    let lang = part(|audio| audio.lang.clone());
    let machine = sheet.part(move |form| form.audio.iter().any(|a| a.blob == blob && a.machine));
    let options = sheet.form.with_untracked(|form| {
        form.texts
            .iter()
            .map(|text| (text.lang.clone(), language_name(&text.lang)))
            .collect::<Vec<_>>()
    });
    view! {
        <li class="sound">
            <audio controls preload="metadata" src=blob_address(&blob) aria-label=t!("desk-sound-play")></audio>
            <Pick
                id=format!("sound-lang-{blob}") label=t!("desk-sound-language") options=options value=lang
                on_pick=move |lang: String| edit(&|audio| audio.lang = lang.clone())
            />
            <Switch label=t!("desk-sound-machine") on=machine on_turn=move |on| edit(&|audio| audio.machine = on) />
            <IconButton
                icon=Icon::Bin
                label=t!("desk-sound-remove")
                on_press=move || sheet.form.update(|form| form.audio.retain(|a| a.blob != blob))
            />
        </li>
    }
}

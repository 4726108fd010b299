//! Files on their way to the hub, one after the other.

use bantin_wire::desk::publication::Uploaded;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use crate::component::callout::{Callout, Tone};
use crate::component::icon::Icon;
use crate::desk::state::{Desk, desk};
use crate::t;
use crate::text::failure_text;

/// Files being handed over.
#[derive(Clone, Copy)]
pub struct Upload {
    desk: Desk,
    /// Files not arrived yet.
    pub left: RwSignal<usize>,
    /// Names and reasons of those that were not taken.
    refused: RwSignal<Vec<(String, Failure)>>,
}

impl Upload {
    /// Nothing on its way.
    pub fn new() -> Self {
        Self {
            desk: desk(),
            left: RwSignal::new(0),
            refused: RwSignal::new(Vec::new()),
        }
    }

    /// Something is on its way.
    pub fn busy(self) -> Signal<bool> {
        Signal::derive(move || self.left.get() > 0)
    }

    /// Hands `files` over, at most `room` of them, and calls `took` with each that must begin with
    /// `mime` once the hub has looked at it.
    pub fn send(
        self,
        files: Vec<File>,
        room: usize,
        mime: &'static str,
        took: impl Fn(Uploaded) + 'static,
    ) {
        self.refused.set(Vec::new());
        let spare = files.len().saturating_sub(room);
        if spare > 0 {
            let limit = Failure::new(Code::TooMany).with(room as u64);
            self.refused
                .update(|all| all.push((t!("desk-upload-spare", count = spare as u64), limit)));
        }
        let files: Vec<File> = files.into_iter().take(room).collect();
        self.left.update(|left| *left += files.len());
        spawn_local(async move {
            for file in files {
                let outcome = self.desk.client.upload(&file).await;
                if self
                    .left
                    .try_update(|left| *left = left.saturating_sub(1))
                    .is_none()
                {
                    return;
                }
                match outcome {
                    Ok(uploaded) if uploaded.mime.starts_with(mime) => took(uploaded),
                    Ok(_) => self.refuse(&file, Failure::new(Code::MediaKind)),
                    Err(failure) => self.refuse(&file, failure),
                }
            }
        });
    }

    fn refuse(self, file: &File, failure: Failure) {
        self.refused.update(|all| all.push((file.name(), failure)));
    }
}

/// What is on its way, and what was not taken and why.
#[component]
pub fn UploadState(
    /// The files.
    upload: Upload,
) -> impl IntoView {
    view! {
        <p class="sheet-note" role="status">
            {move || match upload.left.get() {
                0 => String::new(),
                left => t!("desk-uploading", count = left as u64),
            }}
        </p>
        {move || {
            upload
                .refused
                .get()
                .into_iter()
                .map(|(name, failure)| {
                    let text = t!("desk-upload-refused", name = name, why = failure_text(&failure));
                    view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=text /> }
                })
                .collect_view()
        }}
    }
}

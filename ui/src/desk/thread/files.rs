//! Photos and sounds of a letter. The hub opens them for this officer only; nothing is kept here.

use bantin_wire::desk::conversation::AttachmentView;
use leptos::prelude::*;

use super::message::file_icon;
use crate::component::icon::Glyph;
use crate::desk::client::attachment_address;
use crate::t;
use crate::text::bytes_text;

/// What came with a message.
#[component]
pub fn Files(
    /// Which conversation.
    conversation: String,
    /// Its files.
    files: Vec<AttachmentView>,
) -> impl IntoView {
    if files.is_empty() {
        return ().into_any();
    }
    let shown = files
        .into_iter()
        .enumerate()
        .map(|(at, file)| {
            one(
                &attachment_address(&conversation, &file.hash),
                at + 1,
                &file,
            )
        })
        .collect_view();
    view! { <ul class="files">{shown}</ul> }.into_any()
}

fn one(address: &str, number: usize, file: &AttachmentView) -> AnyView {
    let (address, link) = (address.to_owned(), address.to_owned());
    let number = number as u64;
    match file.mime.split('/').next() {
        Some("image") => view! {
            <li class="file-photo">
                <a href=link target="_blank" rel="noopener" title=t!("desk-photo-open")>
                    <img src=address alt=t!("desk-photo", number = number) loading="lazy" decoding="async" />
                </a>
            </li>
        }
        .into_any(),
        Some("audio") => view! {
            <li class="file-sound">
                <audio controls preload="none" src=address aria-label=t!("desk-sound", number = number)></audio>
            </li>
        }
        .into_any(),
        _ => {
            let words = t!("desk-file", number = number, size = bytes_text(file.bytes));
            view! {
                <li>
                    <a class="button" href=address download>
                        <Glyph icon=file_icon(&file.mime) />
                        <span>{words}</span>
                    </a>
                </li>
            }
            .into_any()
        }
    }
}

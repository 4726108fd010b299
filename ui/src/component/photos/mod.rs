//! Photos chosen on this device: taken or picked, handed to the engine at once (it removes where and when
//! they were taken), shown small, removable. Needs the engine.

use bantin_wire::ipc::media::PhotoAdded;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use super::button::IconButton;
use super::callout::{Callout, Tone};
use super::field::target;
use super::icon::{Glyph, Icon};
use super::picture::Picture;
use crate::engine::{self, PictureSource};
use crate::t;
use crate::text::failure_text;

/// Most photos in one letter or product.
pub const PHOTOS_MAX: usize = 8;

/// Photos being gathered.
#[component]
pub fn Photos(
    /// Names the field in the page; unique on a screen.
    id: &'static str,
    /// Tokens of the photos so far, in order.
    tokens: RwSignal<Vec<String>>,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let taking = RwSignal::new(0usize);
    let take = move |event: web_sys::Event| {
        let Some(input) = target::<HtmlInputElement>(&event) else {
            return;
        };
        failure.set(None);
        let files = input.files();
        let chosen =
            (0..files.as_ref().map_or(0, |f| f.length())).filter_map(|at| files.as_ref()?.get(at));
        for file in chosen.collect::<Vec<_>>() {
            if tokens.with_untracked(Vec::len) + taking.get_untracked() >= PHOTOS_MAX {
                failure.set(Some(Failure::new(Code::TooMany).with(PHOTOS_MAX as u64)));
                break;
            }
            taking.update(|n| *n += 1);
            spawn_local(async move {
                let added = add(file).await;
                taking.update(|n| *n -= 1);
                match added {
                    Ok(photo) => tokens.update(|all| all.push(photo.token)),
                    Err(why) => failure.set(Some(why)),
                }
            });
        }
        // So that the same photo can be chosen again after it was removed.
        input.set_value("");
    };
    let full = move || tokens.with(Vec::len) >= PHOTOS_MAX;
    view! {
        <div class="photos">
            <ul class="photos-list">
                <For each=move || tokens.get() key=Clone::clone let:token>
                    <Chosen token=token tokens=tokens />
                </For>
                <Show when=move || { taking.get() > 0 }>
                    <li class="photos-item photos-taking" role="status">{t!("photo-taking")}</li>
                </Show>
            </ul>
            {move || {
                failure
                    .get()
                    .map(|f| view! { <Callout tone=Tone::Wrong icon=Icon::Warning text=failure_text(&f) /> })
            }}
            <label class="photos-add" for=id class:unseen=full>
                <Glyph icon=Icon::Camera />
                <span>{t!("photo-add")}</span>
            </label>
            <input id=id class="photos-input unseen" type="file" accept="image/*" multiple on:change=take />
            <p class="field-hint">{t!("photo-privacy")}</p>
        </div>
    }
}

#[component]
fn Chosen(token: String, tokens: RwSignal<Vec<String>>) -> impl IntoView {
    let place = {
        let token = token.clone();
        move || tokens.with(|all| all.iter().position(|t| *t == token).map_or(0, |at| at + 1))
    };
    let source = PictureSource::Photo(token.clone());
    view! {
        <li class="photos-item">
            <Picture source=source alt=t!("photo-alt", number = untrack(&place) as u64) class="picture-square" />
            <IconButton
                icon=Icon::Close
                label=Signal::derive(move || t!("photo-remove", number = place() as u64))
                on_press=move || tokens.update(|all| all.retain(|t| *t != token))
            />
        </li>
    }
}

/// Photos above this are not even read: a phone with 1 GB would fall over. The engine's own limit is lower.
const FILE_BYTES_MAX: f64 = 64.0 * 1024.0 * 1024.0;

async fn add(file: File) -> Result<PhotoAdded, Failure> {
    if file.size() > FILE_BYTES_MAX {
        return Err(Failure::new(Code::MediaTooLarge).with(20));
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| Failure::new(Code::MediaDamaged))?;
    engine::photo_add(js_sys::Uint8Array::new(&buffer)).await
}

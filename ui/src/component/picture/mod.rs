//! Pictures from the engine. Their place is kept while they come, and is woven when they do not. A large one
//! that waits for Wi-Fi or a charger comes at a tap.

use bantin_model::budget::DataKind;
use bantin_wire::{Code, Failure};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::brocade::{Brocade, Motif};
use super::icon::{Glyph, Icon};
use crate::engine::{PictureSource, picture_url};
use crate::t;

/// A picture.
#[component]
pub fn Picture(
    /// Which.
    source: PictureSource,
    /// What it shows; empty if the words beside it say so already.
    #[prop(into)]
    alt: String,
    /// `picture-tile`, `picture-wide`, …: its shape.
    class: &'static str,
) -> impl IntoView {
    // The small shapes stand in lists and show thumbnails.
    let kind = match class {
        "picture-thumb" | "picture-tile" => DataKind::Thumb,
        _ => DataKind::Rest,
    };
    let url = RwSignal::new(None::<Result<String, Failure>>);
    let source = StoredValue::new(source);
    let fetch = move |asked: bool| {
        url.set(None);
        spawn_local(async move {
            let found = picture_url(source.get_value(), kind, asked).await;
            // The screen may be gone by now.
            let _ = url.try_set(Some(found));
        });
    };
    fetch(false);
    let alt = StoredValue::new(alt);
    view! {
        <span class=format!("picture {class}")>
            {move || match url.get() {
                None => ().into_any(),
                Some(Ok(url)) => {
                    view! { <img src=url alt=alt.get_value() decoding="async" /> }.into_any()
                }
                Some(Err(why)) => {
                    view! {
                        <span class="picture-none">
                            <Brocade motif=Motif::Diamond />
                            <span class="unseen">{alt.get_value()}</span>
                        </span>
                        {(kind == DataKind::Rest).then(|| waits(&why, fetch))}
                    }
                        .into_any()
                }
            }}
        </span>
    }
}

/// The way to a picture that waits.
fn waits(why: &Failure, fetch: impl Fn(bool) + 'static) -> Option<AnyView> {
    match why.code {
        Code::DataWaits => Some(
            view! {
                <button type="button" class="button picture-fetch" on:click=move |_| fetch(true)>
                    <Glyph icon=Icon::Photo />
                    <span>{t!("picture-fetch")}</span>
                </button>
            }
            .into_any(),
        ),
        Code::DataSpent => Some(
            view! { <span class="picture-fetch picture-spent">{t!("picture-spent")}</span> }
                .into_any(),
        ),
        _ => None,
    }
}

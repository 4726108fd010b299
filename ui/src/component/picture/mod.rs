//! Pictures from the engine. Their place is kept while they come, and is woven when they do not.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::brocade::{Brocade, Motif};
use crate::engine::{PictureSource, picture_url};

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
    let url = RwSignal::new(None::<Result<String, ()>>);
    spawn_local(async move {
        let found = picture_url(source).await.map_err(|_| ());
        // The screen may be gone by now.
        let _ = url.try_set(Some(found));
    });
    let alt = StoredValue::new(alt);
    view! {
        <span class=format!("picture {class}")>
            {move || match url.get() {
                None => ().into_any(),
                Some(Ok(url)) => {
                    view! { <img src=url alt=alt.get_value() decoding="async" /> }.into_any()
                }
                Some(Err(())) => {
                    view! {
                        <span class="picture-none">
                            <Brocade motif=Motif::Diamond />
                            <span class="unseen">{alt.get_value()}</span>
                        </span>
                    }
                        .into_any()
                }
            }}
        </span>
    }
}

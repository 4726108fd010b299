//! Photos side by side: swiped by finger, scrolled by keyboard, jumped to by button.

use bantin_wire::ipc::notice::PictureView;
use leptos::html;
use leptos::prelude::*;

use crate::component::picture::Picture;
use crate::engine::PictureSource;
use crate::t;

/// The photos; nothing when there are none.
#[component]
pub fn Swipe(pictures: Vec<PictureView>) -> impl IntoView {
    let strip = NodeRef::<html::Div>::new();
    let count = pictures.len();
    if count == 0 {
        return ().into_any();
    }
    let at = RwSignal::new(0usize);
    let slides = pictures
        .into_iter()
        .map(|picture| {
            let source = PictureSource::Blob(picture.screen);
            view! { <div class="slide"><Picture source=source alt=picture.alt class="picture-wide" /></div> }
        })
        .collect_view();
    let dots = (0..count)
        .map(|to| {
            view! {
                <button
                    type="button"
                    class="swipe-dot"
                    aria-label=t!("photo-show", number = (to + 1) as u64, all = count as u64)
                    aria-current=move || (at.get() == to).then_some("true")
                    on:click=move |_| {
                        if let Some(strip) = strip.get_untracked() {
                            let width = strip.client_width();
                            strip.set_scroll_left(width * i32::try_from(to).unwrap_or(0));
                        }
                    }
                ></button>
            }
        })
        .collect_view();
    let follow = move |_| {
        if let Some(strip) = strip.get_untracked() {
            let width = strip.client_width().max(1);
            let middle = strip.scroll_left() + width / 2;
            at.set(usize::try_from(middle / width).unwrap_or(0));
        }
    };
    view! {
        <div class="swipe">
            <div
                class="slides"
                node_ref=strip
                tabindex="0"
                role="group"
                aria-label=t!("photos", count = count as u64)
                on:scroll=follow
            >
                {slides}
            </div>
            {(count > 1).then(|| view! { <div class="swipe-dots">{dots}</div> })}
        </div>
    }
    .into_any()
}

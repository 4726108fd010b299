//! A window in the window, as wide as a small phone, so that the citizen's styles meet a phone's width
//! and not the desk's. Empty and of our own origin; the reader is drawn into it from here.

use std::any::Any;

use bantin_wire::ipc::device::{DeviceStatus, Settings};
use bantin_wire::ipc::notice::NoticePage;
use leptos::html;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlIFrameElement};

use crate::citizen::reader::Page;
use crate::citizen::route::Route;
use crate::citizen::state::App;
use crate::t;

/// The phone.
#[component]
pub fn Phone(
    /// What the reader shows.
    page: RwSignal<NoticePage>,
    /// The language that is open; the reader's own buttons change it too.
    tab: RwSignal<String>,
    /// In the dark.
    dark: RwSignal<bool>,
    /// With large text.
    large: RwSignal<bool>,
) -> impl IntoView {
    let frame = NodeRef::<html::Iframe>::new();
    let drawn = StoredValue::new_local(None::<Box<dyn Any>>);
    // Grows with every new document the browser gives the frame.
    let loads = RwSignal::new(0u32);
    let fill = move || {
        let Some(document) = frame.get_untracked().and_then(|frame| inside(&frame)) else {
            return;
        };
        borrow_styles(&document);
        drawn.set_value(None);
        if let Some(body) = document.body() {
            drawn.set_value(Some(Box::new(mount_to(
                body,
                move || view! { <Reader page=page tab=tab /> },
            ))));
        }
        loads.update(|n| *n += 1);
    };
    Effect::new(move |_| {
        loads.track();
        let theme = if dark.get() {
            "theme-dark"
        } else {
            "theme-light"
        };
        let size = if large.get() { "text-200" } else { "text-100" };
        let document = frame.get().and_then(|frame| inside(&frame));
        if let Some(root) = document.and_then(|d| d.document_element()) {
            // Attributes of the root element can always be set.
            let _ = root.set_attribute("class", &format!("{theme} {size}"));
        }
    });
    on_cleanup(move || drawn.set_value(None));
    view! {
        <div class="phone">
            <iframe
                class="phone-glass"
                node_ref=frame
                title=t!("desk-preview-title")
                on:load=move |_| fill()
            ></iframe>
        </div>
    }
}

fn inside(frame: &HtmlIFrameElement) -> Option<Document> {
    frame.content_document()
}

/// The same style sheet as this page; it is in the cache already.
fn borrow_styles(document: &Document) {
    let sheet = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.query_selector("link[rel=stylesheet]").ok().flatten())
        .and_then(|link| link.get_attribute("href"));
    let link = document.create_element("link").ok();
    if let (Some(sheet), Some(link), Some(head)) = (sheet, link, document.head()) {
        // A fresh link takes any attribute, and an empty head takes a link.
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", &sheet);
        let _ = head.append_child(&link);
    }
}

/// The citizen's reader with nothing behind it: it can be looked at and listened to, and leads nowhere.
#[component]
fn Reader(page: RwSignal<NoticePage>, tab: RwSignal<String>) -> impl IntoView {
    provide_context(App::new(
        Settings::default(),
        DeviceStatus::default(),
        Route::Home,
    ));
    let lang = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(asked) = lang.get() {
            // The editor may be closed by now.
            let _ = tab.try_set(asked);
        }
    });
    let stay = |event: web_sys::MouseEvent| {
        // The element belongs to the frame's own realm, where ours is no `Element`: no checked cast.
        let target = event.target().map(|t| t.unchecked_into::<Element>());
        if target.is_some_and(|t| t.closest("a").ok().flatten().is_some()) {
            event.prevent_default();
        }
    };
    view! {
        <div class="phone-page" on:click=stay>
            {move || view! { <Page page=page.get() lang=lang /> }}
        </div>
    }
}

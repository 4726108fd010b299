//! What a person wrote must outlast a full disk. A browser may clear the store of a page it thinks little
//! of, letters and all, unless it promised not to; this asks for the promise.

use std::cell::Cell;

use bantin_wire::Command;
use bantin_wire::ipc::conversation::{ConversationAsk, ConversationReply};
use bantin_wire::ipc::device::DraftSet;
use bantin_wire::ipc::media::PHOTO_ADD;
use bantin_wire::ipc::product::ProductSubmit;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// After these the store holds something that no hub can give again.
const WRITE: [&str; 5] = [
    DraftSet::NAME,
    PHOTO_ADD,
    ConversationAsk::NAME,
    ConversationReply::NAME,
    ProductSubmit::NAME,
];

/// Whether the promise was asked for in this window.
#[derive(Default)]
pub struct Lasting {
    asked: Cell<bool>,
}

impl Lasting {
    /// The engine did the command `name`. Asks once, and not before there is something to keep: some
    /// browsers put the question to the person, who should know what it is about.
    pub fn did(&self, name: &str) {
        if !WRITE.contains(&name) || self.asked.replace(true) {
            return;
        }
        let Some(window) = web_sys::window() else {
            return;
        };
        let storage = window.navigator().storage();
        // Over plain HTTP (a village relay) no page is given one.
        if storage.is_undefined() {
            return;
        }
        if let Ok(promise) = storage.persist() {
            spawn_local(async move {
                // Refused, the store stays as it is: kept as long as there is room.
                let _ = JsFuture::from(promise).await;
            });
        }
    }
}

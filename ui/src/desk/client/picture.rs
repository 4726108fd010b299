//! The citizen's reader, shown in the desk, asks an engine for the bytes of pictures and sounds. Here it
//! gets them from the hub, which has those of drafts too; it gets nothing else.

use bantin_wire::desk::BLOB;
use bantin_wire::ipc::media::BLOB_GET;
use bantin_wire::{Code, Failure};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::engine::{Answer, Engine};

/// The bytes of blobs and nothing more.
pub struct DeskEngine;

impl Engine for DeskEngine {
    fn send(&self, name: &'static str, args: JsValue, _: Option<Uint8Array>) -> Answer {
        Box::pin(async move {
            if name != BLOB_GET {
                return Err(Failure::new(Code::NotAllowed));
            }
            let hash = Reflect::get(&args, &JsValue::from_str("hash"))
                .ok()
                .and_then(|hash| hash.as_string())
                .ok_or_else(|| Failure::new(Code::Malformed))?;
            fetch(&format!("{BLOB}/{hash}")).await
        })
    }

    fn on_change(&self, _: Box<dyn Fn()>) {}
}

async fn fetch(address: &str) -> Result<JsValue, Failure> {
    let offline = |_| Failure::new(Code::Offline);
    let window = web_sys::window().ok_or_else(|| Failure::new(Code::Internal))?;
    let response: Response = JsFuture::from(window.fetch_with_str(address))
        .await
        .map_err(offline)?
        .unchecked_into();
    match response.status() {
        200 => JsFuture::from(response.array_buffer().map_err(offline)?)
            .await
            .map_err(offline),
        _ => Err(Failure::new(Code::NotFound)),
    }
}

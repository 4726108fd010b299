//! The engine behind the window: one trait, two implementations. In the app it is reached over Tauri's
//! IPC ([`tauri`]), in a browser over messages to a module worker ([`worker`]). Screens never know which.

mod bytes;
mod lasting;
mod once;
mod tauri;
mod worker;

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use bantin_model::budget::DataKind;
use bantin_model::id::Hash;
use bantin_wire::ipc::media::{BLOB_GET, BlobArgs, PHOTO_ADD, PHOTO_GET, PhotoAdded};
use bantin_wire::ipc::pack::PACK_PIECE;
use bantin_wire::{Code, Command, Failure};
use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::json;

pub use bytes::{PictureSource, audio_url, picture_url, revoke};
pub use once::once;

/// What an engine answers: a plain JavaScript value, or an `ArrayBuffer` for the commands that carry bytes.
pub type Answer = Pin<Box<dyn Future<Output = Result<JsValue, Failure>>>>;

/// The way to an engine. Everything typed is built on [`Engine::send`] in this module.
pub trait Engine {
    /// Runs the command `name`. `args` is a plain object; `bytes`, when given, is the raw body and `args`
    /// is not sent.
    fn send(&self, name: &'static str, args: JsValue, bytes: Option<Uint8Array>) -> Answer;

    /// Calls `callback` whenever the engine says that something it holds has changed.
    fn on_change(&self, callback: Box<dyn Fn()>);
}

thread_local! {
    static ENGINE: RefCell<Option<Rc<dyn Engine>>> = const { RefCell::new(None) };
}

/// Picks the engine this window has: Tauri's if the window belongs to the app, else the worker named by
/// the page. Call once, before anything is shown.
pub fn start() -> Result<(), Failure> {
    let engine: Rc<dyn Engine> = match tauri::TauriEngine::find() {
        Some(found) => Rc::new(found),
        None => Rc::new(worker::WorkerEngine::start()?),
    };
    ENGINE.with_borrow_mut(|slot| *slot = Some(engine));
    Ok(())
}

/// Gives this window an engine of the caller's. Call once, before anything is shown.
pub fn install(engine: Rc<dyn Engine>) {
    ENGINE.with_borrow_mut(|slot| *slot = Some(engine));
}

fn current() -> Result<Rc<dyn Engine>, Failure> {
    ENGINE
        .with_borrow(Clone::clone)
        .ok_or_else(|| Failure::new(Code::Internal))
}

/// Calls `callback` whenever the engine says that something has changed.
pub fn on_change(callback: impl Fn() + 'static) {
    if let Ok(engine) = current() {
        engine.on_change(Box::new(callback));
    }
}

/// Runs a command and returns its typed reply.
pub async fn run<C: Command>(command: &C) -> Result<C::Reply, Failure> {
    let args = to_js(command)?;
    from_js(&current()?.send(C::NAME, args, None).await?)
}

/// Whether this window belongs to the app, and not to a browser.
pub fn in_app() -> bool {
    tauri::TauriEngine::find().is_some()
}

/// Hands a piece of a pack over.
pub async fn pack_piece(piece: Uint8Array) -> Result<(), Failure> {
    from_js(
        &current()?
            .send(PACK_PIECE, JsValue::UNDEFINED, Some(piece))
            .await?,
    )
}

/// Hands a photo over as the person chose it; the engine strips and scales it.
pub async fn photo_add(photo: Uint8Array) -> Result<PhotoAdded, Failure> {
    from_js(
        &current()?
            .send(PHOTO_ADD, JsValue::UNDEFINED, Some(photo))
            .await?,
    )
}

/// JPEG bytes of a photo of a draft or letter.
pub async fn photo_get(token: &str) -> Result<JsValue, Failure> {
    #[derive(Serialize)]
    struct Args<'a> {
        token: &'a str,
    }
    current()?
        .send(PHOTO_GET, to_js(&Args { token })?, None)
        .await
}

/// Bytes of a blob of the news. `asked`: a person tapped this very thing.
pub async fn blob_get(hash: Hash, kind: DataKind, asked: bool) -> Result<JsValue, Failure> {
    let kind = Some(kind);
    let args = BlobArgs { hash, kind, asked };
    current()?.send(BLOB_GET, to_js(&args)?, None).await
}

/// Any serialisable value as a plain JavaScript value. Through JSON text: the browser's own parser is
/// quicker and smaller than building objects field by field.
fn to_js<T: Serialize>(value: &T) -> Result<JsValue, Failure> {
    let text = json::write(value).map_err(|_| Failure::new(Code::Malformed))?;
    js_sys::JSON::parse(&text).map_err(|_| Failure::new(Code::Malformed))
}

fn from_js<T: serde::de::DeserializeOwned>(value: &JsValue) -> Result<T, Failure> {
    // A unit reply may come back as undefined, which JSON does not know.
    let text = if value.is_undefined() {
        "null".into()
    } else {
        js_sys::JSON::stringify(value)
            .map(String::from)
            .map_err(|_| Failure::new(Code::Malformed))?
    };
    json::read(&text).map_err(|_| Failure::new(Code::Malformed))
}

/// The failure in a rejected promise or message; anything unreadable counts as a fault inside.
fn failure_of(value: &JsValue) -> Failure {
    from_js(value).unwrap_or_else(|_| Failure::new(Code::Internal))
}

//! Messages of the page: `{id, name, args, bytes?}` in; `{id, ok?, bytes?, failure?}` and, unasked,
//! `{event: "changed"}` out.

use bantin_wire::{Code, Failure};
use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, WorkerGlobalScope};

use super::{WebEngine, pulse};
use crate::engine::Answer;

/// Answers every message from now on.
pub(super) fn listen(engine: &WebEngine) {
    let scope: &WorkerGlobalScope = &engine.host().scope;
    let heard = {
        let engine = WebEngine::clone(engine);
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            spawn_local(answer(WebEngine::clone(&engine), event.data()));
        })
    };
    // The name of the event is our own, so this cannot fail.
    let _ = scope.add_event_listener_with_callback("message", heard.as_ref().unchecked_ref());
    // The worker listens for as long as it lives.
    heard.forget();
}

/// Tells the page that something it shows may have changed.
pub(super) fn tell_changed(scope: &WorkerGlobalScope) {
    let message = Object::new();
    set(&message, "event", &"changed".into());
    post(scope, &message, &Array::new());
}

async fn answer(engine: WebEngine, message: JsValue) {
    let get = |key: &str| Reflect::get(&message, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let (id, name) = (get("id"), get("name").as_string().unwrap_or_default());
    let args = JSON::stringify(&get("args")).map_or_else(|_| "{}".into(), String::from);
    let bytes = get("bytes");
    let bytes = bytes.is_object().then(|| Uint8Array::new(&bytes).to_vec());
    let outcome = engine.run(&name, &args, bytes).await;
    let reply = Object::new();
    let carried = Array::new();
    set(&reply, "id", &id);
    match outcome {
        Ok(Answer::Json(text)) => {
            let value = JSON::parse(&text).unwrap_or(JsValue::NULL);
            set(&reply, "ok", &value);
        }
        Ok(Answer::Bytes(bytes)) => {
            let buffer = Uint8Array::from(bytes.as_slice()).buffer();
            set(&reply, "bytes", &buffer);
            carried.push(&buffer);
        }
        Err(failure) => set(&reply, "failure", &failure_value(&failure)),
    }
    post(&engine.host().scope, &reply, &carried);
    pulse::send_letters(&engine).await;
}

fn failure_value(failure: &Failure) -> JsValue {
    let text = serde_json::to_string(failure).unwrap_or_default();
    JSON::parse(&text).unwrap_or_else(|_| Code::Internal.as_str().into())
}

fn set(object: &Object, key: &str, value: &JsValue) {
    // Setting a property of a fresh plain object cannot fail.
    let _ = Reflect::set(object, &key.into(), value);
}

fn post(scope: &WorkerGlobalScope, message: &Object, carried: &Array) {
    let scope: &DedicatedWorkerGlobalScope = scope.unchecked_ref();
    // Plain values and buffers of our own can always be cloned or moved.
    let _ = scope.post_message_with_transfer(message, carried);
}

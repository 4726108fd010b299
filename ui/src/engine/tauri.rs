//! The engine of the app, behind Tauri's IPC. The global `__TAURI_INTERNALS__` is what `@tauri-apps/api`
//! itself calls; using it directly spares the bundle and a build step.

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{Answer, Engine, failure_of};
use bantin_wire::{Code, Failure};

/// Event the shell emits when the engine's data changed.
const CHANGED: &str = "engine-changed";

/// Tauri's IPC of this window.
pub struct TauriEngine {
    internals: Object,
}

impl TauriEngine {
    /// The IPC, if this window belongs to the app.
    pub fn find() -> Option<Self> {
        let window = web_sys::window()?;
        let internals = Reflect::get(&window, &"__TAURI_INTERNALS__".into()).ok()?;
        internals.is_object().then(|| Self {
            internals: internals.unchecked_into(),
        })
    }

    fn function(&self, name: &str) -> Option<Function> {
        Reflect::get(&self.internals, &name.into())
            .ok()?
            .dyn_into()
            .ok()
    }

    fn invoke(&self, name: &str, payload: &JsValue) -> Option<Promise> {
        self.function("invoke")?
            .call2(&self.internals, &name.into(), payload)
            .ok()?
            .dyn_into()
            .ok()
    }
}

impl Engine for TauriEngine {
    fn send(&self, name: &'static str, args: JsValue, bytes: Option<Uint8Array>) -> Answer {
        let payload = match bytes {
            Some(body) => body.into(),
            None => args,
        };
        let promise = self.invoke(name, &payload);
        Box::pin(async move {
            let promise = promise.ok_or_else(|| Failure::new(Code::Internal))?;
            JsFuture::from(promise).await.map_err(|e| failure_of(&e))
        })
    }

    fn on_change(&self, callback: Box<dyn Fn()>) {
        let Some(transform) = self.function("transformCallback") else {
            return;
        };
        let heard = Closure::<dyn Fn(JsValue)>::new(move |_| callback());
        let Ok(handler) = transform.call1(&self.internals, heard.as_ref()) else {
            return;
        };
        // The window listens for as long as it lives.
        heard.forget();
        let request = Object::new();
        let target = Object::new();
        let set = |object: &Object, key: &str, value: &JsValue| {
            // Setting a property of a fresh plain object cannot fail.
            let _ = Reflect::set(object, &key.into(), value);
        };
        set(&target, "kind", &"Any".into());
        set(&request, "event", &CHANGED.into());
        set(&request, "target", &target);
        set(&request, "handler", &handler);
        if let Some(promise) = self.invoke("plugin:event|listen", &request) {
            spawn_local(async move {
                // Without the event the window still refreshes after its own commands.
                let _ = JsFuture::from(promise).await;
            });
        }
    }
}

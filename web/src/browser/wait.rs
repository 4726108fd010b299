//! Events of the browser as futures.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use futures::channel::oneshot;
use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbRequest, WorkerGlobalScope};

/// Waits for the first of two events: `Ok` for the one `good` sets, `Err` for the other. The handlers
/// are set at once, not when it is awaited.
pub(super) fn either(
    good: impl FnOnce(&Function),
    bad: impl FnOnce(&Function),
) -> impl Future<Output = Result<(), ()>> {
    let (send, heard) = oneshot::channel();
    let send = Rc::new(RefCell::new(Some(send)));
    let say = |outcome: Result<(), ()>| {
        let send = Rc::clone(&send);
        Closure::<dyn Fn()>::new(move || {
            if let Some(send) = send.borrow_mut().take() {
                // Nobody waits any more: nothing to do.
                let _ = send.send(outcome);
            }
        })
    };
    // They live as long as the browser may call them, which can be longer than anybody waits: a handler
    // that is gone when its event comes would be an error of the whole worker.
    good(say(Ok(())).into_js_value().unchecked_ref());
    bad(say(Err(())).into_js_value().unchecked_ref());
    async move { heard.await.unwrap_or(Err(())) }
}

/// The result of a request, or its error.
pub(super) fn done(request: &IdbRequest) -> impl Future<Output = Result<JsValue, JsValue>> {
    let ended = either(
        |success| request.set_onsuccess(Some(success)),
        |error| request.set_onerror(Some(error)),
    );
    let request = request.clone();
    async move {
        match ended.await {
            Ok(()) => request.result(),
            Err(()) => Err(match request.error() {
                Ok(Some(error)) => error.into(),
                _ => JsValue::NULL,
            }),
        }
    }
}

/// Some milliseconds later. Nothing is left behind if nobody waits so long.
pub(super) async fn for_ms(scope: &WorkerGlobalScope, ms: i32) {
    let mut timer = None;
    let set = |later: &Function| {
        // Only fails for a worker that is being closed, and then nothing waits.
        let id = scope.set_timeout_with_callback_and_timeout_and_arguments_0(later, ms);
        timer = id.ok().map(|id| Timer { scope, id });
    };
    let over = either(set, |_| ());
    let _ = over.await;
}

/// A timer that is stopped when this goes.
struct Timer<'a> {
    scope: &'a WorkerGlobalScope,
    id: i32,
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        self.scope.clear_timeout_with_handle(self.id);
    }
}

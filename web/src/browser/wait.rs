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
    let (well, ill) = (say(Ok(())), say(Err(())));
    good(well.as_ref().unchecked_ref());
    bad(ill.as_ref().unchecked_ref());
    async move {
        let outcome = heard.await.unwrap_or(Err(()));
        // The handlers live until here.
        drop((well, ill));
        outcome
    }
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

/// Some milliseconds later.
pub(super) async fn for_ms(scope: &WorkerGlobalScope, ms: i32) {
    let set = |later: &Function| {
        // Only fails for a worker that is being closed, and then nothing waits.
        let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(later, ms);
    };
    let _ = either(set, |_| ()).await;
}

//! Locks over all tabs of the origin: the Web Locks API, and within this worker a mutex of our own, which
//! is all there is where the page came over plain HTTP (a village relay): there the API is missing.

use std::rc::Rc;

use futures::channel::oneshot;
use futures::lock::{Mutex, OwnedMutexGuard};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::WorkerGlobalScope;

use crate::host::Lock;

/// The locks of this worker.
#[derive(Default)]
pub(super) struct Locks {
    write: std::sync::Arc<Mutex<()>>,
    sync: std::sync::Arc<Mutex<()>>,
}

/// A lock held until this is dropped.
pub struct Guard {
    _here: OwnedMutexGuard<()>,
    everywhere: Option<Function>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(release) = &self.everywhere {
            // Resolving a promise never throws.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

impl Locks {
    /// Waits for `lock`.
    pub(super) async fn take(&self, scope: &WorkerGlobalScope, lock: Lock) -> Guard {
        let (here, name) = match lock {
            Lock::Write => (&self.write, "bantin-write"),
            Lock::Sync => (&self.sync, "bantin-sync"),
        };
        let here = std::sync::Arc::clone(here).lock_owned().await;
        Guard {
            _here: here,
            everywhere: everywhere(scope, name).await,
        }
    }
}

/// Waits for the lock of that name among all tabs; what it gives lets the lock go. None where the
/// browser has no such locks.
async fn everywhere(scope: &WorkerGlobalScope, name: &str) -> Option<Function> {
    let locks = Reflect::get(&scope.navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    let request: Function = request.dyn_into().ok()?;
    let mut release = None;
    let released = Promise::new(&mut |resolve, _| release = Some(resolve));
    let (send, granted) = oneshot::channel::<()>();
    let send = Rc::new(std::cell::RefCell::new(Some(send)));
    let hold = {
        let send = Rc::clone(&send);
        Closure::<dyn Fn(JsValue) -> JsValue>::new(move |_| {
            if let Some(send) = send.borrow_mut().take() {
                // The waiting future may be gone; the promise below is released with it.
                let _ = send.send(());
            }
            released.clone().into()
        })
    };
    // It lives as long as the browser may call it: who waited may be gone by then.
    let asked = request.call2(&locks, &name.into(), &hold.into_js_value());
    let asked: Promise = asked.ok()?.dyn_into().ok()?;
    spawn_local(async move {
        // Refused, as in a window without an origin of its own: then nobody may wait for it.
        if JsFuture::from(asked).await.is_err() {
            drop(send.borrow_mut().take());
        }
    });
    granted.await.ok()?;
    release
}

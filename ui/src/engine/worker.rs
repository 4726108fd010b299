//! The engine of a browser, in a module worker beside this page. Messages to it are
//! `{id, name, args, bytes?}`; back come `{id, ok?, bytes?, failure?}` and, unasked, `{event: "changed"}`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use bantin_wire::{Code, Failure};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::lasting::Lasting;
use super::{Answer, Engine, failure_of};

/// The two ends of a promise somebody waits for.
struct Waiting {
    resolve: Function,
    reject: Function,
}

/// What the worker's messages are matched against.
#[derive(Default)]
struct Inbox {
    waiting: RefCell<BTreeMap<u32, Waiting>>,
    listeners: RefCell<Vec<Rc<dyn Fn()>>>,
}

/// The worker and everybody who waits for it.
pub struct WorkerEngine {
    worker: Worker,
    next: Cell<u32>,
    inbox: Rc<Inbox>,
    lasting: Rc<Lasting>,
}

impl WorkerEngine {
    /// Starts the worker that the page's `<meta name="engine-worker">` names.
    pub fn start() -> Result<Self, Failure> {
        let inside = || Failure::new(Code::Internal);
        let address = web_sys::window()
            .and_then(|w| w.document())
            .and_then(|d| d.query_selector("meta[name=engine-worker]").ok().flatten())
            .and_then(|meta| meta.get_attribute("content"))
            .ok_or_else(inside)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address, &options).map_err(|_| inside())?;
        let inbox = Rc::new(Inbox::default());
        listen(&worker, &inbox);
        Ok(Self {
            worker,
            next: Cell::new(1),
            inbox,
            lasting: Rc::default(),
        })
    }
}

fn listen(worker: &Worker, inbox: &Rc<Inbox>) {
    let message = {
        let inbox = Rc::clone(inbox);
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| inbox.take(&event.data()))
    };
    worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
    message.forget();
    // A worker that cannot be loaded or falls over answers nobody any more.
    let fallen = {
        let inbox = Rc::clone(inbox);
        Closure::<dyn Fn(JsValue)>::new(move |_| inbox.give_up())
    };
    worker.set_onerror(Some(fallen.as_ref().unchecked_ref()));
    fallen.forget();
}

impl Inbox {
    fn take(&self, data: &JsValue) {
        let get = |key: &str| Reflect::get(data, &key.into()).unwrap_or(JsValue::UNDEFINED);
        let Some(id) = get("id").as_f64() else {
            // Cloned first: a listener may add a listener.
            let listeners = self.listeners.borrow().clone();
            listeners.iter().for_each(|tell| tell());
            return;
        };
        let Some(waiting) = self.waiting.borrow_mut().remove(&(id as u32)) else {
            return;
        };
        let (end, value) = match (get("failure"), get("bytes")) {
            (failure, _) if failure.is_object() => (waiting.reject, failure),
            (_, bytes) if bytes.is_object() => (waiting.resolve, bytes),
            _ => (waiting.resolve, get("ok")),
        };
        // The ends of a promise never throw.
        let _ = end.call1(&JsValue::NULL, &value);
    }

    fn give_up(&self) {
        let waiting = std::mem::take(&mut *self.waiting.borrow_mut());
        for (_, one) in waiting {
            let _ = one.reject.call1(&JsValue::NULL, &JsValue::NULL);
        }
    }
}

impl Engine for WorkerEngine {
    fn send(&self, name: &'static str, args: JsValue, bytes: Option<Uint8Array>) -> Answer {
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        let message = Object::new();
        let set = |key: &str, value: &JsValue| {
            // Setting a property of a fresh plain object cannot fail.
            let _ = Reflect::set(&message, &key.into(), value);
        };
        set("id", &id.into());
        set("name", &name.into());
        let args = if args.is_undefined() {
            Object::new().into()
        } else {
            args
        };
        set("args", &args);
        let carried = Array::new();
        if let Some(body) = bytes {
            let buffer = body.buffer();
            set("bytes", &buffer);
            carried.push(&buffer);
        }
        let promise = Promise::new(&mut |resolve, reject| {
            self.inbox
                .waiting
                .borrow_mut()
                .insert(id, Waiting { resolve, reject });
        });
        let posted = self.worker.post_message_with_transfer(&message, &carried);
        let lasting = Rc::clone(&self.lasting);
        Box::pin(async move {
            posted.map_err(|_| Failure::new(Code::Internal))?;
            let answer = JsFuture::from(promise).await.map_err(|e| failure_of(&e))?;
            lasting.did(name);
            Ok(answer)
        })
    }

    fn on_change(&self, callback: Box<dyn Fn()>) {
        self.inbox.listeners.borrow_mut().push(Rc::from(callback));
    }
}

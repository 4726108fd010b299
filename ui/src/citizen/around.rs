//! What this window knows of network and battery, told to the engine: browsers and phones say more of it to
//! a page than to a program. What a browser does not say stays unknown.

use std::cell::Cell;

use bantin_model::budget::{Battery, Surroundings};
use bantin_wire::ipc::data::DataAround;
use js_sys::{Function, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::engine;

thread_local! {
    static TOLD: Cell<Surroundings> = Cell::new(Surroundings::default());
}

/// Tells the engine now and whenever it changes.
pub fn watch() {
    let Some(navigator) = web_sys::window().map(|window| JsValue::from(window.navigator())) else {
        return;
    };
    let network = get(&navigator, "connection");
    tell(|around| hear_network(around, &network));
    on(&network, "change", move |network| {
        tell(|around| hear_network(around, network));
    });
    spawn_local(async move {
        let Some(battery) = battery_of(&navigator).await else {
            return;
        };
        tell(|around| hear_battery(around, &battery));
        for event in ["levelchange", "chargingchange"] {
            on(&battery, event, move |battery| {
                tell(|around| hear_battery(around, battery));
            });
        }
    });
}

/// Says what changed; nothing if nothing did.
fn tell(hear: impl FnOnce(&mut Surroundings)) {
    let before = TOLD.get();
    let mut around = before;
    hear(&mut around);
    if around == before {
        return;
    }
    TOLD.set(around);
    spawn_local(async move {
        // An engine that does not hear it goes by what it knows itself.
        let _ = engine::run(&DataAround { around }).await;
    });
}

/// `navigator.connection`: its kind and the data saver.
fn hear_network(around: &mut Surroundings, network: &JsValue) {
    let kind = get(network, "type").as_string();
    around.metered = match kind.as_deref() {
        Some("cellular" | "wimax") => Some(true),
        Some("wifi" | "ethernet") => Some(false),
        _ => None,
    };
    around.saver = get(network, "saveData").as_bool();
}

/// `BatteryManager`: level from 0 to 1, and whether it charges.
fn hear_battery(around: &mut Surroundings, battery: &JsValue) {
    let level = get(battery, "level").as_f64();
    let level = level.filter(|level| (0.0..=1.0).contains(level));
    around.battery = level.map(|level| Battery {
        percent: (level * 100.0).round() as u8,
        charging: get(battery, "charging").as_bool(),
    });
}

async fn battery_of(navigator: &JsValue) -> Option<JsValue> {
    let ask: Function = get(navigator, "getBattery").dyn_into().ok()?;
    let promise: Promise = ask.call0(navigator).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Listens to an object that may not be there.
fn on(object: &JsValue, event: &str, heard: impl Fn(&JsValue) + 'static) {
    let Some(target) = object.dyn_ref::<web_sys::EventTarget>() else {
        return;
    };
    let source = object.clone();
    let heard = Closure::<dyn Fn()>::new(move || heard(&source));
    // The window listens for as long as it lives.
    let _ = target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    heard.forget();
}

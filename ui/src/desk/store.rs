//! What this browser keeps for the officer: words not sent yet for as long as the tab lives, the look for
//! longer. Nothing here is needed to work; a browser that keeps nothing only forgets.

use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::{Storage, window};

use crate::json;

fn session() -> Option<Storage> {
    window()?.session_storage().ok()?
}

fn local() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// What the tab keeps under `key`.
pub fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = session()?.get_item(key).ok()??;
    json::read(&text).ok()
}

/// Keeps `value` for as long as the tab lives.
pub fn keep<T: Serialize>(key: &str, value: &T) {
    if let (Some(store), Ok(text)) = (session(), json::write(value)) {
        // A full store only means that a reload would forget.
        let _ = store.set_item(key, &text);
    }
}

/// Forgets `key`.
pub fn forget(key: &str) {
    if let Some(store) = session() {
        // Removing what is not there is no failure.
        let _ = store.remove_item(key);
    }
}

/// Forgets everything the tab keeps: another officer sits down.
pub fn forget_all() {
    if let Some(store) = session() {
        // Clearing cannot fail where reading works.
        let _ = store.clear();
    }
}

/// What the browser keeps under `key` beyond the tab.
pub fn lasting(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Keeps `value` beyond the tab.
pub fn keep_lasting(key: &str, value: &str) {
    if let Some(store) = local() {
        // A browser that keeps nothing shows the default next time.
        let _ = store.set_item(key, value);
    }
}

//! Names for acts, so that a double tap or a retry has the effect of one.

use web_sys::window;

/// A fresh random name: 128 bits as hex.
pub fn once() -> String {
    let mut bytes = [0u8; 16];
    if let Some(crypto) = window().and_then(|w| w.crypto().ok()) {
        // Every browser above our floor fills any buffer of this size.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

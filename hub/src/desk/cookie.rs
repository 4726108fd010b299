//! The session cookie. Its name carries the desk's origin, because cookies ignore ports and two desks
//! on one machine must not sign each other out.

use axum::http::{HeaderMap, HeaderValue, header};
use bantin_model::id::Hash;

use super::origin::Ours;

/// The path under which the browser sends it.
const PATH: &str = "/desk";

/// The cookie's name at this origin.
pub(super) fn name(ours: &Ours) -> String {
    let Hash([a, b, c, d, ..]) = Hash::of(ours.as_str().as_bytes());
    format!("bantin-desk-{a:02x}{b:02x}{c:02x}{d:02x}")
}

/// The token a request brings.
pub(super) fn token(headers: &HeaderMap, ours: &Ours) -> Option<[u8; 32]> {
    let name = name(ours);
    let values = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok());
    let mut pairs = values
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    Hash::from_hex(value).map(|Hash(token)| token)
}

/// Gives the browser a token.
pub(super) fn set(token: &[u8; 32], seconds: u64, ours: &Ours) -> Option<HeaderValue> {
    write(&Hash(*token).to_string(), seconds, ours)
}

/// Takes it away again.
pub(super) fn clear(ours: &Ours) -> Option<HeaderValue> {
    write("", 0, ours)
}

fn write(value: &str, seconds: u64, ours: &Ours) -> Option<HeaderValue> {
    let secure = if ours.as_str().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let name = name(ours);
    let text = format!(
        "{name}={value}; Path={PATH}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
    );
    HeaderValue::from_str(&text).ok()
}

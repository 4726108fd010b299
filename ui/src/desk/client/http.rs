//! One request to the hub: `POST`, JSON back, a [`Failure`] for everything else.

use bantin_wire::desk::API;
use bantin_wire::{Code, Command, Failure};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::json;

/// Runs a command of the desk.
pub async fn run<C: Command>(command: &C) -> Result<C::Reply, Failure> {
    let body = json::write(command).map_err(|_| Failure::new(Code::Malformed))?;
    post(
        &format!("{API}/{}", C::NAME),
        "application/json",
        &JsValue::from_str(&body),
    )
    .await
}

/// Sends `body` and reads the answer as JSON.
pub async fn post<T: DeserializeOwned>(
    path: &str,
    mime: &str,
    body: &JsValue,
) -> Result<T, Failure> {
    let offline = |_| Failure::new(Code::Offline);
    let window = web_sys::window().ok_or_else(|| Failure::new(Code::Internal))?;
    let request = request(mime, body)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(path, &request))
        .await
        .map_err(offline)?
        .unchecked_into();
    let text = JsFuture::from(response.text().map_err(offline)?)
        .await
        .map_err(offline)?;
    answer(response.status(), &text.as_string().unwrap_or_default())
}

/// What a status and a body say together. Anything that is no answer of a hub is said to be none.
fn answer<T: DeserializeOwned>(status: u16, text: &str) -> Result<T, Failure> {
    if (200..300).contains(&status) {
        // A unit reply may come back without a body.
        let text = if text.is_empty() { "null" } else { text };
        return json::read(text).map_err(|_| Failure::new(Code::NotAHub));
    }
    Err(json::read(text).unwrap_or_else(|_| {
        Failure::new(match status {
            401 => Code::SignedOut,
            413 => Code::MediaTooLarge,
            429 | 503 => Code::Busy,
            500.. => Code::Internal,
            _ => Code::NotAHub,
        })
    }))
}

fn request(mime: &str, body: &JsValue) -> Result<RequestInit, Failure> {
    let headers = Headers::new().map_err(|_| Failure::new(Code::Internal))?;
    for (name, value) in [("content-type", mime), ("accept", "application/json")] {
        headers
            .set(name, value)
            .map_err(|_| Failure::new(Code::Malformed))?;
    }
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(&headers);
    request.set_body(body);
    Ok(request)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hanh_hears_what_the_hub_refused() {
        let refused: Result<(), _> = answer(429, r#"{"code":"sign-in-wait","number":27}"#);
        assert_eq!(
            refused,
            Err(Failure::new(Code::SignInWait).with(27)),
            "with the seconds to wait"
        );
    }

    #[test]
    fn a_page_of_something_else_is_no_answer() {
        let page = "<html>Wi-Fi</html>";
        let wrong: Result<u8, _> = answer(200, page);
        assert_eq!(
            wrong.unwrap_err().code,
            Code::NotAHub,
            "a network's own page is not taken for data"
        );
        let lost: Result<u8, _> = answer(401, page);
        assert_eq!(
            lost.unwrap_err().code,
            Code::SignedOut,
            "an ended session is noticed whatever the body"
        );
    }

    #[test]
    fn an_empty_answer_is_a_unit() {
        let done: Result<(), _> = answer(204, "");
        assert_eq!(done, Ok(()), "204 has no body");
    }
}

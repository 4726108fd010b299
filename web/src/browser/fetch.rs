//! Requests to the page's own origin.

use futures::future::{Either, select};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
    Response, WorkerGlobalScope,
};

use super::wait;
use crate::host::{Ask, Reply};

/// Patience for the beginning of an answer, in milliseconds, besides the time to send the body.
const PATIENCE_MS: i32 = 30_000;
/// Patience for the body of an answer, in milliseconds.
const BODY_MS: i32 = 600_000;
/// The slowest network waited for: 1 KB a second.
const SLOWEST_BYTES_PER_MS: usize = 1;

/// The answer; none if there is no way to the hub.
pub(super) async fn ask(scope: &WorkerGlobalScope, ask: Ask) -> Option<Reply> {
    let stop = AbortController::new().ok()?;
    let sending = ask.body.as_ref().map_or(0, Vec::len) / SLOWEST_BYTES_PER_MS;
    let sending = i32::try_from(sending).unwrap_or(BODY_MS).min(BODY_MS);
    let path = ask.path.clone();
    let init = init(ask, &stop)?;
    let promise = scope.fetch_with_str_and_init(&path, &init);
    let asked = JsFuture::from(promise);
    let response = within(scope, PATIENCE_MS + sending, &stop, asked).await?;
    let response: Response = response.dyn_into().ok()?;
    let body = JsFuture::from(response.array_buffer().ok()?);
    let body = within(scope, BODY_MS, &stop, body).await?;
    let header = |name: &str| response.headers().get(name).ok().flatten();
    Some(Reply {
        status: response.status(),
        etag: header("ETag"),
        mime: header("Content-Type").unwrap_or_default(),
        upload_offset: header("Upload-Offset").and_then(|text| text.parse().ok()),
        body: Uint8Array::new(&body).to_vec(),
    })
}

fn init(ask: Ask, stop: &AbortController) -> Option<RequestInit> {
    let init = RequestInit::new();
    init.set_method(ask.method);
    // Whatever is worth keeping is kept by the engine, verified.
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::Omit);
    // A sign-in page redirects; a hub never does. Then the status is 0, which is no hub's.
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&stop.signal()));
    let headers = Headers::new().ok()?;
    if let Some(etag) = &ask.etag {
        headers.set("If-None-Match", etag).ok()?;
    }
    if let Some(range) = &ask.range {
        headers.set("Content-Range", range).ok()?;
    }
    if let Some(body) = &ask.body {
        headers.set("Content-Type", bantin_wire::http::CBOR).ok()?;
        init.set_body(&Uint8Array::from(body.as_slice()));
    }
    init.set_headers(&headers);
    Some(init)
}

/// What the promise gives; none if it fails or takes too long, and then the request is stopped.
async fn within(
    scope: &WorkerGlobalScope,
    ms: i32,
    stop: &AbortController,
    promise: JsFuture,
) -> Option<wasm_bindgen::JsValue> {
    let late = Box::pin(wait::for_ms(scope, ms));
    match select(promise, late).await {
        Either::Left((outcome, _)) => outcome.ok(),
        Either::Right(_) => {
            stop.abort();
            None
        }
    }
}

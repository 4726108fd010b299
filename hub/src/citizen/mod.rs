//! The citizen's origin: the protocol between nodes (`docs/formats/http.md`) and the web app. Nobody
//! signs in here; what may be read is signed or sealed.

mod attachments;
mod below;
mod blobs;
mod carried;
mod heads;
mod letters;
mod mailbox;
mod offer;
mod segments;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use bantin_model::id::Hash;
use bantin_wire::{Code, Failure, http as address};

use crate::Hub;
use crate::http::{Problem, pages, protect, within};

/// The routes.
pub fn router(hub: &Arc<Hub>) -> Router {
    let limits = &hub.config.limits;
    let (short, long) = (
        Duration::from_secs(limits.request_s),
        Duration::from_secs(limits.upload_s),
    );
    let named = |prefix: &str, name: &str| format!("{prefix}/{{{name}}}");
    let quick = Router::new()
        .route(&named(address::HEADS, "place"), get(heads::read))
        .route(address::LETTERS, post(letters::accept))
        .route(address::MAILBOX, post(mailbox::poll))
        .route(address::CARRIED_MAIL, post(carried::answer))
        .route(address::BELOW, post(below::answer))
        .route(address::OFFER, get(offer::read))
        .layer(from_fn(move |request: Request, next: Next| {
            within(short, request, next)
        }));
    let slow = Router::new()
        .route(&named(address::SEGMENTS, "hash"), get(segments::read))
        .route(&named(address::BLOBS, "hash"), get(blobs::read))
        .route(
            &named(address::ATTACHMENTS, "hash"),
            put(attachments::write)
                .head(attachments::look)
                .get(attachments::read),
        )
        .layer(from_fn(move |request: Request, next: Next| {
            within(long, request, next)
        }));
    let root = hub.config.web_root.clone().map(Arc::new);
    quick
        .merge(slow)
        .layer(from_fn_with_state(Arc::clone(hub), awake))
        .route(address::HEALTH, get(|| async { "ok" }))
        .route("/v1/{*rest}", axum::routing::any(unknown))
        .fallback(move |request: Request| pages(root.clone(), request))
        .method_not_allowed_fallback(other_method)
        .layer(from_fn(protect))
        .with_state(Arc::clone(hub))
}

/// A restored hub serves nothing of the protocol until it has a new epoch.
async fn awake(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    match hub.store.resting().await {
        Ok(false) => next.run(request).await,
        Ok(true) => Problem::from(Failure::new(Code::HubResting)).into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn unknown() -> Problem {
    Failure::new(Code::NotFound).into()
}

async fn other_method() -> Response {
    let failure = axum::Json(Failure::new(Code::Malformed));
    (StatusCode::METHOD_NOT_ALLOWED, failure).into_response()
}

/// A hash in an address: lower-case, so that each file has one address.
fn hash(text: &str) -> Result<Hash, Problem> {
    let hash = Hash::from_hex(text).filter(|hash| hash.to_string() == text);
    hash.ok_or_else(|| Failure::new(Code::NotFound).into())
}

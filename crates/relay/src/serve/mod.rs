//! The guests' side: the routes of `docs/formats/http.md` that a device can answer.

mod answer;
mod file;
mod letters;
mod listen;
mod mailbox;
mod news;
mod upload;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use bantin_wire::{Code, Failure, http as address};

use crate::limits::{LONG, SHORT};
use crate::state::State;
use answer::Problem;
pub(crate) use listen::accept;

type Shared = axum::extract::State<Arc<State>>;

fn router(state: Arc<State>) -> Router {
    let named = |prefix: &str, name: &str| format!("{prefix}/{{{name}}}");
    let quick = Router::new()
        .route(&named(address::HEADS, "place"), get(news::heads))
        .route(address::LETTERS, post(letters::accept))
        .route(address::MAILBOX, post(mailbox::poll))
        .route(address::SEALED_MAILBOX, post(mailbox::poll_sealed))
        .route(address::OFFER, get(news::offer))
        .route(address::RELAY, get(news::card))
        .route(address::HEALTH, get(|| async { "ok" }))
        .layer(from_fn(|request: Request, next: Next| {
            within(SHORT, request, next)
        }));
    let slow = Router::new()
        .route(&named(address::SEGMENTS, "hash"), get(file::segment))
        .route(&named(address::BLOBS, "hash"), get(file::blob))
        .route(
            &named(address::ATTACHMENTS, "hash"),
            put(upload::write).head(upload::look),
        )
        .layer(from_fn(|request: Request, next: Next| {
            within(LONG, request, next)
        }));
    quick
        .merge(slow)
        .fallback(|| async { Problem::from(Failure::new(Code::NotFound)) })
        .method_not_allowed_fallback(|| async {
            let failure = axum::Json(Failure::new(Code::Malformed));
            (StatusCode::METHOD_NOT_ALLOWED, failure)
        })
        .layer(from_fn(protect))
        .with_state(state)
}

/// Answers 408 after `limit`; what was already kept stays kept.
async fn within(limit: Duration, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => {
            let failure = axum::Json(Failure::new(Code::Busy));
            (StatusCode::REQUEST_TIMEOUT, failure).into_response()
        }
    }
}

/// A relay has no pages: a browser that comes here by mistake may do nothing with what it gets.
async fn protect(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let fixed = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

//! A bound on how long a request may take.

use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bantin_wire::{Code, Failure};

/// Answers 408 after `limit`; what was already kept stays kept.
pub async fn within(limit: Duration, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => {
            let failure = axum::Json(Failure::new(Code::Busy));
            (StatusCode::REQUEST_TIMEOUT, failure).into_response()
        }
    }
}

//! `POST /v1/letters`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bantin_model::letter::LETTER_BYTES_MAX;
use bantin_wire::http;

use super::mailbox::body;
use crate::Hub;
use crate::http::Problem;

/// Keeps a sealed letter; the receipt says so.
pub async fn accept(State(hub): State<Arc<Hub>>, request: Request) -> Result<Response, Problem> {
    let letter = body(request, LETTER_BYTES_MAX, "letter").await?;
    let receipt = hub.accept_letter(&letter).await?;
    let headers = [
        (header::CONTENT_TYPE, http::CBOR),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, receipt).into_response())
}

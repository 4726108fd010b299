//! `POST /v1/below`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bantin_model::letter::BELOW_REQUEST_BYTES_MAX;
use bantin_wire::http;

use super::mailbox::body;
use crate::Hub;
use crate::http::Problem;

/// What is to come down to a node below, and what it hands up.
pub async fn answer(State(hub): State<Arc<Hub>>, request: Request) -> Result<Response, Problem> {
    let asked = body(request, BELOW_REQUEST_BYTES_MAX, "below").await?;
    let answer = hub.answer_below(&asked).await?;
    let headers = [
        (header::CONTENT_TYPE, http::CBOR),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, answer).into_response())
}

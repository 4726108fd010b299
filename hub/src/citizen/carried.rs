//! `POST /v1/carried`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bantin_model::letter::CARRIED_REQUEST_BYTES_MAX;
use bantin_wire::http;

use super::mailbox::body;
use crate::Hub;
use crate::http::Problem;

/// What is new in the mailboxes of letters that a node below has carried up.
pub async fn answer(State(hub): State<Arc<Hub>>, request: Request) -> Result<Response, Problem> {
    let asked = body(request, CARRIED_REQUEST_BYTES_MAX, "carried").await?;
    let answer = hub.answer_carried(&asked).await?;
    let headers = [
        (header::CONTENT_TYPE, http::CBOR),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, answer).into_response())
}

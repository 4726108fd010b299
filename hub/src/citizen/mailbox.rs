//! `POST /v1/mailbox`.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bantin_model::letter::{POLL_REQUEST_BYTES_MAX, PollRequest};
use bantin_wire::{Code, Failure, http};

use crate::Hub;
use crate::http::Problem;

/// What is new in the mailboxes whose read keys are presented.
pub async fn poll(State(hub): State<Arc<Hub>>, request: Request) -> Result<Response, Problem> {
    let asked = body(request, POLL_REQUEST_BYTES_MAX, "poll").await?;
    let asked =
        PollRequest::from_bytes(&asked).map_err(|_| Failure::at(Code::Malformed, "poll"))?;
    hub.want_mail(asked.boxes.iter().map(|asked| asked.read_key.mailbox()))
        .await;
    let answer = hub.poll(&asked).await?;
    let headers = [
        (header::CONTENT_TYPE, http::CBOR),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, answer.to_bytes()).into_response())
}

/// A small body; `too-long` past `limit`, without reading on.
pub(super) async fn body(
    request: Request,
    limit: usize,
    field: &'static str,
) -> Result<Bytes, Problem> {
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let too_long = || Failure::at(Code::TooLong, field).with(limit as u64);
    if announced.is_some_and(|bytes| bytes > limit as u64) {
        return Err(too_long().into());
    }
    to_bytes(request.into_body(), limit).await.map_err(|_| {
        // Without an announced length the only reason is the limit; with one, the line was cut.
        match announced {
            None => too_long().into(),
            Some(_) => Failure::at(Code::Malformed, field).into(),
        }
    })
}

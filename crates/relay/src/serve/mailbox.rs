//! `POST /v1/mailbox` and `/v1/mailbox/sealed`: asked at the hub while the guest waits, or answered with
//! what the hub said before.

use axum::body::Bytes;
use axum::extract::{Extension, Request, State as Shares};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bantin_model::letter::{
    POLL_REQUEST_BYTES_MAX, PollRequest, PollResponse, SEALED_POLL_BYTES_MAX, open_poll,
};
use bantin_wire::http::CBOR;
use bantin_wire::{Code, Failure};
use tokio::time::timeout;

use super::Shared;
use super::answer::{Problem, body};
use super::listen::Peer;
use crate::limits::HUB;
use crate::state::State;

/// A poll as every hub takes it: phones that know nothing of relays send it.
pub(super) async fn poll(
    Shares(state): Shared,
    Extension(peer): Extension<Peer>,
    request: Request,
) -> Result<Response, Problem> {
    let bytes = body(request, POLL_REQUEST_BYTES_MAX, "poll").await?;
    let poll = PollRequest::from_bytes(&bytes);
    let poll = poll.map_err(|_| Failure::at(Code::Malformed, "poll"))?;
    answer(&state, peer, &poll).await
}

/// A poll that only this relay can read.
pub(super) async fn poll_sealed(
    Shares(state): Shared,
    Extension(peer): Extension<Peer>,
    request: Request,
) -> Result<Response, Problem> {
    let bytes = body(request, SEALED_POLL_BYTES_MAX, "poll").await?;
    let poll = open_poll(&bytes, &state.seal);
    let poll = poll.ok_or_else(|| Failure::at(Code::Malformed, "poll"))?;
    answer(&state, peer, &poll).await
}

async fn answer(state: &State, peer: Peer, poll: &PollRequest) -> Result<Response, Problem> {
    state.mail.live(state.engine.held().await?.life);
    let bytes = match from_hub(state, poll).await {
        Some(bytes) => bytes,
        None => {
            state.mail.note(poll);
            state.mail.answer(poll).to_bytes()
        }
    };
    state.give(peer.0, bytes.len() as u64)?;
    let headers = [
        (header::CONTENT_TYPE, CBOR),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Bytes::from(bytes)).into_response())
}

/// The hub's own answer, byte for byte, if it can be had while the guest waits.
async fn from_hub(state: &State, poll: &PollRequest) -> Option<Vec<u8>> {
    if poll.boxes.is_empty() || !state.hub_may_answer() {
        return None;
    }
    let asked = timeout(HUB, state.engine.pass_poll(poll)).await;
    let bytes = asked.ok().and_then(Result::ok);
    let response = bytes
        .as_deref()
        .and_then(|bytes| PollResponse::from_bytes(bytes, poll).ok());
    state.hub_was(response.is_some());
    state.mail.take(poll, &response?);
    bytes
}

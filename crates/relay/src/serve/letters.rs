//! `POST /v1/letters`: a guest's sealed letter is durable here before anything is answered.

use std::sync::Arc;

use axum::extract::{Extension, Request, State as Shares};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bantin_model::letter::{LETTER_BYTES_MAX, Receipt, ReceiptStep, SealedLetter};
use bantin_wire::http::{CARRIED, CBOR};
use bantin_wire::{Code, Failure};

use super::Shared;
use super::answer::{Problem, body};
use super::listen::Peer;
use crate::carried::Kept;
use crate::error::RelayError;
use crate::state::State;

/// Keeps a letter and says so: with the hub's receipt if a hub has it, else with the relay's own.
pub(super) async fn accept(
    Shares(state): Shared,
    Extension(peer): Extension<Peer>,
    request: Request,
) -> Result<Response, Problem> {
    let understands = request.headers().contains_key(CARRIED);
    let bytes = body(request, LETTER_BYTES_MAX, "letter").await?;
    let sealed = SealedLetter::read(&bytes).map_err(|_| Failure::at(Code::Malformed, "letter"))?;
    let id = sealed.id;
    let held = state.engine.held().await?;
    let (carried, shared) = (Arc::clone(&state.carried), Arc::clone(&state));
    let kept = State::blocking(move || {
        carried.live(held.life)?;
        if let Some(known) = carried.known(&sealed.id)? {
            if !matches!(known, Kept::Waiting(_)) {
                // They came again before it could be said that nobody needs them.
                carried.drop_unnamed(&sealed.attachments)?;
            }
            return Ok(known);
        }
        let now = shared.now();
        if !shared.guests.take(peer.0, bytes.len() as u64, 1, now) {
            return Err(RelayError::code(Code::Busy));
        }
        let kept = carried.keep(&sealed, &bytes, now)?;
        shared.brought.notify_one();
        Ok(kept)
    })
    .await?;
    let receipt = match kept {
        Kept::Accepted(receipt) => receipt,
        Kept::Refused(failure) => return Err(failure.into()),
        // A phone of before relays would take this receipt for a forged one. It is kept all the same.
        Kept::Waiting(_) if !understands => return Err(Failure::new(Code::Busy).into()),
        Kept::Waiting(since) => {
            Receipt::issue(id, ReceiptStep::Accepted, since, held.place, &state.key)
        }
    };
    let headers = [
        (header::CONTENT_TYPE, CBOR),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, receipt).into_response())
}

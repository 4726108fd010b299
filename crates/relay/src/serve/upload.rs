//! `HEAD` and `PUT /v1/attachments/{hash}`: ciphertexts that go before a letter.

use std::sync::Arc;

use axum::extract::{Extension, Path, Request, State as Shares};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_wire::range::sent;
use bantin_wire::{Code, Failure};
use futures::StreamExt;

use super::Shared;
use super::answer::{Problem, hash};
use super::listen::Peer;
use crate::carried::{Arrived, Upload};
use crate::error::RelayError;
use crate::state::State;

/// Pieces handed to the disk are at least this large, in bytes.
const PIECE_BYTES: usize = 256 << 10;

/// How much of a ciphertext is here.
pub(super) async fn look(
    Shares(state): Shared,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let (name, carried) = (hash(&name)?, Arc::clone(&state.carried));
    Ok(
        match State::blocking(move || Ok(carried.arrived(&name))).await? {
            Arrived::Whole => StatusCode::NO_CONTENT.into_response(),
            Arrived::Bytes(at) => with_offset(StatusCode::NOT_FOUND, at),
        },
    )
}

/// Takes a ciphertext, or the next piece of it.
pub(super) async fn write(
    Shares(state): Shared,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    let (from, total) = extent(request.headers())?;
    let shared = Arc::clone(&state);
    let upload = State::blocking(move || {
        if shared.carried.arrived(&name) == Arrived::Whole {
            return Ok(None);
        }
        let upload = shared.carried.begin(name, from, total)?;
        let rest = total.saturating_sub(from);
        if !shared.guests.take(peer.0, rest, 0, shared.now()) {
            return Err(RelayError::code(Code::Busy));
        }
        Ok(Some(upload))
    });
    let Some(upload) = upload.await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    Ok(match receive(upload, request).await? {
        None => StatusCode::NO_CONTENT.into_response(),
        Some(at) => with_offset(StatusCode::ACCEPTED, at),
    })
}

/// Where the body begins and how long the whole file is.
fn extent(headers: &HeaderMap) -> Result<(u64, u64), Problem> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(range) = text(header::CONTENT_RANGE) {
        return sent(range).ok_or_else(|| Failure::at(Code::Malformed, "content-range").into());
    }
    let length = text(header::CONTENT_LENGTH).and_then(|text| text.parse().ok());
    let length = length.ok_or_else(|| Failure::at(Code::Malformed, "content-length"))?;
    Ok((0, length))
}

/// Writes the body as it comes. What came before a cut stays.
async fn receive(mut upload: Upload, request: Request) -> Result<Option<u64>, Problem> {
    let mut body = request.into_body().into_data_stream();
    let mut held: Vec<u8> = Vec::new();
    loop {
        let next = body.next().await;
        let cut = matches!(next, Some(Err(_)));
        let end = !matches!(next, Some(Ok(_)));
        if let Some(Ok(piece)) = next {
            held.extend_from_slice(&piece);
        }
        if end || held.len() >= PIECE_BYTES {
            let bytes = std::mem::take(&mut held);
            upload = State::blocking(move || upload.push(&bytes).map(|()| upload)).await?;
        }
        if cut {
            return Err(Failure::at(Code::Malformed, "attachment").into());
        }
        if end {
            return Ok(State::blocking(move || upload.finish()).await?);
        }
    }
}

fn with_offset(status: StatusCode, at: u64) -> Response {
    let mut answer = status.into_response();
    let headers = answer.headers_mut();
    headers.insert("upload-offset", HeaderValue::from(at));
    answer
}

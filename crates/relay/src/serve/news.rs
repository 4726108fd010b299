//! `GET /v1/heads/{place}`, `/v1/offer` and `/v1/relay`: what this device holds.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State as Shares};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_model::feed::HeadsDocument;
use bantin_model::id::{Hash, PlaceId};
use bantin_wire::http::{CBOR, Offer, RelayCard};
use bantin_wire::{Code, Failure};

use super::Shared;
use super::answer::{Problem, matches};
use super::listen::Peer;
use crate::error::RelayError;
use crate::state::State;

/// The heads document, or 304 to whom has it.
pub(super) async fn heads(
    Shares(state): Shared,
    Extension(peer): Extension<Peer>,
    Path(place): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let place = PlaceId::new(place).map_err(|_| Failure::at(Code::PlaceUnknown, "place"))?;
    let bytes = document(&state, &place).await?;
    // A tag of our own: a hub's would let a guest take an older document for the hub's newest.
    let tag = format!("\"{}\"", Hash::of(&bytes));
    let mut response = match matches(&headers, &tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => {
            state.give(peer.0, bytes.len() as u64)?;
            ([(header::CONTENT_TYPE, CBOR)], Bytes::from(bytes)).into_response()
        }
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let tag = HeaderValue::from_str(&tag).ok();
    out.extend(tag.map(|value| (header::ETAG, value)));
    Ok(response)
}

/// The heads from the top down to `place`, which is the followed place or one above it.
async fn document(state: &State, place: &PlaceId) -> Result<Vec<u8>, RelayError> {
    let shelf = state.engine.shelf().await;
    let unknown = || Failure::at(Code::PlaceUnknown, "place");
    let whole = shelf.document().await?.ok_or_else(unknown)?;
    let feeds = shelf.feeds().await?;
    let at = feeds.iter().position(|feed| feed.place == *place);
    let at = at.ok_or_else(unknown)?;
    if !feeds.iter().take(at + 1).all(|feed| feed.is_complete()) {
        // What this device has cannot be had from it whole; its own next sync fills the gap.
        return Err(RelayError::code(Code::Busy));
    }
    if at + 1 == feeds.len() {
        return Ok(whole);
    }
    let mut document = HeadsDocument::from_bytes(&whole)
        .map_err(|_| RelayError::Broken("the heads document held"))?;
    document.nodes.truncate(at + 1);
    Ok(document.to_bytes())
}

/// The places whose feeds are here.
pub(super) async fn offer(Shares(state): Shared) -> Result<axum::Json<Offer>, Problem> {
    Ok(axum::Json(state.engine.offer().await?))
}

/// Who carries.
pub(super) async fn card(Shares(state): Shared) -> Result<axum::Json<RelayCard>, Problem> {
    let held = state.engine.held().await?;
    Ok(axum::Json(RelayCard {
        version: 1,
        root: held.root.to_string(),
        place: held.place,
        hub: held.hub,
        key: state.key.public(),
        seal: state.seal.public(),
        checked_at: held.checked_at,
    }))
}

//! `GET /v1/heads/{place}`.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_model::id::PlaceId;
use bantin_wire::{Code, Failure, http};

use crate::Hub;
use crate::http::{Problem, etag, matches};

/// The heads document, or 304 to whom has it.
pub async fn read(
    State(hub): State<Arc<Hub>>,
    Path(place): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let place = PlaceId::new(place).map_err(|_| Failure::at(Code::PlaceUnknown, "place"))?;
    let (tag, answer) = hub
        .heads(&place, |tag| matches(&headers, &etag(tag)))
        .await?;
    let mut response = match answer {
        None => StatusCode::NOT_MODIFIED.into_response(),
        Some(answer) => {
            hub.remember_heads(&answer).await;
            let changes = match wants_changes(&headers) {
                true => {
                    hub.heads_changes(&answer, |tag| matches(&headers, &etag(tag)))
                        .await
                }
                false => None,
            };
            match changes {
                None => {
                    let cbor = [(header::CONTENT_TYPE, http::CBOR)];
                    (cbor, Bytes::from_owner(answer.bytes)).into_response()
                }
                // What it is, `IM` says.
                Some(changes) => {
                    let im = [(http::CHANGES_COME, http::CHANGES)];
                    (StatusCode::IM_USED, im, Body::from(changes)).into_response()
                }
            }
        }
    };
    let out = response.headers_mut();
    if out.get(http::CHANGES_COME).is_none() {
        // A cache that does not know what a 226 is keeps none anyway (RFC 3229 §10.4).
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    out.extend(
        HeaderValue::from_str(&etag(&tag))
            .ok()
            .map(|value| (header::ETAG, value)),
    );
    Ok(response)
}

/// Whether changes of the document held are enough for the asker.
fn wants_changes(headers: &HeaderMap) -> bool {
    let given = headers.get(http::ACCEPT_CHANGES);
    let given = given
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    given.split(',').any(|one| one.trim() == http::CHANGES)
}

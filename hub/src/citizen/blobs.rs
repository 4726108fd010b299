//! `GET /v1/blobs/{hash}`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bantin_wire::{Code, Failure};

use super::hash;
use crate::Hub;
use crate::failure::HubError;
use crate::feed::dictionary;
use crate::http::{Problem, blob_answer};

/// Packing a dictionary takes a few milliseconds, once in a phone's life.
const LEVEL: i32 = 12;

/// A blob that a published record names, here or at a place above, whole or by range. What an officer only uploaded is not here.
pub async fn read(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    let own = hub.store.blob(&name).await?.filter(|row| row.public);
    let (file, mime) = match own {
        Some(row) => (hub.disk.blob(&name), row.mime),
        None => {
            let mirrored = hub.store.mirror_blob(&name).await?;
            let (_, mime) = mirrored.ok_or_else(|| Failure::new(Code::NotFound))?;
            (hub.disk.mirror_blob(&name), mime)
        }
    };
    if mime == dictionary::MIME && packs(&headers) {
        return packed(&file).await;
    }
    blob_answer(&file, &name, &mime, &headers).await
}

/// Whether the asker takes the whole of it packed by zstd.
fn packs(headers: &HeaderMap) -> bool {
    let ways = headers.get(header::ACCEPT_ENCODING);
    let ways = ways.and_then(|ways| ways.to_str().ok()).unwrap_or_default();
    let zstd = |way: &str| {
        way.split(';')
            .next()
            .is_some_and(|name| name.trim() == "zstd")
    };
    ways.split(',').any(zstd) && !headers.contains_key(header::RANGE)
}

/// A dictionary is mostly text and not packed itself: a third of it travels.
async fn packed(file: &std::path::Path) -> Result<Response, Problem> {
    let bytes = tokio::fs::read(file).await?;
    let pack = move || zstd::bulk::compress(&bytes, LEVEL);
    let packed = tokio::task::spawn_blocking(pack).await;
    let packed = packed.map_err(|error| HubError::Broken(error.to_string()))??;
    let mut answer = Bytes::from(packed).into_response();
    let out = answer.headers_mut();
    let fixed = [
        (header::CONTENT_ENCODING, "zstd"),
        (header::CONTENT_TYPE, dictionary::MIME),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    for (name, value) in fixed {
        out.insert(name, HeaderValue::from_static(value));
    }
    Ok(answer)
}

//! `GET /v1/segments/{hash}` and `/v1/blobs/{hash}`: immutable files, whole or by range.

use std::path::PathBuf;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, State as Shares};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_model::id::Hash;
use bantin_wire::range::Part;
use bantin_wire::{Code, Failure};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, SeekFrom};

use super::Shared;
use super::answer::{Problem, hash, matches};
use super::listen::Peer;
use crate::error::RelayError;
use crate::state::State;

/// Media type of what is nothing to look at or listen to.
const BYTES: &str = "application/octet-stream";
/// Bytes read at once.
const PIECE_BYTES: u64 = 64 << 10;

/// A segment that a head held here lists.
pub(super) async fn segment(
    Shares(state): Shared,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    let shelf = state.engine.shelf().await;
    if !state.is_whole(&name) {
        // The first time it is read whole: a card that lost bits must not pass them on.
        let whole = shelf.segment(&name).await?;
        whole.ok_or_else(|| Failure::new(Code::NotFound))?;
        state.found_whole(name);
    }
    let file = shelf.segment_file(&name);
    send(&state, peer, file, name, BYTES, &headers).await
}

/// A picture or sound that a record names and that is here.
pub(super) async fn blob(
    Shares(state): Shared,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    let mime = state.public_blob(&name).await?;
    let mime = mime.ok_or_else(|| Failure::new(Code::NotFound))?;
    let mime = mime.as_ref().map_or(BYTES, |mime| mime.as_str());
    let shelf = state.engine.shelf().await;
    if !state.is_whole(&name) {
        let whole = shelf.blob(&name).await?;
        whole.ok_or_else(|| Failure::new(Code::NotFound))?;
        state.found_whole(name);
    }
    let file = shelf.blob_file(&name);
    send(&state, peer, file, name, mime, &headers).await
}

async fn send(
    state: &State,
    peer: Peer,
    file: PathBuf,
    hash: Hash,
    mime: &str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let mut open = match File::open(file).await {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Failure::new(Code::NotFound).into());
        }
        other => other?,
    };
    let size = open.metadata().await?.len();
    let tag = format!("\"{hash}\"");
    if matches(headers, &tag) {
        let mut answer = StatusCode::NOT_MODIFIED.into_response();
        name(&mut answer, &tag);
        return Ok(answer);
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let same = text(header::IF_RANGE).is_none_or(|given| given == tag);
    let part = Part::of(text(header::RANGE).filter(|_| same), size);
    let (status, first, length) = match part {
        Part::Whole => (StatusCode::OK, 0, size),
        Part::Bytes(first, last) => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Part::Outside => return Ok(outside(size)),
    };
    state.give(peer.0, length)?;
    open.seek(SeekFrom::Start(first))
        .await
        .map_err(RelayError::from)?;
    let mut answer = (status, stream(open, length)).into_response();
    name(&mut answer, &tag);
    let out = answer.headers_mut();
    out.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let mime = HeaderValue::from_str(mime).ok();
    out.extend(mime.map(|mime| (header::CONTENT_TYPE, mime)));
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {first}-{}/{size}", first + length - 1);
        let range = HeaderValue::from_str(&range).ok();
        out.extend(range.map(|range| (header::CONTENT_RANGE, range)));
    }
    Ok(answer)
}

fn name(answer: &mut Response, tag: &str) {
    let out = answer.headers_mut();
    let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
    out.insert(header::CACHE_CONTROL, keep);
    out.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let tag = HeaderValue::from_str(tag).ok();
    out.extend(tag.map(|tag| (header::ETAG, tag)));
}

fn outside(size: u64) -> Response {
    let failure = axum::Json(Failure::at(Code::Malformed, "range"));
    let mut answer = (StatusCode::RANGE_NOT_SATISFIABLE, failure).into_response();
    let range = HeaderValue::from_str(&format!("bytes */{size}")).ok();
    let out = answer.headers_mut();
    out.extend(range.map(|range| (header::CONTENT_RANGE, range)));
    answer
}

fn stream(file: File, length: u64) -> Body {
    Body::from_stream(futures::stream::try_unfold(
        (file, length),
        |(mut file, left)| async move {
            if left == 0 {
                return Ok::<_, std::io::Error>(None);
            }
            let mut piece = vec![0u8; left.min(PIECE_BYTES) as usize];
            let got = file.read(&mut piece).await?;
            if got == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            piece.truncate(got);
            Ok(Some((Bytes::from(piece), (file, left - got as u64))))
        },
    ))
}

//! Immutable files named by their hash, whole or by range.

use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_model::id::Hash;
use bantin_wire::range::Part;
use bantin_wire::{Code, Failure};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::Problem;

/// Bytes read at once.
const PIECE_BYTES: u64 = 64 << 10;
/// Hexadecimal digits of a tag.
const ETAG_DIGITS: usize = bantin_model::feed::TAG_DIGITS;

/// The file, or the part of it that is asked for.
pub async fn blob_answer(
    file: &Path,
    hash: &Hash,
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
    let tag = etag(hash);
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let same = text(header::IF_RANGE).is_none_or(|given| given == tag);
    let part = Part::of(text(header::RANGE).filter(|_| same), size);
    if matches(headers, &tag) {
        let mut answer = StatusCode::NOT_MODIFIED.into_response();
        name(&mut answer, &tag);
        return Ok(answer);
    }
    let (status, first, length) = match part {
        Part::Whole => (StatusCode::OK, 0, size),
        Part::Bytes(first, last) => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Part::Outside => return Ok(outside(size)),
    };
    open.seek(std::io::SeekFrom::Start(first)).await?;
    let mut answer = (status, stream(open, length)).into_response();
    name(&mut answer, &tag);
    let out = answer.headers_mut();
    out.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Ok(mime) = HeaderValue::from_str(mime) {
        out.insert(header::CONTENT_TYPE, mime);
    }
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {first}-{}/{size}", first + length - 1);
        out.extend(
            HeaderValue::from_str(&range)
                .ok()
                .map(|value| (header::CONTENT_RANGE, value)),
        );
    }
    Ok(answer)
}

/// A strong `ETag`: the first 64 bits of the hash. It travels with every question and answer, and is never
/// proof of anything; what came is compared with the whole hash.
pub fn etag(hash: &Hash) -> String {
    let hex = hash.to_string();
    format!("\"{}\"", hex.get(..ETAG_DIGITS).unwrap_or(&hex))
}

/// Whether the asker has the tag already.
pub fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    let given = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','));
    given
        .map(str::trim)
        .any(|one| one == "*" || one == tag || one.strip_prefix("W/") == Some(tag))
}

fn name(answer: &mut Response, tag: &str) {
    let out = answer.headers_mut();
    let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
    out.insert(header::CACHE_CONTROL, keep);
    out.extend(
        HeaderValue::from_str(tag)
            .ok()
            .map(|value| (header::ETAG, value)),
    );
}

fn outside(size: u64) -> Response {
    let failure = axum::Json(Failure::at(Code::Malformed, "range"));
    let mut answer = (StatusCode::RANGE_NOT_SATISFIABLE, failure).into_response();
    let range = HeaderValue::from_str(&format!("bytes */{size}"));
    answer
        .headers_mut()
        .extend(range.ok().map(|value| (header::CONTENT_RANGE, value)));
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

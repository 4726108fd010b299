//! `HEAD` and `PUT /v1/attachments/{hash}`.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bantin_wire::range::sent;
use bantin_wire::{Code, Failure};
use futures::StreamExt;

use super::hash;
use crate::Hub;
use crate::disk::Upload;
use crate::failure::HubError;
use crate::http::{Problem, blob_answer};
use crate::letter::attachment::{Arrived, Turn, largest, refused};

/// Pieces handed to the disk are at least this large, in bytes, so that a slow sender costs few jumps
/// between threads.
const PIECE_BYTES: usize = 256 << 10;

/// How much of an attachment is here.
pub async fn look(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    Ok(match hub.arrived(&hash(&name)?).await {
        Arrived::Whole => StatusCode::NO_CONTENT.into_response(),
        Arrived::Bytes(at) => with_offset(StatusCode::NOT_FOUND, at),
    })
}

/// The ciphertext of an attachment that belongs to a letter for a node below, whole or by range. Of
/// others nothing is told: they are for the agency of this hub, or for the hub above.
pub async fn read(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    if !hub.store.goes_down(&name).await? {
        return Err(Failure::new(Code::NotFound).into());
    }
    let file = hub.disk.attachment(&name);
    blob_answer(&file, &name, "application/octet-stream", &headers).await
}

/// Takes an attachment, or the next piece of it.
pub async fn write(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    if hub.arrived(&name).await == Arrived::Whole {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let (from, total) = extent(request.headers())?;
    let (turn, upload) = hub.begin_upload(name, from, total).await?;
    Ok(match receive(turn, upload, request).await? {
        None => {
            hub.uploads.came(total);
            StatusCode::NO_CONTENT.into_response()
        }
        Some(at) => with_offset(StatusCode::ACCEPTED, at),
    })
}

/// Where the body begins and how long the whole file is.
fn extent(headers: &HeaderMap) -> Result<(u64, u64), Problem> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let malformed = |field: &str| Problem::from(Failure::at(Code::Malformed, field));
    if let Some(range) = text(header::CONTENT_RANGE) {
        return sent(range).ok_or_else(|| malformed("content-range"));
    }
    let length = text(header::CONTENT_LENGTH).and_then(|text| text.parse().ok());
    let length: u64 = length.ok_or_else(|| malformed("content-length"))?;
    if length > largest() {
        return Err(Failure::at(Code::MediaTooLarge, "attachment")
            .with(largest())
            .into());
    }
    Ok((0, length))
}

/// Writes the body as it comes. What came before a cut stays. The turn goes with the work on the disk,
/// which ends after the sender has hung up.
async fn receive(
    mut turn: Turn,
    mut upload: Upload,
    request: Request,
) -> Result<Option<u64>, Problem> {
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
            (turn, upload) = blocking(move || upload.push(&bytes).map(|()| (turn, upload))).await?;
        }
        if cut {
            return Err(Failure::at(Code::Malformed, "attachment").into());
        }
        if end {
            return blocking(move || {
                let done = upload.finish();
                drop(turn);
                done
            })
            .await;
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, crate::disk::UploadError> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|e| HubError::Broken(e.to_string()))?;
    done.map_err(|error| Problem(refused(error)))
}

fn with_offset(status: StatusCode, at: u64) -> Response {
    let mut answer = status.into_response();
    answer
        .headers_mut()
        .insert("upload-offset", HeaderValue::from(at));
    answer
}

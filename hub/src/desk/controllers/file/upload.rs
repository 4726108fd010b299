//! Taking in a picture or sound.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bantin_hub_store::Role;
use bantin_media::Limits;
use bantin_model::record::{Blob, Mime};
use bantin_wire::desk::publication::Uploaded;
use bantin_wire::{Code, Failure};

use crate::desk::Desk;
use crate::desk::caller::Caller;
use crate::failure::{HubError, Result};
use crate::http::Problem;

/// The largest upload, in bytes; what it is decides its own limit.
pub(in crate::desk) const BYTES_MAX: usize = 20_000_000;

/// Keeps the file: a picture made afresh without metadata, a sound as it is. What it is, only its
/// bytes say; the declared type is not asked.
pub(in crate::desk) async fn upload(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: std::result::Result<Bytes, BytesRejection>,
) -> std::result::Result<Response, Problem> {
    let caller = Caller::of(&desk, &headers).await?;
    if caller
        .places(&[Role::Publish, Role::CheckProduct])
        .await?
        .is_empty()
    {
        return Err(HubError::code(Code::NoGrant).into());
    }
    desk.awake().await?;
    let bytes = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Failure::at(Code::MediaTooLarge, "file").with(BYTES_MAX as u64)
        }
        _ => Failure::new(Code::Malformed),
    })?;
    let Blob {
        hash: blob,
        bytes,
        mime,
    } = match bantin_media::sniff(&bytes) {
        bantin_media::Kind::Audio => caller.hub().add_sound(bytes.into()).await?,
        // Voice recorders sign their files as films; what they hold decides.
        bantin_media::Kind::Video if bantin_media::audio::sniff(&bytes).is_ok() => {
            caller.hub().add_sound(bytes.into()).await?
        }
        _ => picture(&caller, bytes).await?,
    };
    Ok(Json(Uploaded {
        blob,
        mime: mime.as_str().into(),
        bytes,
    })
    .into_response())
}

/// Keeps the largest size; the others are made when a publication names it.
async fn picture(caller: &Caller, bytes: Bytes) -> Result<Blob> {
    let work = tokio::task::spawn_blocking(move || bantin_media::photo(&bytes, &Limits::default()));
    let photo = work.await.map_err(|e| HubError::Broken(e.to_string()))?;
    let photo = photo.map_err(crate::blob::refused)?;
    caller.hub().keep_blob(photo.full.jpeg, Mime::Jpeg).await
}

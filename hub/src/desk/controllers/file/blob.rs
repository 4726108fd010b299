//! A blob, published or not.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use bantin_model::id::Hash;
use bantin_wire::{Code, Failure};

use crate::desk::Desk;
use crate::desk::caller::Caller;
use crate::failure::HubError;
use crate::http::{Problem, blob_answer};

/// The file, for officers who hold any grant now.
pub(in crate::desk) async fn read(
    State(desk): State<Arc<Desk>>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::of(&desk, &headers).await?;
    if caller.roles().await?.is_empty() {
        return Err(HubError::code(Code::NoGrant).into());
    }
    let not_found = || Failure::new(Code::NotFound);
    let hash = Hash::from_hex(&hash).ok_or_else(not_found)?;
    let blob = caller
        .hub()
        .known_blob(&hash)
        .await?
        .ok_or_else(not_found)?;
    blob_answer(
        &desk.hub.disk.blob(&hash),
        &hash,
        blob.mime.as_str(),
        &headers,
    )
    .await
}

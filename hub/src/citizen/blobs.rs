//! `GET /v1/blobs/{hash}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use bantin_wire::{Code, Failure};

use super::hash;
use crate::Hub;
use crate::http::{Problem, blob_answer};

/// A blob that a published record names, whole or by range. What an officer only uploaded is not here.
pub async fn read(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    let row = hub.store.blob(&name).await?.filter(|row| row.public);
    let row = row.ok_or_else(|| Failure::new(Code::NotFound))?;
    blob_answer(&hub.disk.blob(&name), &name, &row.mime, &headers).await
}

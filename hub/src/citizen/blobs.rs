//! `GET /v1/blobs/{hash}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use bantin_wire::{Code, Failure};

use super::hash;
use crate::Hub;
use crate::http::{Problem, blob_answer};

/// A blob that a published record names, here or at a place above, whole or by range. What an officer only uploaded is not here.
pub async fn read(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    let own = hub.store.blob(&name).await?.filter(|row| row.public);
    if let Some(row) = own {
        return blob_answer(&hub.disk.blob(&name), &name, &row.mime, &headers).await;
    }
    let mirrored = hub.store.mirror_blob(&name).await?;
    let (_, mime) = mirrored.ok_or_else(|| Failure::new(Code::NotFound))?;
    blob_answer(&hub.disk.mirror_blob(&name), &name, &mime, &headers).await
}

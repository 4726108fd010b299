//! `GET /v1/segments/{hash}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::hash;
use crate::Hub;
use crate::http::{Problem, blob_answer};

/// A segment, whole or by range. One that no head lists any more is still served: phones may be in
/// the middle of it.
pub async fn read(
    State(hub): State<Arc<Hub>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = hash(&name)?;
    blob_answer(
        &hub.disk.segment(&name),
        &name,
        "application/octet-stream",
        &headers,
    )
    .await
}

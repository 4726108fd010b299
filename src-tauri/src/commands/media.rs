//! Bytes in and out, as raw bodies: JSON would make them a third larger and a hundred times slower.

use bantin_engine::Engine;
use bantin_model::budget::DataKind;
use bantin_model::id::Hash;
use bantin_wire::ipc::media::{BlobArgs, PhotoAdded};
use bantin_wire::{Code, Failure};
use tauri::State;
use tauri::ipc::{InvokeBody, Request, Response};

#[tauri::command]
pub(crate) async fn photo_add(
    engine: State<'_, Engine>,
    request: Request<'_>,
) -> Result<PhotoAdded, Failure> {
    match request.body() {
        InvokeBody::Raw(photo) => Ok(engine.add_photo(photo.clone()).await?),
        InvokeBody::Json(_) => Err(Failure::new(Code::Malformed)),
    }
}

#[tauri::command]
pub(crate) async fn photo_get(
    engine: State<'_, Engine>,
    token: String,
) -> Result<Response, Failure> {
    Ok(Response::new(engine.photo(&token).await?))
}

#[tauri::command]
pub(crate) async fn blob_get(
    engine: State<'_, Engine>,
    hash: Hash,
    kind: Option<DataKind>,
    asked: Option<bool>,
) -> Result<Response, Failure> {
    let asked = asked.unwrap_or_default();
    let args = BlobArgs { hash, kind, asked };
    Ok(Response::new(engine.blob_get(&args).await?))
}

//! Packs: taken from the window piece by piece, written to where this system keeps downloads.

use bantin_engine::Engine;
use bantin_wire::ipc::pack as wire;
use bantin_wire::{Code, Failure};
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, Manager, State};

super::json_commands! {
    pack_stage: wire::PackStage;
    pack_import: wire::PackImport;
}

#[tauri::command]
pub(crate) async fn pack_export(
    app: AppHandle,
    engine: State<'_, Engine>,
    choice: wire::PackChoice,
) -> Result<wire::PackMade, Failure> {
    let paths = app.path();
    let folder = paths.download_dir().or_else(|_| paths.document_dir());
    let folder = folder.or_else(|_| paths.app_data_dir());
    let folder = folder.map_err(|_| Failure::new(Code::Internal))?;
    Ok(engine.export_pack_into(&folder, &choice).await?)
}

#[tauri::command]
pub(crate) async fn pack_piece(
    engine: State<'_, Engine>,
    request: Request<'_>,
) -> Result<(), Failure> {
    match request.body() {
        InvokeBody::Raw(piece) => Ok(engine.stage_pack_piece(piece).await?),
        InvokeBody::Json(_) => Err(Failure::new(Code::Malformed)),
    }
}

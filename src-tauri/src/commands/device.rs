//! This device.

use bantin_engine::Engine;
use bantin_wire::Failure;
use bantin_wire::ipc::device as wire;
use tauri::State;

use crate::sharing::Sharing;

super::json_commands! {
    device_status: wire::DeviceStatusGet;
    settings_get: wire::SettingsGet;
    settings_set: wire::SettingsSet;
    sync_now: wire::SyncNow;
    storage_get: wire::StorageGet;
    draft_set: wire::DraftSet;
    draft_get: wire::DraftGet;
}

/// Sharing stops first: a relay would go on giving what is being forgotten.
#[tauri::command]
pub(crate) async fn device_forget(
    engine: State<'_, Engine>,
    sharing: State<'_, Sharing>,
) -> Result<(), Failure> {
    let cleared = sharing.forget().await;
    engine.forget().await?;
    Ok(cleared.map_err(bantin_engine::Error::from)?)
}

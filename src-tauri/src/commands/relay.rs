//! Sharing with neighbours, and taking from one.

use std::time::Duration;

use bantin_engine::Engine;
use bantin_relay::find;
use bantin_wire::Failure;
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::ipc::relay::{Nearby, Sharing as View};
use tauri::State;

use crate::sharing::Sharing;

/// How long the neighbourhood is listened to.
const LISTEN: Duration = Duration::from_secs(4);

#[tauri::command]
pub(crate) async fn relay_start(
    engine: State<'_, Engine>,
    sharing: State<'_, Sharing>,
) -> Result<View, Failure> {
    sharing.start(&engine).await
}

#[tauri::command]
pub(crate) async fn relay_stop(sharing: State<'_, Sharing>) -> Result<View, Failure> {
    Ok(sharing.stop().await)
}

#[tauri::command]
pub(crate) async fn relay_get(sharing: State<'_, Sharing>) -> Result<View, Failure> {
    Ok(sharing.get().await)
}

#[tauri::command]
pub(crate) async fn relay_find(
    engine: State<'_, Engine>,
    sharing: State<'_, Sharing>,
) -> Result<Vec<Nearby>, Failure> {
    let held = engine.held().await?;
    let own_root = held.root.to_string();
    let mut near = Vec::new();
    for relay in find(LISTEN).await? {
        // What this device shares itself is heard as well.
        if sharing.is_own(&relay.url).await {
            continue;
        }
        near.push(Nearby {
            ours: own_root.starts_with(&relay.root),
            places: engine.place_names(&relay.places).await?,
            address: relay.url,
        });
    }
    Ok(near)
}

#[tauri::command]
pub(crate) async fn relay_sync(
    engine: State<'_, Engine>,
    address: String,
) -> Result<SyncOutcome, Failure> {
    Ok(engine.sync_via(&address).await?)
}

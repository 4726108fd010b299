//! This device.

use bantin_wire::ipc::device as wire;

super::json_commands! {
    device_status: wire::DeviceStatusGet;
    settings_get: wire::SettingsGet;
    settings_set: wire::SettingsSet;
    sync_now: wire::SyncNow;
    storage_get: wire::StorageGet;
    device_forget: wire::DeviceForget;
    draft_set: wire::DraftSet;
    draft_get: wire::DraftGet;
}

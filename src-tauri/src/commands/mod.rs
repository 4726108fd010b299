//! Commands of the window, one file per noun as in `bantin_wire::ipc`: each hands its arguments to the
//! engine and its answer back. No thinking here.

pub(crate) mod conversation;
pub(crate) mod data;
pub(crate) mod device;
pub(crate) mod media;
pub(crate) mod notice;
pub(crate) mod pack;
pub(crate) mod place;
pub(crate) mod product;
pub(crate) mod relay;
pub(crate) mod search;

use bantin_engine::Engine;
use bantin_wire::{Code, Command, Failure};
use serde_json::Value;
use tauri::ipc::{InvokeBody, Request};
use tauri::{Builder, Wry};

/// Declares commands whose arguments and reply are JSON: the arguments are the command's own fields.
macro_rules! json_commands {
    ($($name:ident: $command:ty;)*) => {$(
        #[tauri::command]
        pub(crate) async fn $name(
            engine: tauri::State<'_, bantin_engine::Engine>,
            request: tauri::ipc::Request<'_>,
        ) -> Result<serde_json::Value, bantin_wire::Failure> {
            crate::commands::answer::<$command>(&engine, &request).await
        }
    )*};
}
pub(crate) use json_commands;

/// Asks the engine one command.
pub(crate) async fn answer<C: Command>(
    engine: &Engine,
    request: &Request<'_>,
) -> Result<Value, Failure> {
    match request.body() {
        InvokeBody::Json(args) => engine.run(C::NAME, args.clone()).await,
        InvokeBody::Raw(_) => Err(Failure::new(Code::Malformed)),
    }
}

/// Registers every command.
pub(crate) fn register(builder: Builder<Wry>) -> Builder<Wry> {
    builder.invoke_handler(tauri::generate_handler![
        conversation::conversation_list,
        conversation::conversation_read,
        conversation::conversation_ask,
        conversation::conversation_claim,
        conversation::conversation_reply,
        conversation::conversation_rate,
        conversation::conversation_close,
        conversation::conversation_reopen,
        data::data_get,
        data::data_set,
        data::data_fetch,
        data::data_around,
        device::device_status,
        device::settings_get,
        device::settings_set,
        device::sync_now,
        device::storage_get,
        device::device_forget,
        device::draft_set,
        device::draft_get,
        media::photo_add,
        media::photo_get,
        media::blob_get,
        notice::notice_list,
        notice::notice_read,
        notice::notice_save,
        notice::bulletin_list,
        notice::bulletin_heard,
        pack::pack_export,
        pack::pack_import,
        pack::pack_piece,
        pack::pack_stage,
        place::pairing_default,
        place::places_offered,
        place::place_follow,
        product::product_list,
        product::product_read,
        product::product_submit,
        relay::relay_start,
        relay::relay_stop,
        relay::relay_get,
        relay::relay_find,
        relay::relay_sync,
        search::search,
    ])
}

//! Opening a draft.

use bantin_hub_store::{DraftRow, Role};
use bantin_wire::desk::publication::{DraftRead, NoticeForm};
use bantin_wire::{Code, Failure};

use crate::desk::caller::Caller;
use crate::failure::{HubError, Result};

/// The form as it was kept.
pub(in crate::desk) async fn read(caller: Caller, command: DraftRead) -> Result<NoticeForm> {
    let draft = own(&caller, &command.id).await?;
    serde_json::from_str(&draft.form).map_err(|e| HubError::Broken(format!("draft: {e}")))
}

/// The draft, if the officer may publish at its place.
pub(super) async fn own(caller: &Caller, id: &str) -> Result<DraftRow> {
    let draft = caller.hub().store.draft(id).await?;
    let draft = draft.ok_or_else(|| Failure::at(Code::NotFound, "id"))?;
    caller.may(&draft.place, &[Role::Publish]).await?;
    Ok(draft)
}

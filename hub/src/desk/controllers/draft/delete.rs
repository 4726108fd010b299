//! Throwing a draft away.

use bantin_wire::desk::publication::DraftDrop;

use super::read::own;
use crate::desk::caller::Caller;
use crate::failure::Result;

/// Deletes the draft.
pub(in crate::desk) async fn delete(caller: Caller, command: DraftDrop) -> Result<()> {
    let draft = own(&caller, &command.id).await?;
    Ok(caller.hub().store.drop_draft(&draft.id).await?)
}

//! A publication as a form, to be corrected.

use bantin_hub_store::{RecordRow, Role};
use bantin_model::id::RecordId;
use bantin_model::record::{Body, Record};
use bantin_wire::desk::publication::{NoticeForm, PublishedRead};
use bantin_wire::{Code, Failure};

use crate::desk::caller::Caller;
use crate::desk::form;
use crate::failure::Result;

/// The form; `not-allowed` for a product, which is corrected by its maker's next submission.
pub(in crate::desk) async fn read(caller: Caller, command: PublishedRead) -> Result<NoticeForm> {
    let row = own(&caller, &command.id, &[Role::Publish]).await?;
    let record = Record::from_bytes(&row.bytes).ok();
    match record.as_ref().and_then(|record| record.body().ok()) {
        Some(Body::Article(article)) => {
            let in_force = record.and_then(|record| record.in_force);
            Ok(form::write(row.id, row.kind, in_force, &article))
        }
        _ => Err(Failure::at(Code::NotAllowed, "id").into()),
    }
}

/// The record in a feed, if the officer has one of the roles at its place.
pub(super) async fn own(caller: &Caller, id: &RecordId, roles: &[Role]) -> Result<RecordRow> {
    let row = caller.hub().store.record(id).await?;
    let row = row.ok_or_else(|| Failure::at(Code::NotFound, "id"))?;
    caller.may(&row.place, roles).await?;
    Ok(row)
}

//! All drafts an officer may go on with.

use bantin_hub_store::Role;
use bantin_wire::desk::publication::{DraftList, DraftRow};

use crate::desk::caller::Caller;
use crate::failure::Result;

/// Drafts of the officer's places, last changed first.
pub(in crate::desk) async fn list(caller: Caller, _: DraftList) -> Result<Vec<DraftRow>> {
    let places = caller.places(&[Role::Publish]).await?;
    let mut out = Vec::new();
    for draft in caller.hub().store.drafts(&places).await? {
        let officer = caller.hub().store.officer(&draft.officer).await?;
        out.push(DraftRow {
            id: draft.id,
            place: draft.place,
            title: draft.title,
            changed_at: draft.changed_at,
            by: officer.map_or(draft.officer, |officer| officer.name),
        });
    }
    Ok(out)
}

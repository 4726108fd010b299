//! Sending a submitted product back.

use bantin_hub_store::Role;
use bantin_model::letter::ReplyVerb;
use bantin_wire::desk::conversation::SubmissionReject;
use bantin_wire::{Code, Failure};

use crate::desk::caller::Caller;
use crate::desk::controllers::conversation::{read::allowed, reply::say};
use crate::failure::Result;

/// Tells the maker why, and what would help.
pub(in crate::desk) async fn reject(caller: Caller, command: SubmissionReject) -> Result<()> {
    let SubmissionReject { id, text, once } = command;
    let id = allowed(&caller, &id).await?;
    let thread = caller.hub().thread(&id).await?;
    caller.may(&thread.row.place, &[Role::CheckProduct]).await?;
    if caller.hub().submitted(&thread).await?.is_none() {
        return Err(Failure::new(Code::WrongState).into());
    }
    say(
        &caller,
        &id,
        ReplyVerb::Rejected,
        &text,
        ("submission_reject", &once),
    )
    .await
}

//! Taking a publication out of its feed.

use bantin_hub_store::Role;
use bantin_model::record::Kind;
use bantin_wire::desk::publication::Withdraw;
use bantin_wire::{Code, Failure};

use super::read::own;
use crate::desk::caller::Caller;
use crate::desk::text;
use crate::failure::Result;
use crate::feed::Edit;

/// The longest reason, in characters.
const REASON_MAX: usize = 2_000;

/// Withdraws; the record stays in the archive with the reason.
pub(in crate::desk) async fn withdraw(caller: Caller, command: Withdraw) -> Result<()> {
    let Withdraw {
        id,
        reason,
        password,
    } = command;
    let row = own(&caller, &id, &[Role::Publish, Role::CheckProduct]).await?;
    match row.kind {
        Kind::PRODUCT => {}
        Kind::NOTICE | Kind::HERITAGE => caller.may(&row.place, &[Role::Publish]).await?,
        // Places, keys and delegations hold the feed itself together.
        _ => return Err(Failure::at(Code::NotAllowed, "id").into()),
    }
    let reason = text::lines(&reason);
    match reason.chars().count() {
        0 => return Err(Failure::at(Code::Empty, "reason").into()),
        count if count > REASON_MAX => {
            return Err(Failure::at(Code::TooLong, "reason")
                .with(REASON_MAX as u64)
                .into());
        }
        _ => {}
    }
    let signer = caller.signer(&password).await?;
    let edit = Edit::Withdraw { id, reason };
    caller
        .hub()
        .publish(&row.place, vec![edit], Some(&signer), None)
        .await?;
    Ok(())
}

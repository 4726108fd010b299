//! Publishing a notice or heritage item.

use bantin_hub_store::{Once, Role};
use bantin_model::cbor;
use bantin_model::id::RecordId;
use bantin_wire::desk::publication::Publish;
use bantin_wire::{Code, Failure};

use crate::desk::caller::Caller;
use crate::desk::command::act;
use crate::desk::form;
use crate::failure::Result;
use crate::feed::{Edit, Item};

/// Checks, signs and publishes; done again under the same name, the same record comes back.
pub(in crate::desk) async fn publish(caller: Caller, command: Publish) -> Result<RecordId> {
    let Publish {
        place,
        draft,
        form,
        password,
        once,
    } = command;
    caller.may(&place, &[Role::Publish]).await?;
    let key = act(caller.login(), "publish", &once)?;
    let signer = caller.signer(&password).await?;
    let hub = caller.hub();
    if let Some(id) = hub
        .store
        .once(&key)
        .await?
        .and_then(|id| RecordId::from_hex(&id))
    {
        return Ok(id);
    }
    let written = form::read(hub, &place, &form).await?;
    let item = Item {
        id: form.corrects,
        kind: written.kind,
        issued_at: None,
        in_force: written.in_force,
        body: cbor::to_vec(&written.article),
    };
    let once = Once {
        key,
        result: String::new(),
        at: hub.clock.now(),
    };
    let done = hub
        .publish(&place, vec![Edit::Put(item)], Some(&signer), Some(once))
        .await?;
    if let Some(id) = draft
        && hub
            .store
            .draft(&id)
            .await?
            .is_some_and(|draft| draft.place == place)
    {
        hub.store.drop_draft(&id).await?;
    }
    done.ids
        .first()
        .copied()
        .ok_or_else(|| Failure::new(Code::Conflict).into())
}

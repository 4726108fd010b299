//! Passing a conversation on to another agency.

use bantin_hub_store::Once;
use bantin_wire::desk::conversation::{AgencyChoice, AgencyList, ThreadForward};

use super::read::allowed;
use crate::conversation::PassOn;
use crate::desk::caller::Caller;
use crate::desk::command::act;
use crate::desk::text;
use crate::failure::Result;

/// Agencies it can go to, by name.
pub(in crate::desk) async fn agencies(
    caller: Caller,
    command: AgencyList,
) -> Result<Vec<AgencyChoice>> {
    let id = allowed(&caller, &command.id).await?;
    let hub = caller.hub();
    let row = hub.conversation_row(&id).await?;
    let mut choices = Vec::new();
    for known in hub.agencies().await? {
        if known.place != row.place {
            choices.push(AgencyChoice {
                name: known.name(),
                place: known.place,
            });
        }
    }
    choices.sort_by(|a, b| (&a.name, &a.place).cmp(&(&b.name, &b.place)));
    Ok(choices)
}

/// Passes it on.
pub(in crate::desk) async fn forward(caller: Caller, command: ThreadForward) -> Result<()> {
    let id = allowed(&caller, &command.id).await?;
    let key = act(caller.login(), "thread_forward", &command.once)?;
    let pass = PassOn {
        to: command.to,
        reason: text::lines(&command.text),
        officer: Some(caller.login().to_owned()),
        once: Some(Once {
            key,
            result: String::new(),
            at: caller.hub().clock.now(),
        }),
    };
    caller.hub().pass_on(&id, &pass).await
}

//! Saying something to a citizen.

use bantin_hub_store::Once;
use bantin_model::letter::{ConversationId, ReplyVerb, SealError, TEXT_CHARS_MAX};
use bantin_wire::desk::conversation::ThreadReply;
use bantin_wire::{Code, Failure};

use super::read::allowed;
use crate::conversation::Say;
use crate::desk::caller::Caller;
use crate::desk::command::act;
use crate::desk::text;
use crate::failure::{HubError, Result};

/// What an officer can say in so many words.
const VERBS: [ReplyVerb; 4] = [
    ReplyVerb::NeedsInfo,
    ReplyVerb::Working,
    ReplyVerb::Answered,
    ReplyVerb::OutOfScope,
];

/// Says it.
pub(in crate::desk) async fn reply(caller: Caller, command: ThreadReply) -> Result<()> {
    let ThreadReply {
        id,
        verb,
        text,
        once,
    } = command;
    let id = allowed(&caller, &id).await?;
    let verb = VERBS.into_iter().find(|known| known.to_string() == verb);
    let verb = verb.ok_or_else(|| Failure::at(Code::NotAllowed, "verb"))?;
    say(&caller, &id, verb, &text, ("thread_reply", &once)).await
}

/// Says something under the officer's name for the archive and the agency's name for the citizen.
pub(in crate::desk) async fn say(
    caller: &Caller,
    id: &ConversationId,
    verb: ReplyVerb,
    words: &str,
    (command, once): (&str, &str),
) -> Result<()> {
    let words = text::lines(words);
    if words.is_empty() && verb != ReplyVerb::Working {
        return Err(Failure::at(Code::Empty, "text").into());
    }
    let too_long = || Failure::at(Code::TooLong, "text").with(TEXT_CHARS_MAX as u64);
    if words.chars().count() > TEXT_CHARS_MAX {
        return Err(too_long().into());
    }
    let key = act(caller.login(), command, once)?;
    let say = Say {
        officer: Some(caller.login().to_owned()),
        once: Some(Once {
            key,
            result: String::new(),
            at: caller.hub().clock.now(),
        }),
        ..Say::words(verb, words)
    };
    match caller.hub().say(id, &say).await {
        // Four bytes a character: too many bytes although not too many characters.
        Err(HubError::Seal(SealError::TooBig { .. })) => Err(too_long().into()),
        other => other,
    }
}

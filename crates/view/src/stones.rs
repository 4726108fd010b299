//! The five stones of a conversation's first letter, with the names of who proves each.

use bantin_model::conversation::{Proof, Stones, Who, stones};
use bantin_model::letter::{LetterId, OpenedReply};
use bantin_model::time::Seconds;
use bantin_wire::ipc::conversation::Stone;

use crate::thread::{SentLetter, Thread, is_answer};
use crate::{Directory, Reader};

/// What is proven about one letter.
pub(crate) fn of_letter(thread: &Thread, sent: &SentLetter) -> Stones {
    stones(
        sent.id,
        Some(sent.saved_at),
        &thread.receipts,
        &thread.replies,
    )
}

/// What is proven about the first letter. An answer to a later letter, or to none in particular,
/// answers the conversation, so it lights the last stone too.
fn of_thread(thread: &Thread) -> Stones {
    let Some((first, saved_at)) = first_letter(thread) else {
        return Stones::default();
    };
    let about_first = |opened: &OpenedReply| {
        let mut opened = opened.clone();
        if is_answer(opened.reply.verb) {
            opened.reply.re = Some(first);
        }
        opened
    };
    let replies: Vec<OpenedReply> = thread.replies.iter().map(about_first).collect();
    stones(first, saved_at, &thread.receipts, &replies)
}

/// The first letter, and when it was saved here. One that lies on another device is known by the first
/// reply that names it.
fn first_letter(thread: &Thread) -> Option<(LetterId, Option<Seconds>)> {
    if thread.claimed_at.is_some() {
        let named = thread.replies.iter().find_map(|opened| opened.reply.re);
        return named.map(|letter| (letter, None));
    }
    let first = thread.letters.first()?;
    Some((first.id, Some(first.saved_at)))
}

/// All, dark ones included, in order.
pub(crate) fn stone_views(thread: &Thread, directory: &Directory, reader: &Reader) -> Vec<Stone> {
    let who = |who: &Who| match who {
        Who::ThisDevice => String::new(),
        Who::Hub(place) | Who::Agency(place) => directory.agency_name(place, reader),
        Who::Office(by) => by.clone(),
    };
    let view = |(step, proof): (&str, Option<Proof>)| Stone {
        step: step.to_owned(),
        at: proof.as_ref().map(|proof| proof.at),
        who: proof.map(|proof| who(&proof.who)).unwrap_or_default(),
    };
    // On which device a letter was saved that is not here, nobody can prove.
    let here = |(step, _): &(&str, _)| *step != "saved" || thread.claimed_at.is_none();
    let all = named(of_thread(thread)).into_iter().filter(here);
    all.map(view).collect()
}

/// The last proven step.
pub(crate) fn last_step(thread: &Thread) -> String {
    named(of_thread(thread))
        .into_iter()
        .rev()
        .find(|(_, proof)| proof.is_some())
        .map_or(
            if thread.claimed_at.is_some() {
                ""
            } else {
                "saved"
            },
            |(step, _)| step,
        )
        .to_owned()
}

fn named(stones: Stones) -> [(&'static str, Option<Proof>); 5] {
    [
        ("saved", stones.saved),
        ("accepted", stones.accepted),
        ("delivered", stones.delivered),
        ("opened", stones.opened),
        ("answered", stones.answered),
    ]
}

//! The five stones of a conversation's first letter, with the names of who proves each.

use bantin_model::conversation::{Proof, Stones, Who, stones};
use bantin_model::letter::OpenedReply;
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
    let Some(first) = thread.letters.first() else {
        return Stones::default();
    };
    let about_first = |opened: &OpenedReply| {
        let mut opened = opened.clone();
        if is_answer(opened.reply.verb) {
            opened.reply.re = Some(first.id);
        }
        opened
    };
    let replies: Vec<OpenedReply> = thread.replies.iter().map(about_first).collect();
    stones(first.id, Some(first.saved_at), &thread.receipts, &replies)
}

/// All five, dark ones included, in order.
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
    named(of_thread(thread)).into_iter().map(view).collect()
}

/// The last proven step.
pub(crate) fn last_step(thread: &Thread) -> String {
    named(of_thread(thread))
        .into_iter()
        .rev()
        .find(|(_, proof)| proof.is_some())
        .map_or("saved", |(step, _)| step)
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

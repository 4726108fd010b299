//! Conversations as the window shows them.

use bantin_model::conversation::Status;
use bantin_model::letter::OpenedReply;
use bantin_wire::ipc::conversation::{ConversationCard, ConversationPage, MessageView};

use crate::thread::{Entry, SentLetter, Thread, is_said};
use crate::{Directory, Reader, stones};

/// One line of the list.
pub fn conversation_card(
    thread: &Thread,
    directory: &Directory,
    reader: &Reader,
) -> ConversationCard {
    let claimed = thread.claimed_at.is_some();
    let unproven = if claimed { "unknown" } else { "saved" };
    ConversationCard {
        id: thread.id.to_string(),
        title: thread.title(),
        kind: thread.kind().to_owned(),
        agency: directory.agency_name(thread.agency_now(), reader),
        status: thread.status().map_or(unproven, status_name).to_owned(),
        step: stones::last_step(thread),
        due_at: thread.due_at(),
        changed_at: thread.changed_at(),
        unread: thread.unread(),
        claimed,
    }
}

/// A whole conversation.
pub fn conversation_page(
    thread: &Thread,
    directory: &Directory,
    reader: &Reader,
) -> ConversationPage {
    let first = thread.letters.first();
    ConversationPage {
        card: conversation_card(thread, directory, reader),
        stones: stones::stone_views(thread, directory, reader),
        messages: messages(thread),
        about: first.and_then(|sent| sent.letter.about),
        claim_code: thread.claim_code.clone(),
        // A reply states the moment and not the rule; the office's own rules are not known here.
        deadline_basis: None,
        actions: thread.actions(),
    }
}

fn messages(thread: &Thread) -> Vec<MessageView> {
    let view = |entry: Entry<'_>| match entry {
        Entry::Mine(sent) => Some(mine(thread, sent)),
        Entry::Theirs(opened) => is_said(opened.reply.verb).then(|| theirs(opened)),
    };
    thread.entries().into_iter().filter_map(view).collect()
}

fn mine(thread: &Thread, sent: &SentLetter) -> MessageView {
    let letter = &sent.letter;
    let text = match &letter.product {
        Some(product) if letter.text.is_empty() => product.name.clone(),
        _ => letter.text.clone(),
    };
    MessageView {
        mine: true,
        verb: letter.verb.to_string(),
        text,
        by: String::new(),
        at: letter.written_at,
        photos: sent.photos.clone(),
        waiting: thread.waits(sent),
        carried_at: thread.carried_at(sent),
        rating: letter.rating,
        record: None,
    }
}

fn theirs(opened: &OpenedReply) -> MessageView {
    let reply = &opened.reply;
    MessageView {
        mine: false,
        verb: reply.verb.to_string(),
        text: reply.text.clone(),
        by: reply.by.clone(),
        at: reply.at,
        photos: Vec::new(),
        waiting: false,
        carried_at: None,
        rating: None,
        record: reply.record,
    }
}

/// The state's name on the wire, as serde writes it.
fn status_name(status: Status) -> &'static str {
    match status {
        Status::Received => "received",
        Status::Forwarded => "forwarded",
        Status::NeedsInfo => "needs-info",
        Status::Working => "working",
        Status::Answered => "answered",
        Status::Closed => "closed",
        Status::Reopened => "reopened",
        Status::OutOfScope => "out-of-scope",
    }
}

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
        agency: agency_now(thread, directory, reader),
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
        messages: messages(thread, directory, reader),
        about: first.and_then(|sent| sent.letter.about),
        claim_code: thread.claim_code.clone(),
        // A reply states the moment and not the rule; the office's own rules are not known here.
        deadline_basis: None,
        actions: thread.actions(),
    }
}

/// The agency that has it now, by name.
fn agency_now(thread: &Thread, directory: &Directory, reader: &Reader) -> String {
    match thread.passed() {
        Some(opened) => passed_to(opened, directory, reader).unwrap_or_default(),
        None => directory.agency_name(&thread.agency, reader),
    }
}

/// The agency a reply passes the conversation on to, by name: as the feeds held here say, else as the agency
/// says that passed it on.
fn passed_to(opened: &OpenedReply, directory: &Directory, reader: &Reader) -> Option<String> {
    let place = opened.reply.forwarded_to.as_ref()?;
    let told = || opened.reply.passed_names().map(|names| reader.name(&names));
    let name = match directory.knows_agency(place) {
        true => None,
        false => told(),
    };
    Some(name.unwrap_or_else(|| directory.agency_name(place, reader)))
}

fn messages(thread: &Thread, directory: &Directory, reader: &Reader) -> Vec<MessageView> {
    let view = |entry: Entry<'_>| match entry {
        Entry::Mine(sent) => Some(mine(thread, sent)),
        Entry::Theirs(opened) => is_said(opened.reply.verb).then(|| MessageView {
            passed_to: passed_to(opened, directory, reader),
            ..theirs(opened)
        }),
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
        passed_to: None,
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
        passed_to: None,
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

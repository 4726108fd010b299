//! A whole thread.

use std::collections::BTreeMap;

use bantin_hub_store::ConversationKind;
use bantin_model::id::RecordId;
use bantin_model::letter::{ConversationId, Letter};
use bantin_model::record::{Body, Record, Text, Topic};
use bantin_wire::desk::conversation::{DeskMessage, Thread, ThreadRead, TrailStep};
use bantin_wire::{Code, Failure};

use super::view;
use crate::Hub;
use crate::conversation::{Message, QueueItem, ThreadView};
use crate::desk::caller::{Caller, roles_for};
use crate::failure::Result;

/// Characters of a letter shown as its title.
const TITLE_CHARS: usize = 80;

/// Shows the thread; the first look tells the writer that an officer opened it.
pub(in crate::desk) async fn read(caller: Caller, command: ThreadRead) -> Result<Thread> {
    let id = allowed(&caller, &command.id).await?;
    let hub = caller.hub();
    hub.opened_by_officer(&id).await?;
    let thread = hub.thread(&id).await?;
    let submitted = hub.submitted(&thread).await?;
    let held = caller
        .roles()
        .await?
        .remove(&thread.row.place)
        .unwrap_or_default();
    let product = submitted.is_some() && thread.row.kind == ConversationKind::Product;
    let actions = view::actions(&thread.can, product, |role| held.contains(&role));
    let letters: Vec<&Letter> = letters(&thread).collect();
    let about = letters.iter().find_map(|letter| letter.about);
    let newest = |pick: fn(&Letter) -> Option<String>| {
        letters
            .iter()
            .rev()
            .find_map(|letter| pick(letter).filter(|text| !text.trim().is_empty()))
    };
    Ok(Thread {
        about: title_of(hub, about).await?,
        written_for: newest(|letter| letter.written_for.clone()),
        contact: newest(|letter| letter.contact.clone()),
        deadline_basis: hub.due_rule(thread.row.kind).map(|rule| rule.basis),
        messages: messages(hub, &thread).await?,
        trail: trail(hub, &thread).await?,
        row: view::row(item(&thread), hub.clock.now()),
        submission: submitted.map(view::submission),
        actions,
    })
}

/// The conversation, if the officer may read it.
pub(in crate::desk) async fn allowed(caller: &Caller, id: &str) -> Result<ConversationId> {
    let id = ConversationId::from_hex(id).ok_or_else(|| Failure::at(Code::NotFound, "id"))?;
    let row = caller.hub().conversation_row(&id).await?;
    caller.may(&row.place, roles_for(&row)).await?;
    Ok(id)
}

fn letters(thread: &ThreadView) -> impl Iterator<Item = &Letter> {
    thread.messages.iter().filter_map(|message| match message {
        Message::Letter { letter, .. } => Some(&letter.letter),
        Message::Reply { .. } => None,
    })
}

fn item(thread: &ThreadView) -> QueueItem {
    let first = letters(thread).next();
    let title = first.map(|letter| match &letter.product {
        Some(product) => product.name.as_str(),
        None => letter
            .text
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default(),
    });
    let topic = first
        .and_then(|letter| letter.topic)
        .map_or("", |topic| Topic(topic).name());
    QueueItem {
        row: thread.row.clone(),
        title: title
            .unwrap_or_default()
            .trim()
            .chars()
            .take(TITLE_CHARS)
            .collect(),
        topic: topic.to_owned(),
    }
}

async fn messages(hub: &Hub, thread: &ThreadView) -> Result<Vec<DeskMessage>> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut out = Vec::new();
    for message in &thread.messages {
        let name = match message {
            Message::Reply {
                officer: Some(login),
                ..
            } => {
                if !names.contains_key(login) {
                    let officer = hub.store.officer(login).await?;
                    let name = officer.map_or_else(|| login.clone(), |officer| officer.name);
                    names.insert(login.clone(), name);
                }
                names.get(login).cloned().unwrap_or_default()
            }
            _ => String::new(),
        };
        let to = match message {
            Message::Reply { reply, .. } => reply.forwarded_to.as_ref(),
            Message::Letter { .. } => None,
        };
        let passed_to = match to {
            Some(to) => Some(hub.agency_name(to).await?),
            None => None,
        };
        out.push(view::message(message, name, passed_to));
    }
    Ok(out)
}

/// The way from agency to agency.
async fn trail(hub: &Hub, thread: &ThreadView) -> Result<Vec<TrailStep>> {
    let mut steps = Vec::new();
    for hop in &thread.trail {
        steps.push(TrailStep {
            from: hop.by.clone(),
            to: hub.agency_name(&hop.to).await?,
            at: hop.at,
            reason: hop.reason.clone(),
        });
    }
    Ok(steps)
}

/// The record a question is about; its name stays even if the record was withdrawn since.
async fn title_of(hub: &Hub, about: Option<RecordId>) -> Result<Option<(RecordId, String)>> {
    let Some(id) = about else {
        return Ok(None);
    };
    let last = hub.store.revisions(&id).await?.pop();
    let texts = last.and_then(
        |row| match Record::from_bytes(&row.bytes).ok()?.body().ok()? {
            Body::Article(article) => Some(article.texts),
            Body::Product(product) => Some(product.texts),
            _ => None,
        },
    );
    let title = texts.and_then(|texts| Text::choose(&texts, &[]).map(|text| text.title.clone()));
    Ok(title.map(|title| (id, title)))
}

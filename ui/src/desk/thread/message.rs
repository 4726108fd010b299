//! What was said, oldest first, like a chat: the citizen at the left, the agency at the right.

use bantin_wire::desk::conversation::{DeskMessage, Thread};
use leptos::prelude::*;

use super::super::state::desk;
use super::files::Files;
use crate::component::icon::Icon;
use crate::component::prose::Prose;
use crate::component::stars::Stars;
use crate::t;
use crate::text::language::language_name;
use crate::text::when;

/// Everything said.
#[component]
pub fn Messages(
    /// The conversation.
    told: Thread,
) -> impl IntoView {
    let id = told.row.id.clone();
    let all = told
        .messages
        .into_iter()
        .map(|message| view! { <Message conversation=id.clone() message=message /> })
        .collect_view();
    view! { <ol class="messages" aria-label=t!("desk-messages")>{all}</ol> }
}

#[component]
fn Message(conversation: String, message: DeskMessage) -> impl IntoView {
    let now = desk().now.get_untracked();
    let did = did(&message);
    let foreign = (message.lang != "vi").then(|| language_name(&message.lang));
    let who = match (message.citizen, message.by.is_empty()) {
        (true, _) => t!("desk-citizen"),
        (false, true) => t!("desk-agency"),
        (false, false) => message.by.clone(),
    };
    let text = (!message.text.trim().is_empty())
        .then(|| view! { <Prose text=message.text.clone() lang=message.lang.clone() /> });
    let passed_to = message.passed_to.map(|name| {
        view! { <p class="message-passed" dir="auto">{t!("desk-passed-to", agency = name)}</p> }
    });
    let rating = message.rating.map(|stars| view! { <Stars count=stars /> });
    view! {
        <li class="message" class:message-ours=!message.citizen>
            <p class="message-head">
                <strong>{who}</strong>
                {did.map(|did| view! { <span class="message-did">{did}</span> })}
                <time>{when(message.at, now)}</time>
                {foreign.map(|name| view! { <span class="message-lang">{name}</span> })}
            </p>
            {passed_to}
            {text}
            {rating}
            <Files conversation=conversation files=message.attachments />
        </li>
    }
}

/// What the message did, where its words do not say so themselves.
fn did(message: &DeskMessage) -> Option<String> {
    match message.verb.as_str() {
        "needs-info" => Some(t!("desk-did-ask")),
        "working" => Some(t!("desk-did-working")),
        "answered" => Some(t!("desk-did-answer")),
        "out-of-scope" => Some(t!("desk-did-decline")),
        "forwarded" => Some(t!("desk-did-forward")),
        "published" => Some(t!("desk-did-publish")),
        "rejected" => Some(t!("desk-did-reject")),
        "submit-product" => Some(t!("desk-did-submit")),
        "rate" => Some(t!("desk-did-rate")),
        "close" => Some(t!("desk-did-close")),
        "reopen" => Some(t!("desk-did-reopen")),
        _ => None,
    }
}

/// The drawing of an attachment's kind.
pub fn file_icon(mime: &str) -> Icon {
    match mime.split('/').next() {
        Some("image") => Icon::Photo,
        Some("audio") => Icon::Listen,
        _ => Icon::Source,
    }
}

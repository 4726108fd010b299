//! Conversations as the desk shows them.

use bantin_hub_store::{ConversationRow, Role};
use bantin_model::letter::{Attachment, ProductDraft, ReplyVerb};
use bantin_model::record::Group;
use bantin_model::time::Seconds;
use bantin_wire::desk::conversation::{AttachmentView, DeskMessage, QueueRow, Submission};

use crate::conversation::{Message, QueueItem, Submitted};

/// A row of the queue.
pub(super) fn row(item: QueueItem, now: Seconds) -> QueueRow {
    let QueueItem { row, title, topic } = item;
    QueueRow {
        id: row.id.to_string(),
        left_s: left_s(&row, now),
        place: row.place,
        title,
        kind: row.kind.as_str().into(),
        topic,
        status: match row.passed_to {
            Some(_) => "passed-on".into(),
            None => name(row.status),
        },
        received_at: row.received_at,
        due_at: row.due_at,
        changed_at: row.changed_at,
        unopened: row.opened_at.is_none(),
        rating: row.rating,
    }
}

/// A state's name.
fn name(status: bantin_model::conversation::Status) -> String {
    let name = serde_json::to_value(status).ok();
    name.and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Seconds left, negative when overdue; none when nothing is owed.
fn left_s(row: &ConversationRow, now: Seconds) -> Option<i64> {
    let due_at = row.due_at.filter(|_| row.status.is_open())?;
    let signed = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
    Some(signed(due_at.since(now)) - signed(now.since(due_at)))
}

fn attachments(list: &[Attachment]) -> Vec<AttachmentView> {
    let view = |one: &Attachment| AttachmentView {
        hash: one.hash,
        mime: one.kind.media_type().into(),
        bytes: one.bytes,
    };
    list.iter().map(view).collect()
}

/// Something that was said; `name` is the officer's, if one said it, `passed_to` the agency's that it
/// was passed on to.
pub(super) fn message(message: &Message, name: String, passed_to: Option<String>) -> DeskMessage {
    match message {
        Message::Letter { at, letter } => DeskMessage {
            citizen: true,
            verb: letter.letter.verb.to_string(),
            text: letter.letter.text.clone(),
            lang: letter.letter.lang.to_string(),
            by: String::new(),
            at: *at,
            attachments: attachments(&letter.letter.attachments),
            rating: letter.letter.rating,
            passed_to,
        },
        Message::Reply { reply, .. } => DeskMessage {
            citizen: false,
            verb: reply.verb.to_string(),
            text: reply.text.clone(),
            lang: reply.lang.to_string(),
            by: name,
            at: reply.at,
            attachments: attachments(&reply.attachments),
            rating: None,
            passed_to,
        },
    }
}

/// A submitted product.
pub(super) fn submission(submitted: Submitted) -> Submission {
    let Submitted {
        draft, published, ..
    } = submitted;
    let ProductDraft {
        id,
        name,
        group,
        story,
        price,
        season_months,
        village,
        maker,
        ..
    } = draft;
    Submission {
        record: id,
        name,
        group: Group(group).name().into(),
        story,
        price,
        season: season_months,
        village,
        maker,
        how_to_buy: draft.how_to_buy,
        stars: draft.stars,
        certificate_number: draft
            .certificate
            .map(|paper| paper.number)
            .unwrap_or_default(),
        published,
    }
}

/// What can be done now by somebody who holds these roles.
pub(super) fn actions(
    can: &[ReplyVerb],
    product: bool,
    holds: impl Fn(Role) -> bool,
) -> Vec<String> {
    let answers = holds(Role::Answer) || product && holds(Role::CheckProduct);
    let checks = product && holds(Role::CheckProduct);
    let all = [
        (ReplyVerb::NeedsInfo, "ask", answers),
        (ReplyVerb::Answered, "answer", answers),
        (ReplyVerb::Working, "working", answers),
        (ReplyVerb::Forwarded, "forward", answers),
        (ReplyVerb::OutOfScope, "out-of-scope", answers),
        (ReplyVerb::Published, "publish-product", checks),
        (ReplyVerb::Rejected, "reject-product", checks),
    ];
    let now = all
        .into_iter()
        .filter(|(verb, _, may)| *may && can.contains(verb));
    now.map(|(_, name, _)| name.to_owned()).collect()
}

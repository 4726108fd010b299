//! `inbox`, `show`, `ask`, `answer`, `agencies`, `forward` and `check-product`.

use std::path::Path;

use bantin_hub_store::{ConversationRow, Once, QueueFilter};
use bantin_model::conversation::Status;
use bantin_model::id::Lang;
use bantin_model::letter::{ConversationId, ProductDraft, ReplyVerb};
use bantin_model::record::{Certificate, Group, Method, Product, Text};
use bantin_model::time::Validity;
use bantin_wire::{Code, Failure};
use serde::Serialize;
use serde_json::json;

use super::args;
use super::content::signer;
use super::output::print;
use crate::Hub;
use crate::conversation::{CheckedProduct, Message, PassOn, Say, Submitted};

/// What `ask` says.
pub const ASK: ReplyVerb = ReplyVerb::NeedsInfo;
/// What `answer` says.
pub const ANSWER: ReplyVerb = ReplyVerb::Answered;

#[derive(Serialize)]
struct Row {
    id: String,
    place: String,
    kind: &'static str,
    title: String,
    status: Status,
    received_at: u64,
    due_at: Option<u64>,
    unopened: bool,
    rating: Option<u8>,
}

impl Row {
    fn of(row: &ConversationRow, title: String) -> Self {
        Self {
            id: row.id.to_string(),
            place: row.place.to_string(),
            kind: row.kind.as_str(),
            title,
            status: row.status,
            received_at: row.received_at.0,
            due_at: row.due_at.map(|at| at.0),
            unopened: row.opened_at.is_none(),
            rating: row.rating,
        }
    }
}

pub async fn inbox(dir: &Path, options: &args::Inbox, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    hub.open_letters().await?;
    let places = match &options.place {
        Some(place) => vec![place.clone()],
        None => hub
            .store
            .feeds()
            .await?
            .into_iter()
            .map(|feed| feed.place)
            .collect(),
    };
    let limit = options.limit.min(1000);
    let filter = QueueFilter {
        places,
        open_only: !options.all,
        offset: 0,
        limit,
    };
    let items = hub.queue(&filter).await?;
    let rows: Vec<Row> = items
        .into_iter()
        .map(|item| Row::of(&item.row, item.title))
        .collect();
    print(json, &rows, |rows| {
        let lines = rows
            .iter()
            .map(|row| format!("{}  {}  {:?}  {}", row.id, row.place, row.status, row.title));
        lines.collect::<Vec<_>>().join("\n")
    })
}

fn conversation(id: &str) -> anyhow::Result<ConversationId> {
    let id = ConversationId::from_hex(id);
    Ok(id.ok_or_else(|| Failure::at(Code::NotFound, "id"))?)
}

pub async fn show(dir: &Path, id: &str, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    hub.open_letters().await?;
    let id = conversation(id)?;
    hub.opened_by_officer(&id).await?;
    let thread = hub.thread(&id).await?;
    let messages: Vec<serde_json::Value> = thread.messages.iter().map(message).collect();
    let value = json!({
        "row": Row::of(&thread.row, String::new()),
        "messages": messages,
        "product": hub.submitted(&thread).await?.map(|submitted| submitted.draft),
        "can": thread.can.iter().map(|verb| verb.to_string()).collect::<Vec<_>>(),
    });
    print(json, &value, |_| {
        let lines = thread.messages.iter().map(|message| match message {
            Message::Letter { letter, .. } => format!("→ {}", letter.letter.text),
            Message::Reply { reply, .. } => format!("← {} ({})", reply.text, reply.by),
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

fn message(message: &Message) -> serde_json::Value {
    match message {
        Message::Letter { at, letter } => json!({
            "from": "person",
            "letter": letter.id,
            "verb": letter.letter.verb.to_string(),
            "text": letter.letter.text,
            "lang": letter.letter.lang,
            "at": at,
            "about": letter.letter.about,
            "rating": letter.letter.rating,
            "written_for": letter.letter.written_for,
            "contact": letter.letter.contact,
            "attachments": letter.letter.attachments.iter().map(|a| json!({
                "hash": a.hash, "bytes": a.bytes, "mime": a.kind.media_type(),
            })).collect::<Vec<_>>(),
        }),
        Message::Reply { officer, reply } => json!({
            "from": "agency",
            "verb": reply.verb.to_string(),
            "text": reply.text,
            "at": reply.at,
            "by": reply.by,
            "officer": officer,
            "record": reply.record,
        }),
    }
}

pub async fn say(
    dir: &Path,
    options: args::Say,
    verb: ReplyVerb,
    json: bool,
) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    hub.open_letters().await?;
    let id = conversation(&options.id)?;
    let say = Say {
        by: options.by,
        once: named(&hub, options.once),
        ..Say::words(verb, options.text)
    };
    hub.say(&id, &say).await?;
    finish(&hub, &id, json).await
}

/// Agencies that a conversation can be passed on to.
pub async fn agencies(dir: &Path, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    let known = hub.agencies().await?;
    let rows: Vec<serde_json::Value> = known
        .iter()
        .map(|known| json!({ "place": known.place, "name": known.name() }))
        .collect();
    print(json, &rows, |_| {
        let lines = known.iter();
        let lines = lines.map(|known| format!("{}  {}", known.place, known.name()));
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// Passes a conversation on.
pub async fn forward(dir: &Path, options: args::Forward, json: bool) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    hub.open_letters().await?;
    let id = conversation(&options.id)?;
    let pass = PassOn {
        to: options.to,
        reason: options.reason,
        officer: None,
        once: named(&hub, options.once),
    };
    hub.pass_on(&id, &pass).await?;
    finish(&hub, &id, json).await
}

fn named(hub: &Hub, once: Option<String>) -> Option<Once> {
    let at = hub.clock.now();
    once.map(|key| Once {
        key: format!("cli/{key}"),
        result: String::new(),
        at,
    })
}

async fn finish(hub: &Hub, id: &ConversationId, json: bool) -> anyhow::Result<()> {
    let row = hub.thread(id).await?.row;
    print(json, &Row::of(&row, String::new()), |row| {
        format!("{:?}", row.status)
    })
}

pub async fn check_product(
    dir: &Path,
    options: args::CheckProduct,
    json: bool,
) -> anyhow::Result<()> {
    let hub = Hub::open(dir).await?;
    hub.open_letters().await?;
    let id = conversation(&options.id)?;
    if let Some(why) = options.reject {
        hub.say(&id, &Say::words(ReplyVerb::Rejected, why)).await?;
        return finish(&hub, &id, json).await;
    }
    let submitted = hub.submitted(&hub.thread(&id).await?).await?;
    let submitted = submitted.ok_or_else(|| Failure::new(Code::WrongState))?;
    let by = signer(&hub, options.officer.as_deref()).await?;
    let by = by.ok_or_else(|| Failure::at(Code::Empty, "officer"))?;
    let place = hub.thread(&id).await?.row.place;
    hub.check_grant(&by.login, &place, bantin_hub_store::Role::CheckProduct)
        .await?;
    let checked = as_written(&hub, &submitted, options.certificate_seen, options.text);
    let record = hub.publish_product(&id, checked, &by, None).await?;
    print(json, &json!({ "record": record }), |_| record.to_string())
}

/// The product as its maker wrote it; stars only with a certificate that was seen.
fn as_written(hub: &Hub, submitted: &Submitted, seen: bool, text: String) -> CheckedProduct {
    let draft = &submitted.draft;
    let product = Product {
        group: Group(draft.group),
        texts: vec![Text {
            lang: Lang::vietnamese(),
            title: draft.name.clone(),
            summary: String::new(),
            body: draft.story.clone(),
            who: String::new(),
            todo: String::new(),
            ask: draft.how_to_buy.clone(),
            method: Method::Human,
            made_by: None,
            reviewed_by: None,
        }],
        maker: draft.maker.clone(),
        village: draft.village.clone(),
        price: draft.price.clone(),
        price_date: crate::conversation::day_of(hub.clock.now(), hub.rules.utc_offset_minutes),
        season: draft.season_months.clone(),
        available: true,
        certificate: certificate(draft).filter(|_| seen),
        pictures: Vec::new(),
        sample: false,
    };
    let photos = submitted.photos.iter().map(|photo| photo.hash).collect();
    CheckedProduct {
        product,
        photos,
        text,
    }
}

fn certificate(draft: &ProductDraft) -> Option<Certificate> {
    let paper = draft.certificate.as_ref()?;
    Some(Certificate {
        number: paper.number.clone(),
        issued_by: paper.issued_by.clone(),
        valid: Validity {
            from: paper.issued,
            until: Some(paper.expires),
        },
        stars: draft.stars?,
    })
}

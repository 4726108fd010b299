//! Letters: asking, submitting, and what became of it.

use std::io;
use std::path::PathBuf;

use anyhow::{Context, Result};
use bantin_engine::Engine;
use bantin_wire::ipc::conversation::Question;
use bantin_wire::ipc::product::ProductForm;
use bantin_wire::{Code, Failure};
use serde_json::json;

use super::said;
use crate::args::{Ask, Language, Once, SubmitProduct};
use crate::exit::Said;
use crate::text;

/// The largest file that is read at all, in bytes; what a photo may have is the engine's to say.
const FILE_BYTES_MAX: u64 = 64 << 20;

pub(super) async fn ask(engine: &Engine, ask: &Ask, language: Language) -> Result<Said> {
    let question = Question {
        topic: ask.topic.clone(),
        text: ask.text.clone(),
        about: ask.about,
        photos: photos(engine, &ask.photo).await?,
        written_for: ask.written_for.clone(),
        contact: ask.contact.clone(),
    };
    let id = engine
        .ask(&question, &once(&ask.once)?)
        .await
        .map_err(Failure::from)?;
    begun(engine, &id, language).await
}

pub(super) async fn submit_product(
    engine: &Engine,
    product: &SubmitProduct,
    language: Language,
) -> Result<Said> {
    let form = ProductForm {
        name: product.name.clone(),
        group: product.group.clone(),
        story: product.story.clone(),
        price: product.price.clone(),
        season: product.season.clone(),
        village: product.village.clone(),
        maker: product.maker.clone(),
        how_to_buy: product.how_to_buy.clone(),
        stars: product.stars,
        certificate_number: product.certificate.clone(),
        photos: photos(engine, &product.photo).await?,
    };
    let once = once(&product.once)?;
    let id = engine
        .submit_product(&form, &once)
        .await
        .map_err(Failure::from)?;
    begun(engine, &id, language).await
}

pub(super) async fn outbox(engine: &Engine) -> Result<Said> {
    let letters = engine.outbox().await.map_err(Failure::from)?;
    said(&letters, letters.iter().map(text::waiting).collect())
}

pub(super) async fn conversations(engine: &Engine, language: Language) -> Result<Said> {
    let cards = engine.conversations().await.map_err(Failure::from)?;
    said(
        &cards,
        cards
            .iter()
            .map(|card| text::conversation(card, language))
            .collect(),
    )
}

pub(super) async fn conversation(engine: &Engine, id: &str, language: Language) -> Result<Said> {
    let page = engine.conversation(id).await.map_err(Failure::from)?;
    let mut lines = vec![text::conversation(&page.card, language)];
    lines.extend(
        page.messages
            .iter()
            .map(|message| text::message(message, language)),
    );
    said(&page, lines)
}

/// Takes a conversation over by its claim code.
pub(super) async fn claim(engine: &Engine, code: &str, language: Language) -> Result<Said> {
    let id = engine.claim(code).await.map_err(Failure::from)?;
    said(
        &json!({ "conversation": id }),
        vec![text::claimed(&id, language)],
    )
}

/// A conversation began: what finds its answers when this device is lost is said as well.
async fn begun(engine: &Engine, id: &str, language: Language) -> Result<Said> {
    let page = engine.conversation(id).await.map_err(Failure::from)?;
    let lines = vec![
        text::saved(id, language),
        text::claim_code(&page.claim_code, language),
    ];
    said(
        &json!({ "conversation": id, "claim_code": page.claim_code }),
        lines,
    )
}

/// A letter was added to a conversation, or why not.
pub(super) fn kept(id: &str, done: bantin_engine::Result<()>, language: Language) -> Result<Said> {
    done.map_err(Failure::from)?;
    saved(id, language)
}

fn saved(id: &str, language: Language) -> Result<Said> {
    said(
        &json!({ "conversation": id }),
        vec![text::saved(id, language)],
    )
}

/// Takes photos in; their names for the letter.
pub(super) async fn photos(engine: &Engine, files: &[PathBuf]) -> Result<Vec<String>> {
    let mut tokens = Vec::new();
    for file in files {
        let named = || format!("{}", file.display());
        let meta = match tokio::fs::metadata(file).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Failure::at(Code::NotFound, named()).into());
            }
            meta => meta.with_context(named)?,
        };
        if meta.len() > FILE_BYTES_MAX {
            return Err(Failure::at(Code::MediaTooLarge, named())
                .with(FILE_BYTES_MAX)
                .into());
        }
        let bytes = tokio::fs::read(file).await.with_context(named)?;
        let added = engine.add_photo(bytes).await.map_err(Failure::from);
        let added = added.map_err(|failure| Failure {
            field: Some(named()),
            ..failure
        })?;
        tokens.push(added.token);
    }
    Ok(tokens)
}

/// The act's name, or a new one.
pub(super) fn once(once: &Once) -> Result<String> {
    if let Some(name) = &once.once {
        return Ok(name.clone());
    }
    let mut random = [0u8; 16];
    getrandom::fill(&mut random).context("no randomness")?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

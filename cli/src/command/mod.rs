//! The verbs: each asks the engine and says what came of it.

mod data;
mod letter;
mod news;
mod pack;
mod place;
mod relay;

use anyhow::Result;
use bantin_engine::{Engine, EngineConfig};
use bantin_wire::Failure;
use serde::Serialize;

use crate::args::{Args, Pack, Verb};
use crate::exit::Said;

/// Carries out what was typed.
pub(crate) async fn run(args: &Args) -> Result<Said> {
    let opened = Engine::open(&args.data, EngineConfig::default()).await;
    let engine = opened.map_err(Failure::from)?;
    let language = args.lang;
    match &args.verb {
        Verb::Places { link } => place::places(&engine, link).await,
        Verb::Follow { link, place } => place::follow(&engine, link, place, language).await,
        Verb::Sync { via: None } => place::sync(&engine, language).await,
        Verb::Sync { via: Some(via) } => relay::sync_via(&engine, via, language).await,
        Verb::Send => place::send(&engine, language).await,
        Verb::Relay(how) => relay::relay(&engine, args, how).await,
        Verb::Nearby { seconds } => relay::nearby(&engine, *seconds, language).await,
        Verb::Status => place::status(&engine, language).await,
        Verb::List(list) => news::list(&engine, list).await,
        Verb::Show { id, text_lang } => news::show(&engine, *id, text_lang.as_deref()).await,
        Verb::Search { text, limit } => news::search(&engine, text, *limit).await,
        Verb::Ask(ask) => letter::ask(&engine, ask, language).await,
        Verb::SubmitProduct(product) => letter::submit_product(&engine, product, language).await,
        Verb::Pack(Pack::Export(export)) => pack::export(&engine, export, language).await,
        Verb::Pack(Pack::Import(import)) => pack::import(&engine, import, language).await,
        Verb::Pack(Pack::Show { file }) => pack::show(file, language).await,
        Verb::Data(data) => data::data(&engine, data, language).await,
        Verb::Outbox => letter::outbox(&engine).await,
        Verb::Inbox { id: None } => letter::conversations(&engine, language).await,
        Verb::Inbox { id: Some(id) } => letter::conversation(&engine, id, language).await,
        Verb::Claim { code } => letter::claim(&engine, code, language).await,
        Verb::Reply {
            id,
            text,
            photo,
            once,
        } => {
            let photos = letter::photos(&engine, photo).await?;
            let done = engine.reply(id, text, &photos, &letter::once(once)?).await;
            letter::kept(id, done, language)
        }
        Verb::Rate {
            id,
            rating,
            text,
            once,
        } => {
            let done = engine.rate(id, *rating, text, &letter::once(once)?).await;
            letter::kept(id, done, language)
        }
        Verb::Close { id, once } => {
            letter::kept(id, engine.close(id, &letter::once(once)?).await, language)
        }
        Verb::Reopen { id, text, once } => letter::kept(
            id,
            engine.reopen(id, text, &letter::once(once)?).await,
            language,
        ),
    }
}

/// What the engine gave, as JSON and as lines.
fn said<T: Serialize>(value: &T, lines: Vec<String>) -> Result<Said> {
    Ok(Said {
        json: serde_json::to_value(value)?,
        lines,
    })
}

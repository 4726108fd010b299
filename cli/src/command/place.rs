//! Places, syncs and how fresh things are.

use anyhow::Result;
use bantin_engine::Engine;
use bantin_model::id::PlaceId;
use bantin_wire::Failure;
use serde_json::json;

use super::said;
use crate::args::Language;
use crate::exit::Said;
use crate::text;

pub(super) async fn places(engine: &Engine, link: &str) -> Result<Said> {
    let offer = engine.places_offered(link).await.map_err(Failure::from)?;
    said(&offer, offer.places.iter().map(text::offered).collect())
}

pub(super) async fn follow(
    engine: &Engine,
    link: &str,
    place: &PlaceId,
    language: Language,
) -> Result<Said> {
    engine.follow(link, place).await.map_err(Failure::from)?;
    let line = match language {
        Language::Vi => format!("Đang theo dõi {place}. Lấy tin: bantin sync"),
        Language::En => format!("Following {place}. Fetch its news: bantin sync"),
    };
    said(&json!({ "place": place }), vec![line])
}

pub(super) async fn sync(engine: &Engine, language: Language) -> Result<Said> {
    let outcome = engine.sync().await.map_err(Failure::from)?;
    said(&outcome, vec![text::synced(&outcome, language)])
}

pub(super) async fn send(engine: &Engine, language: Language) -> Result<Said> {
    let outcome = engine.send().await.map_err(Failure::from)?;
    said(&outcome, vec![text::synced(&outcome, language)])
}

pub(super) async fn status(engine: &Engine, language: Language) -> Result<Said> {
    let status = engine.status().await.map_err(Failure::from)?;
    said(&status, text::status(&status, language))
}

//! Our answers and their times.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::ensure;
use bantin_engine::{Engine, EngineConfig};
use bantin_search::{Limits, Query as Parsed};
use bantin_store::{Bounds, News};
use bantin_wire::ipc::search::{Found, Hit};

use super::LIMIT;
use crate::corpus::Query;
use crate::village::{Phone, news_file};

/// What came of all queries.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Milliseconds of each search with cards and snippets.
    pub(super) cards_ms: Vec<f64>,
    /// Milliseconds of each search of the index alone.
    pub(super) ids_ms: Vec<f64>,
    /// Queries with fewer answers than asked for: a full page may hold others that are newer.
    pub(super) compared: usize,
    wanted: usize,
    found: usize,
    answers: usize,
}

impl Answers {
    /// Share of the answers to accented queries that the unaccented ones give too.
    pub(super) fn recall(&self) -> f64 {
        self.found as f64 / self.wanted.max(1) as f64
    }

    /// Answers of an unaccented query.
    pub(super) fn each(&self) -> f64 {
        self.answers as f64 * 2.0 / self.cards_ms.len().max(1) as f64
    }
}

/// Asks every query in both spellings.
pub(super) async fn ask(phone: &Phone, asked: &[Query]) -> anyhow::Result<Answers> {
    let engine = Engine::open(phone.data(), EngineConfig::default()).await?;
    // One that nobody waits for: the first opens the files.
    engine.search("ban tin", LIMIT).await?;
    let mut answers = Answers::default();
    for query in asked {
        let with = cards(&engine, &query.accented, &mut answers.cards_ms).await?;
        let without = cards(&engine, &query.unaccented, &mut answers.cards_ms).await?;
        let unaccented = &query.unaccented;
        ensure!(!without.is_empty(), "nothing found for {unaccented}");
        answers.answers += without.len();
        if without.len() < LIMIT as usize {
            answers.compared += 1;
            answers.wanted += with.len();
            answers.found += with.intersection(&without).count();
        }
    }
    let news = News::open(&news_file(phone.data()), Bounds::default()).await?;
    let first = Parsed::parse("ban tin", Limits::default());
    news.search(&first, LIMIT).await?;
    for text in asked
        .iter()
        .flat_map(|query| [&query.accented, &query.unaccented])
    {
        let started = Instant::now();
        let query = Parsed::parse(text, Limits::default());
        news.search(&query, LIMIT).await?;
        answers
            .ids_ms
            .push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    news.close().await;
    Ok(answers)
}

async fn cards(
    engine: &Engine,
    text: &str,
    times: &mut Vec<f64>,
) -> anyhow::Result<BTreeSet<String>> {
    let started = Instant::now();
    let hits = engine.search(text, LIMIT).await?;
    times.push(started.elapsed().as_secs_f64() * 1_000.0);
    Ok(hits.iter().map(id).collect())
}

fn id(hit: &Hit) -> String {
    match &hit.found {
        Found::Notice { card } => card.id.to_string(),
        Found::Product { card } => card.id.to_string(),
    }
}

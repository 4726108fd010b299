//! Searching as one types, in one engine that is kept open like the app's.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::ensure;
use bantin_engine::{Engine, EngineConfig};
use bantin_wire::ipc::search::{Found, Hit};

use crate::corpus::{Document, Query, SEED, documents, queries};
use crate::row::{Row, percentile};
use crate::village::Phone;

/// Queries, each asked with its accents and without.
const QUERIES: usize = 300;
/// Answers asked for; the engine gives no more.
const LIMIT: u32 = 50;
/// Half of all answers come sooner than the slowest in twenty; that one is what a person notices.
const P95_MS: f64 = 20.0;
/// Memory of a search, in KiB.
const MEMORY_KIB: f64 = 80.0 * 1024.0;

/// Times of all searches, and whether leaving out the accents loses anything.
pub(super) fn measure(phone: &Phone, notices: u64) -> anyhow::Result<Vec<Row>> {
    let all: Vec<Document> = documents(SEED, notices).collect();
    let asked = queries(SEED, &all, QUERIES);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let mut rows = runtime.block_on(ask(phone, &asked))?;
    if let Some(kib) = phone.run(&["search", "ho tro"])?.peak_kib {
        rows.push(
            Row::new("search", "peak_kib", kib as f64)
                .at_most(MEMORY_KIB)
                .noted("resident memory of `bantin search`"),
        );
    }
    Ok(rows)
}

async fn ask(phone: &Phone, asked: &[Query]) -> anyhow::Result<Vec<Row>> {
    let engine = Engine::open(phone.data(), EngineConfig::default()).await?;
    // One that nobody waits for: the first opens the files.
    engine.search("ban tin", LIMIT).await?;
    let mut times = Vec::with_capacity(asked.len() * 2);
    let (mut wanted, mut found, mut compared, mut answers) = (0, 0, 0_u64, 0_usize);
    for query in asked {
        let with = timed(&engine, &query.accented, &mut times).await?;
        let without = timed(&engine, &query.unaccented, &mut times).await?;
        ensure!(
            !without.is_empty(),
            "nothing found for {}",
            query.unaccented
        );
        answers += without.len();
        // A full page may hold fifty others that are newer.
        if without.len() < LIMIT as usize {
            compared += 1;
            wanted += with.len();
            found += with.intersection(&without).count();
        }
    }
    let row = |figure, value| Row::new("search", figure, value);
    let searches = times.len() as f64;
    Ok(vec![
        Row::of_many("search", "p50_ms", &times).noted("with the cards and snippets that are shown"),
        row("p95_ms", percentile(&times, 95)).at_most(P95_MS).noted("of all searches; an engine kept open"),
        row("max_ms", percentile(&times, 100)).noted("the slowest of all searches"),
        row("searches", searches).noted("300 queries, with accents and without"),
        row("answers_each", answers as f64 / asked.len().max(1) as f64).noted("at most 50"),
        row("unaccented_recall_ratio", found as f64 / (wanted as f64).max(1.0)).noted(&format!(
            "answers of the accented query among those of the unaccented, {compared} queries with fewer than 50"
        )),
    ])
}

async fn timed(
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

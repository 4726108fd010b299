//! Searching as one types, in one engine that is kept open like the app's, beside libzim over the same texts.

mod ours;
mod size;

use super::say;
use crate::corpus::{Document, Query, SEED, queries};
use crate::peer::{Peers, Zim, ZimTimes, documents_file};
use crate::village::{Phone, Village};
use bantin_row::{Bound, Row, percentile};

/// Queries, each asked with its accents and without.
const QUERIES: usize = 300;
/// Answers asked for; the engine gives no more.
const LIMIT: u32 = 50;
/// Who is measured beside us.
const ZIM: &str = "libzim";
/// Half of all answers come sooner than the slowest in twenty; that one is what a person notices.
const P95_MS: f64 = 20.0;
/// Memory of a search, in KiB.
const MEMORY_KIB: f64 = 80.0 * 1024.0;

/// Times of all searches, whether leaving out the accents loses anything, and the size of the index.
pub(super) fn measure(
    village: &Village,
    peers: &Peers,
    phone: &Phone,
    rows: &mut Vec<Row>,
) -> anyhow::Result<()> {
    say("searching");
    let all = village.documents();
    let asked = queries(SEED, &all, QUERIES);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let ours = runtime.block_on(ours::ask(phone, &asked))?;
    let theirs = theirs(village, peers, &all, &asked)?;
    rows.extend(times(&ours, theirs.as_ref()));
    rows.push(
        Row::new("search/unaccented-recall", "×", ours.recall())
            .goal(Bound::OursAtLeast, 1.0)
            .noted(&format!(
                "of the accented query's answers, those that the unaccented one gives too; {} queries with fewer than {LIMIT}",
                ours.compared
            )),
    );
    rows.push(runtime.block_on(size::row(phone, &all))?);
    if let Some(kib) = phone.run(&["search", "ho tro"])?.peak_kib {
        rows.push(
            Row::new("search/memory", "KiB", kib as f64)
                .goal(Bound::OursAtMost, MEMORY_KIB)
                .noted("resident memory of `bantin search` at its peak"),
        );
    }
    Ok(())
}

fn theirs(
    village: &Village,
    peers: &Peers,
    all: &[Document],
    asked: &[Query],
) -> anyhow::Result<Option<ZimTimes>> {
    let folder = village.path("zim");
    std::fs::create_dir_all(&folder)?;
    let file = documents_file(&folder, all)?;
    let zim = Zim::build(peers, &file, &folder.join("texts.zim"), village.notices)?;
    let Some(mut zim) = zim else { return Ok(None) };
    let spellings = asked
        .iter()
        .flat_map(|query| [query.accented.as_str(), query.unaccented.as_str()]);
    let spellings: Vec<&str> = spellings.collect();
    Ok(Some(zim.search(&spellings, LIMIT)?))
}

fn times(ours: &ours::Answers, theirs: Option<&ZimTimes>) -> Vec<Row> {
    let of = |name: &str, times: &[f64], percent| {
        Row::new(&format!("search/{name}"), "ms", percentile(times, percent))
    };
    let pages = |percent| theirs.map(|theirs| percentile(&theirs.pages, percent));
    let ids = |percent| theirs.map(|theirs| percentile(&theirs.ids, percent));
    vec![
        of("p95", &ours.cards_ms, 95)
            .beside(ZIM, pages(95))
            .goal(Bound::RatioAtMost, 2.0)
            .noted("600 searches, with accents and without; cards and snippets of at most 50, beside headlines and texts of as many"),
        of("p50", &ours.cards_ms, 50).beside(ZIM, pages(50)).noted("the same"),
        of("p95-ids", &ours.ids_ms, 95)
            .beside(ZIM, ids(95))
            .goal(Bound::RatioAtMost, 2.0)
            .noted("the index alone: which 50, and nothing of them"),
        of("p50-ids", &ours.ids_ms, 50).beside(ZIM, ids(50)).noted("the same"),
        of("p95-felt", &ours.cards_ms, 95)
            .goal(Bound::OursAtMost, P95_MS)
            .noted("what a person feels as at once"),
        of("slowest", &ours.cards_ms, 100).beside(ZIM, pages(100)),
        Row::new("search/answers-each", "answers", ours.each()).noted("at most 50"),
    ]
}

//! What people type into the search box: words of the corpus, with their accents and without.

use super::Document;
use super::draw::Draw;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Separates the queries' choices from those of any document.
const QUERY_STREAM: u64 = u64::MAX;
/// Draws allowed per query asked for, before the documents are taken to have no more different words.
const DRAWS_PER_QUERY: usize = 200;
/// Shortest query, in characters: search as you type asks nothing below that.
const MIN_CHARS: usize = 2;

/// One search in its two spellings. Every document that [`accented`](Self::accented) finds, `unaccented` must find too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Query {
    /// As a careful writer types it: lower case, with all marks; differs from `unaccented`.
    pub accented: String,
    /// As most people type it on a phone: tones, marks and the bar of đ left out.
    pub unaccented: String,
}

/// `count` different queries of one to three consecutive syllables from `documents`, in the order drawn; fewer when the
/// documents have no more. Each is found in one document at least.
pub fn queries(seed: u64, documents: &[Document], count: usize) -> Vec<Query> {
    let mut draw = Draw::new(seed, QUERY_STREAM);
    let mut seen = BTreeSet::new();
    let mut found = Vec::with_capacity(count);
    for _ in 0..count.saturating_mul(DRAWS_PER_QUERY) {
        if found.len() == count {
            break;
        }
        let query = usize::try_from(draw.below(documents.len() as u64))
            .ok()
            .and_then(|at| documents.get(at))
            .and_then(|document| draw_query(&mut draw, document));
        if let Some(query) = query
            && seen.insert(query.accented.clone())
        {
            found.push(query);
        }
    }
    found
}

/// A run of syllables from one sentence of `document`, or `None` when the place drawn is no good.
fn draw_query(draw: &mut Draw, document: &Document) -> Option<Query> {
    let text = document.text();
    let clauses: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic() && c != ' ')
        .filter(|clause| !clause.trim().is_empty())
        .collect();
    let clause = draw.even(&clauses).to_lowercase();
    let syllables: Vec<&str> = clause.split_whitespace().collect();
    let len = 1 + usize::try_from(draw.below(3)).ok()?;
    let last_start = syllables.len().checked_sub(len)?;
    let start = usize::try_from(draw.below(last_start as u64 + 1)).ok()?;
    let accented = syllables.get(start..start + len)?.join(" ");
    let unaccented = unaccented(&accented);
    (unaccented != accented && unaccented.chars().count() >= MIN_CHARS).then_some(Query {
        accented,
        unaccented,
    })
}

/// `text` without tones, marks and the bar of đ. Written apart from the product's own folding on purpose: it is what
/// that one is measured against.
pub fn unaccented(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

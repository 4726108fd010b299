//! What of a record can be found, and how a hit is shown.

use bantin_model::record::{Body, Record, Text};
use bantin_search::{Query, Snippet, snippet};
use bantin_wire::ipc::search::{Found, Hit};

use crate::Reader;

/// Characters of the passage of a hit.
pub const SNIPPET_CHARS_MAX: usize = 140;

/// A record's place in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searchable {
    /// Everything in it that can be searched, all languages, headlines first.
    pub text: String,
    /// Sort key: higher is newer.
    pub newest: i64,
}

/// What to index of a record; none for what people do not search: places, keys, unknown kinds.
pub fn searchable(record: &Record, body: &Body) -> Option<Searchable> {
    let texts = texts(body)?;
    let mut text = joined(texts);
    if let Body::Product(product) = body {
        for part in [&product.maker, &product.village] {
            text.push('\n');
            text.push_str(part);
        }
    }
    let newest = i64::try_from(record.issued_at.0).unwrap_or(i64::MAX);
    Some(Searchable { text, newest })
}

/// The passage that shows why a record was found: of the text the reader reads if that matches, else of any.
pub fn passage(body: &Body, query: &Query, reader: &Reader) -> Snippet {
    let texts = texts(body).unwrap_or_default();
    let best = reader.text(texts);
    let others = texts
        .iter()
        .filter(|text| best.is_none_or(|best| !std::ptr::eq(best, *text)));
    // One after the other, and no further than needed: looking through a text is most of the work of a search.
    let mut passages = best
        .into_iter()
        .chain(others)
        .map(|text| snippet(&text.searchable(), query, SNIPPET_CHARS_MAX));
    let shown = passages.next().unwrap_or_default();
    if shown.hits.is_empty() {
        passages
            .find(|passage| !passage.hits.is_empty())
            .unwrap_or(shown)
    } else {
        shown
    }
}

/// A hit with its passage.
pub fn hit(found: Found, passage: Snippet) -> Hit {
    Hit {
        found,
        marks: marks(&passage),
        snippet: passage.text,
    }
}

fn marks(passage: &Snippet) -> Vec<(u32, u32)> {
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    passage
        .hits
        .iter()
        .map(|range| (narrow(range.start), narrow(range.end)))
        .collect()
}

fn texts(body: &Body) -> Option<&[Text]> {
    match body {
        Body::Article(article) => Some(&article.texts),
        Body::Product(product) => Some(&product.texts),
        Body::Place(_) | Body::Agency(_) | Body::Delegation(_) | Body::Unknown => None,
    }
}

fn joined(texts: &[Text]) -> String {
    let parts: Vec<String> = texts.iter().map(Text::searchable).collect();
    parts.join("\n")
}

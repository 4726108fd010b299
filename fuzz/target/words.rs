//! What people type: queries, and codes copied from paper.

use std::sync::LazyLock;

use bantin_model::id::{Lang, PlaceId, RecordId};
use bantin_model::letter::ConversationSeed;
use bantin_search::{Indexer, Limits, Postings, Query, exact, fold, snippet};

use crate::seed::words;

/// Characters of a snippet in lists.
const SNIPPET_CHARS: usize = 160;

static LIBRARY: LazyLock<Postings> = LazyLock::new(|| {
    let mut postings = Postings::new();
    for (key, text) in words::library().iter().enumerate() {
        postings.insert(key as u32, key as i64, text);
    }
    postings
});

/// A query before a zero byte and a text after it: folding, search, word lists, snippet.
pub fn query(data: &[u8]) -> bool {
    let lossy = String::from_utf8_lossy(data);
    let (typed, text) = lossy.split_once('\0').unwrap_or((&lossy, ""));
    let query = Query::parse(typed, Limits::default());
    let found = LIBRARY.search(&query, 50);
    assert!(found.len() <= 50, "a limit is a limit");
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "what is folded stays as it is");
    exact(text);
    let mut indexer = Indexer::default();
    indexer.add(text);
    assert_eq!(indexer.take().texts, 1, "every text is counted");
    let cut = snippet(text, &query, SNIPPET_CHARS);
    assert!(
        cut.text.chars().count() <= SNIPPET_CHARS,
        "a snippet is short"
    );
    let pieces: String = cut.pieces().iter().map(|(piece, _)| *piece).collect();
    assert_eq!(pieces, cut.text, "the pieces are the whole");
    !query.is_empty()
}

/// A claim code, a place, a language, a record's name.
pub fn code(data: &[u8]) -> bool {
    let text = String::from_utf8_lossy(data);
    let claimed = ConversationSeed::from_claim_code(&text);
    if let Ok(seed) = &claimed {
        let again = ConversationSeed::from_claim_code(&seed.claim_code());
        assert!(
            again.is_ok_and(|again| again.to_bytes() == seed.to_bytes()),
            "what is printed is read"
        );
    }
    let place = PlaceId::new(text.as_ref());
    let lang = Lang::new(text.as_ref());
    let record = RecordId::from_hex(&text);
    claimed.is_ok() || place.is_ok() || lang.is_ok() || record.is_some()
}

//! What SQLite stores of a text: its different tokens, joined by spaces, once folded and once exact.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use crate::tokens::tokens;

/// The two columns for contentless FTS5 tables with `detail=none` and the tokenizer `ascii`, which parts
/// at spaces and leaves everything beyond ASCII whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexText {
    /// Different folded tokens, in the order in which they first stand.
    pub folded: String,
    /// Different exact tokens, in the order in which they first stand.
    pub exact: String,
}

/// Prepares `text` for the two tables. Put title and body in one text, separated by a newline.
///
/// A query asks whether a word is there, not how often or where: each is written once.
pub fn index_text(text: &str) -> IndexText {
    let found: Vec<_> = tokens(text).collect();
    IndexText {
        folded: column(found.iter().map(|token| token.folded.as_str())),
        exact: column(found.iter().map(|token| token.exact.as_str())),
    }
}

fn column<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut seen: HashSet<&str, FxBuildHasher> = HashSet::default();
    let mut column = String::new();
    for word in words.filter(|word| seen.insert(word)) {
        if !column.is_empty() {
            column.push(' ');
        }
        column.push_str(word);
    }
    column
}

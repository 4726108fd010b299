//! What SQLite stores of a text: its tokens, joined by spaces, once folded and once exact.

use crate::tokens::tokens;

/// The two columns for contentless FTS5 tables with the tokenizer
/// `unicode61 remove_diacritics 0 categories 'L* N* Co Mc Mn'`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexText {
    /// Folded tokens, in reading order.
    pub folded: String,
    /// Exact tokens, in reading order; for a table with `detail=none`.
    pub exact: String,
}

/// Prepares `text` for the two tables. Put title and body in one text, separated by a newline.
pub fn index_text(text: &str) -> IndexText {
    let mut out = IndexText::default();
    for token in tokens(text) {
        push(&mut out.folded, &token.folded);
        push(&mut out.exact, &token.exact);
    }
    out
}

fn push(column: &mut String, word: &str) {
    if !column.is_empty() {
        column.push(' ');
    }
    column.push_str(word);
}

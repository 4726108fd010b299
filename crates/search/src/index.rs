//! What SQLite stores of a text: its different tokens, joined by spaces, once folded and once exact.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use crate::tokens::each_word;

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
    let (mut folded, mut exact) = (Column::default(), Column::default());
    let mut seen: HashSet<&str, FxBuildHasher> =
        HashSet::with_capacity_and_hasher(WORDS, FxBuildHasher);
    each_word(text, |written, forms| {
        // Written as before, it has the forms that it had before.
        if seen.insert(written) {
            folded.add(forms.0);
            exact.add(forms.1);
        }
    });
    IndexText {
        folded: folded.words,
        exact: exact.words,
    }
}

/// About as many different words stand in a notice.
const WORDS: usize = 256;

#[derive(Default)]
struct Column {
    words: String,
    seen: HashSet<Box<str>, FxBuildHasher>,
}

impl Column {
    fn add(&mut self, word: &str) {
        if self.seen.contains(word) {
            return;
        }
        self.seen.insert(word.into());
        if !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tokens::tokens;

    proptest! {
        #[test]
        fn the_columns_hold_the_different_tokens_in_order(text in "[a-zA-ZđĐêÊ’' ក\\u{17D2}ខꨀ\\u{301}.]{0,60}") {
            let mut expected = (Vec::new(), Vec::new());
            for token in tokens(&text) {
                if !expected.0.contains(&token.folded) {
                    expected.0.push(token.folded);
                }
                if !expected.1.contains(&token.exact) {
                    expected.1.push(token.exact);
                }
            }
            let index = index_text(&text);
            prop_assert_eq!(index.folded, expected.0.join(" "));
            prop_assert_eq!(index.exact, expected.1.join(" "));
        }
    }
}

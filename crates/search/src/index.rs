//! What SQLite stores of a text: its different tokens, joined by spaces, once folded and once exact.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::tokens::{Room, Words, forms_of};

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
    Indexer::default().index(text)
}

/// Prepares one text after another and remembers the words it has met: ten thousand notices are made of a
/// few thousand, so most are looked up and not worked out.
#[derive(Debug, Default)]
pub struct Indexer {
    written: Map<Known>,
    folded: Vocabulary,
    exact: Vocabulary,
    text: u32,
}

/// Words that no text of this indexer had before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewWords {
    /// Folded ones.
    pub folded: Vec<Box<str>>,
    /// Exact ones.
    pub exact: Vec<Box<str>>,
}

/// Different words an indexer remembers: whoever writes more nonsense costs time, not memory.
const WORDS_MAX: usize = 1 << 16;

type Map<T> = HashMap<Box<str>, T, FxBuildHasher>;

/// The numbers of a written word's forms.
#[derive(Clone, Copy, Debug)]
struct Known {
    folded: u32,
    exact: u32,
}

impl Indexer {
    /// As [`index_text`].
    pub fn index(&mut self, text: &str) -> IndexText {
        if self
            .written
            .len()
            .max(self.folded.words.len())
            .max(self.exact.words.len())
            > WORDS_MAX
        {
            self.forget();
        }
        self.text += 1;
        let (mut out, mut room) = (IndexText::default(), Room::default());
        for word in Words::of(text) {
            let written = text.get(word.range.clone()).unwrap_or_default();
            if let Some(known) = self.written.get(written).filter(|_| !word.unspaced) {
                self.folded.add(known.folded, self.text, &mut out.folded);
                self.exact.add(known.exact, self.text, &mut out.exact);
                continue;
            }
            forms_of(text, &word, &mut room, |_, folded, exact| {
                let known = Known {
                    folded: self.folded.number(folded),
                    exact: self.exact.number(exact),
                };
                self.folded.add(known.folded, self.text, &mut out.folded);
                self.exact.add(known.exact, self.text, &mut out.exact);
                if !word.unspaced {
                    self.written.insert(written.into(), known);
                }
            });
        }
        out
    }

    /// Words met since this was asked last. After very many different ones some may come again.
    pub fn new_words(&mut self) -> NewWords {
        NewWords {
            folded: self.folded.unreported(),
            exact: self.exact.unreported(),
        }
    }

    fn forget(&mut self) {
        let text = self.text;
        let new = self.new_words();
        *self = Self {
            text,
            ..Self::default()
        };
        // What was not asked for yet is still new.
        new.folded
            .iter()
            .for_each(|word| _ = self.folded.number(word));
        new.exact
            .iter()
            .for_each(|word| _ = self.exact.number(word));
    }
}

/// Words by number.
#[derive(Debug, Default)]
struct Vocabulary {
    numbers: Map<u32>,
    /// Each word, and the last text that had it.
    words: Vec<(Box<str>, u32)>,
    reported: usize,
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        self.words.push((word.into(), 0));
        number
    }

    /// Appends the word to `column` if this text does not have it yet.
    fn add(&mut self, number: u32, text: u32, column: &mut String) {
        let Some((word, last)) = self.words.get_mut(number as usize) else {
            return;
        };
        if *last == text {
            return;
        }
        *last = text;
        if !column.is_empty() {
            column.push(' ');
        }
        column.push_str(word);
    }

    fn unreported(&mut self) -> Vec<Box<str>> {
        let new = self.words.iter().skip(self.reported);
        let new = new.map(|(word, _)| word.clone()).collect();
        self.reported = self.words.len();
        new
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tokens::tokens;

    fn different(text: &str) -> (Vec<String>, Vec<String>) {
        let mut found = (Vec::new(), Vec::new());
        for token in tokens(text) {
            if !found.0.contains(&token.folded) {
                found.0.push(token.folded);
            }
            if !found.1.contains(&token.exact) {
                found.1.push(token.exact);
            }
        }
        found
    }

    proptest! {
        #[test]
        fn the_columns_hold_the_different_tokens_in_order(
            texts in prop::collection::vec("[a-zA-ZđĐêÊ’' ក\\u{17D2}ខꨀ\\u{301}.]{0,60}", 1..4),
        ) {
            let mut indexer = Indexer::default();
            for text in &texts {
                let (folded, exact) = different(text);
                let index = indexer.index(text);
                prop_assert_eq!(&index, &index_text(text), "what it met before changes nothing");
                prop_assert_eq!(index.folded, folded.join(" "));
                prop_assert_eq!(index.exact, exact.join(" "));
            }
        }
    }

    #[test]
    fn each_new_word_is_told_once() {
        let mut indexer = Indexer::default();
        indexer.index("Đường đến bản");
        let first = indexer.new_words();
        assert_eq!(first.folded.join(" "), "duong den ban", "all are new");
        indexer.index("đường vào bản");
        let second = indexer.new_words();
        assert_eq!(second.folded.join(" "), "vao", "the others were told");
        assert_eq!(second.exact.join(" "), "vào", "in both forms");
    }

    #[test]
    fn nonsense_without_end_is_forgotten_but_told() {
        let mut indexer = Indexer::default();
        let mut told = 0;
        for text in 0..40 {
            let words: Vec<String> = (0..2_000)
                .map(|word| format!("w{}", text * 2_000 + word))
                .collect();
            indexer.index(&words.join(" "));
            told += if text % 3 == 0 {
                indexer.new_words().folded.len()
            } else {
                0
            };
        }
        told += indexer.new_words().folded.len();
        assert_eq!(told, 80_000, "every word reaches the index");
        assert!(
            indexer.written.len() <= WORDS_MAX + 2_000,
            "and memory has an end"
        );
    }
}

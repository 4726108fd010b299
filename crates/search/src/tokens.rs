//! The token stream: the words of a text, with where they stand in it.

use std::ops::Range;

use crate::bytes::letters_end;
use crate::class::{Class, class, class_of};
use crate::cluster::clusters;
use crate::fold::{exact, fold};
use crate::plain::{Letters, push_forms};

/// Characters of a token that are compared; what is longer is no word of any language.
pub const MAX_TOKEN_CHARS: usize = 64;

/// One indexed word, or one bigram of clusters in a script without spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the original text; on character boundaries, never empty.
    pub range: Range<usize>,
    /// Folded form; only letters, digits and marks, never empty.
    pub folded: String,
    /// Exact form; as above.
    pub exact: String,
    /// True if this is a single cluster of an unspaced script: a query for it must look for every
    /// token that begins with it, because inside a run it was indexed as half of a bigram.
    pub single_cluster: bool,
}

/// A stretch of text that is one word, or one run of an unspaced script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) range: Range<usize>,
    pub(crate) unspaced: bool,
}

/// The tokens of `text` in reading order.
///
/// Words of spaced scripts give one token each. A run of clusters `A B C` of an unspaced script
/// gives `AB`, `BC` and the last cluster `C` alone, so that a word anywhere inside the run is found
/// by its own bigrams, and a single cluster by a prefix search.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    Words::of(text).flat_map(move |span| span_tokens(text, &span))
}

/// Where the forms of the word at hand are put together.
#[derive(Debug, Default)]
pub(crate) struct Room {
    folded: String,
    exact: String,
}

/// Calls `with` for every token of `word`, a stretch of `text`: its byte range, its folded and its exact form. The
/// forms are lent, not given: nothing is made of a word that is read in passing.
pub(crate) fn forms_of(
    text: &str,
    word: &Span,
    room: &mut Room,
    mut with: impl FnMut(&Range<usize>, &str, &str),
) {
    let written = text.get(word.range.clone()).unwrap_or_default();
    if !word.unspaced && written.len() <= MAX_TOKEN_CHARS {
        room.folded.clear();
        room.exact.clear();
        if push_forms(written, &mut room.folded, &mut room.exact) {
            with(&word.range, &room.folded, &room.exact);
            return;
        }
    }
    for token in span_tokens(text, word) {
        with(&token.range, &token.folded, &token.exact);
    }
}

fn span_tokens<'a>(text: &'a str, span: &Span) -> impl Iterator<Item = Token> + use<'a> {
    span_ranges(text, span).filter_map(|(range, single)| token(text, range, single))
}

/// Where the tokens of `span` stand in `text`, and whether each is a single cluster. None of them is ever without a
/// letter, so each gives a token.
pub(crate) fn span_ranges(
    text: &str,
    span: &Span,
) -> impl Iterator<Item = (Range<usize>, bool)> + use<> {
    let run = text.get(span.range.clone()).filter(|_| span.unspaced);
    let parts = run.map_or_else(Vec::new, |run| clusters(run, span.range.start));
    let word = (!span.unspaced).then(|| (span.range.clone(), false));
    let last = parts.last().map(|last| (last.clone(), true));
    let pairs = (1..parts.len()).filter_map(move |at| {
        let (first, second) = (parts.get(at - 1)?, parts.get(at)?);
        Some((first.start..second.end, false))
    });
    word.into_iter().chain(pairs).chain(last)
}

fn token(text: &str, range: Range<usize>, single_cluster: bool) -> Option<Token> {
    let slice = text.get(range.clone())?;
    let mut folded = String::with_capacity(slice.len());
    let mut as_typed = String::with_capacity(slice.len());
    if push_forms(slice, &mut folded, &mut as_typed) {
        let (folded, exact) = (capped(folded), capped(as_typed));
        return Some(Token {
            range,
            folded,
            exact,
            single_cluster,
        });
    }
    let slice: std::borrow::Cow<'_, str> = if slice.contains('\u{200B}') {
        slice.replace('\u{200B}', "").into()
    } else {
        slice.into()
    };
    let folded = capped(fold(&slice));
    let exact = capped(exact(&slice));
    (!folded.is_empty() && !exact.is_empty()).then_some(Token {
        range,
        folded,
        exact,
        single_cluster,
    })
}

fn capped(mut word: String) -> String {
    if word.len() > MAX_TOKEN_CHARS
        && let Some((end, _)) = word.char_indices().nth(MAX_TOKEN_CHARS)
    {
        word.truncate(end);
    }
    word
}

/// Iterates over the words and runs of a text.
pub(crate) struct Words<'a> {
    text: &'a str,
    at: usize,
    letters: &'static Letters,
}

impl<'a> Words<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self::from(text, 0)
    }

    /// Those from byte `at` on, as if nothing stood before.
    pub(crate) fn from(text: &'a str, at: usize) -> Self {
        Self {
            text,
            at,
            letters: Letters::table(),
        }
    }

    /// The class of the character at byte `at`, and the byte after it; none at the end.
    #[inline]
    fn class_at(&self, at: usize) -> Option<(Class, usize)> {
        if let Some((known, next)) = self.letters.at(self.text, at) {
            return Some((known.class, next));
        }
        let c = self.text.get(at..)?.chars().next()?;
        Some((class_of(c), at + c.len_utf8()))
    }
}

impl Iterator for Words<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut start = self.at;
        let (first, mut end) = loop {
            let Some((kind, next)) = self.class_at(start) else {
                self.at = start;
                return None;
            };
            if matches!(kind, Class::Spaced | Class::Unspaced) {
                break (kind, next);
            }
            start = next;
        };
        let unspaced = first == Class::Unspaced;
        if !unspaced {
            end = letters_end(self.text, end);
        }
        let mut at = end;
        while let Some((kind, next)) = self.class_at(at) {
            let ends = match kind {
                Class::Spaced => unspaced,
                Class::Unspaced => !unspaced,
                Class::Mark | Class::Ignorable => false,
                Class::SoftBreak => !unspaced,
                Class::Apostrophe => unspaced || !joins(self.text, next),
                Class::Separator => true,
            };
            if ends {
                break;
            }
            if matches!(kind, Class::Spaced | Class::Unspaced | Class::Mark) {
                end = next;
            }
            at = next;
        }
        self.at = at;
        Some(Span {
            range: start..end,
            unspaced,
        })
    }
}

/// Whether a spaced letter follows at `at`, invisible characters aside.
fn joins(text: &str, at: usize) -> bool {
    text.get(at..)
        .unwrap_or_default()
        .chars()
        .find(|c| class(*c) != Class::Ignorable)
        .is_some_and(|c| class(c) == Class::Spaced)
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tests;

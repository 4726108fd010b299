//! The token stream: the words of a text, with where they stand in it.

use std::ops::Range;

use crate::class::{Class, class, is_letter};
use crate::cluster::clusters;
use crate::fold::{exact, fold};
use crate::plain::push_forms;

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

fn span_tokens(text: &str, span: &Span) -> Vec<Token> {
    if !span.unspaced {
        return token(text, span.range.clone(), false).into_iter().collect();
    }
    let run = text.get(span.range.clone()).unwrap_or_default();
    let parts = clusters(run, span.range.start);
    let bigrams = parts.windows(2).filter_map(|pair| match pair {
        [first, second] => token(text, first.start..second.end, false),
        _ => None,
    });
    let last = parts.last().and_then(|r| token(text, r.clone(), true));
    bigrams.chain(last).collect()
}

fn token(text: &str, range: Range<usize>, single_cluster: bool) -> Option<Token> {
    let slice = text.get(range.clone())?;
    let (mut folded, mut as_typed) = (String::new(), String::new());
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
}

impl<'a> Words<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Words<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut found: Option<Span> = None;
        let rest = self.text.get(self.at..)?;
        let base = self.at;
        for (offset, c) in rest.char_indices() {
            let start = base + offset;
            let end = start + c.len_utf8();
            let kind = class(c);
            let Some(span) = found.as_mut() else {
                if matches!(kind, Class::Spaced | Class::Unspaced) {
                    found = Some(Span {
                        range: start..end,
                        unspaced: kind == Class::Unspaced,
                    });
                }
                continue;
            };
            let ends = match kind {
                Class::Spaced => span.unspaced,
                Class::Unspaced => !span.unspaced,
                Class::Mark | Class::Ignorable => false,
                Class::SoftBreak => !span.unspaced,
                Class::Apostrophe => span.unspaced || !joins(self.text, end),
                Class::Separator => true,
            };
            if ends {
                self.at = start;
                return found;
            }
            if matches!(kind, Class::Spaced | Class::Unspaced | Class::Mark) {
                span.range.end = end;
            }
        }
        self.at = self.text.len();
        found
    }
}

/// Whether a spaced letter follows at `at`, invisible characters aside.
fn joins(text: &str, at: usize) -> bool {
    text.get(at..)
        .unwrap_or_default()
        .chars()
        .find(|c| class(*c) != Class::Ignorable)
        .is_some_and(|c| is_letter(c) && class(c) == Class::Spaced)
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tests;

//! A typed query: bounded, harmless, the same for both engines.

use crate::tokens::{Token, tokens};

/// Bounds on what a person (or a hostile link) can make us search for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Characters of the input that are read; the rest is ignored.
    pub max_chars: usize,
    /// Terms that must match; further ones are ignored. At most [`MAX_TERMS`].
    pub max_terms: usize,
}

/// The hard ceiling on terms, whatever the limits say.
pub const MAX_TERMS: usize = 32;

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_chars: 200,
            max_terms: 16,
        }
    }
}

/// One word every result must contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The folded form; letters, digits and marks only.
    pub folded: String,
    /// The exact form; letters, digits and marks only.
    pub exact: String,
    /// True if any word beginning so matches.
    pub prefix: bool,
}

impl Term {
    /// The term in one of its forms.
    pub fn form(&self, form: Form) -> &str {
        match form {
            Form::Folded => &self.folded,
            Form::Exact => &self.exact,
        }
    }

    /// Whether a folded token satisfies this term.
    pub fn matches_folded(&self, token: &str) -> bool {
        token == self.folded || (self.prefix && token.starts_with(&self.folded))
    }

    /// Whether an exact token satisfies this term.
    pub fn matches_exact(&self, token: &str) -> bool {
        token == self.exact || (self.prefix && token.starts_with(&self.exact))
    }
}

/// A parsed query: all terms must match. Without terms it finds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

impl Query {
    /// Reads what was typed. Never fails: what holds no word gives an empty query.
    ///
    /// The last word counts as a prefix while it is being typed, that is until something follows it.
    pub fn parse(input: &str, limits: Limits) -> Self {
        let end = input
            .char_indices()
            .nth(limits.max_chars)
            .map_or(input.len(), |(at, _)| at);
        let input = input.get(..end).unwrap_or_default();
        let found = without_trailing_singles(tokens(input).collect());
        let typing = found.last().is_some_and(|last| {
            input
                .get(last.range.end..)
                .is_some_and(|rest| !rest.contains(char::is_whitespace))
        });
        let count = found.len();
        let mut terms: Vec<Term> = Vec::new();
        for (at, token) in found.into_iter().enumerate() {
            let term = Term {
                prefix: token.single_cluster || (typing && at + 1 == count),
                folded: token.folded,
                exact: token.exact,
            };
            if !terms.contains(&term) {
                terms.push(term);
            }
            if terms.len() >= limits.max_terms.clamp(1, MAX_TERMS) {
                break;
            }
        }
        Self { terms }
    }

    /// The terms, all of which must match.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// True if there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// Which of its two forms a word is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Without tones, diacritics and strokes.
    Folded = 0,
    /// As typed.
    Exact = 1,
}

/// Drops the lone last cluster of a run of several: its bigram already asks for it, and asking for it
/// again would only cost time. A run of a single cluster keeps it.
fn without_trailing_singles(found: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(found.len());
    for token in found {
        let covered = token.single_cluster
            && out
                .last()
                .is_some_and(|last| last.range.end == token.range.end);
        if !covered {
            out.push(token);
        }
    }
    out
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;

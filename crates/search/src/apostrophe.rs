//! Apostrophes inside words: `H'Mông`, `H’Mông`, `HʼMông` are one word, however it was typed.

use std::borrow::Cow;

use crate::class::{Class, class, is_apostrophe, is_letter};

/// The apostrophe of the exact form. It is a letter (Lm) and stays inside the word.
pub(crate) const APOSTROPHE: char = '\u{02BC}';

/// Replaces each apostrophe that stands between letters by `with`; others stay as they are.
///
/// Expects text without ignorable characters, so that neighbours are real neighbours. Text without
/// apostrophes, which is nearly all text, comes back borrowed.
pub(crate) fn replace_inner(text: &str, with: Option<char>) -> Cow<'_, str> {
    if !text.chars().any(is_apostrophe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut inside_word = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let kind = class(c);
        if kind == Class::Apostrophe && inside_word && chars.peek().is_some_and(|n| is_letter(*n)) {
            out.extend(with);
            continue;
        }
        inside_word = match kind {
            Class::Spaced | Class::Unspaced => true,
            Class::Mark => inside_word,
            _ => false,
        };
        out.push(c);
    }
    Cow::Owned(out)
}

//! Written clusters of scripts without spaces, by a rule of our own.
//!
//! Unicode's grapheme rules for Khmer's subscripts (coeng) differ between versions of the standard;
//! an index written by one build must be found by the next, so the rule lives here: a letter, every
//! mark after it, and the letter that follows a coeng.

use std::ops::Range;

use crate::class::{Class, class};

/// U+17D2: the next consonant is written below this one.
const KHMER_COENG: char = '\u{17D2}';

/// Byte ranges of the clusters of `run`, each shifted by `offset`; soft breaks and ignorables
/// between clusters belong to none.
pub(crate) fn clusters(run: &str, offset: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut after_coeng = false;
    for (at, c) in run.char_indices() {
        let start = offset + at;
        let end = start + c.len_utf8();
        match class(c) {
            Class::Mark => extend(&mut out, start..end),
            Class::Unspaced if after_coeng => extend(&mut out, start..end),
            Class::Unspaced => out.push(start..end),
            _ => continue,
        }
        after_coeng = c == KHMER_COENG;
    }
    out
}

fn extend(out: &mut Vec<Range<usize>>, piece: Range<usize>) {
    match out.last_mut() {
        Some(last) => last.end = piece.end,
        None => out.push(piece),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_subscript_consonant_stays_with_its_base() {
        let word = "មនុស្ស";
        let parts: Vec<&str> = clusters(word, 0).into_iter().map(|r| &word[r]).collect();
        assert_eq!(
            parts,
            ["ម", "នុ", "ស្ស"],
            "the vowel sign and the coeng pair belong to the letter before them"
        );
    }

    #[test]
    fn a_soft_break_splits_nothing_and_belongs_to_nothing() {
        let word = "ម\u{200B}នុ";
        let parts: Vec<&str> = clusters(word, 0).into_iter().map(|r| &word[r]).collect();
        assert_eq!(
            parts,
            ["ម", "នុ"],
            "zero width spaces are optional in Khmer text"
        );
    }
}

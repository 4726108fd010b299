//! The words of a text that may match a query, found without a look at most others.

use crate::bytes::{Bytes, is_separator};
use crate::class::{Class, class};
use crate::plain::Letters;
use crate::query::Term;
use crate::tokens::{MAX_TOKEN_CHARS, Span, Words};

/// A letter of ASCII that a term begins with.
const WANTED: u8 = 1;
/// The first byte of a letter that may fold to one, and of others.
const COMMON: u8 = 2;
/// The first byte of no common letter: it can begin a word right after a letter too, as the unspaced scripts do.
const FOREIGN: u8 = 4;
/// The second byte of a letter of Khmer, which shares the first with Vietnamese ones.
const KHMER: u8 = 8;

/// What of the above a word can begin with after a byte.
static BEFORE: Bytes = Bytes(before());
/// What a byte is, [`WANTED`] aside.
const HERE: [u8; 256] = here();

const fn before() -> [u8; 256] {
    let mut out = [0; 256];
    let (mut byte, mut rest) = (0_u8, out.as_mut_slice());
    while let [first, others @ ..] = rest {
        *first = match byte {
            letter @ ..0x80 if letter.is_ascii_alphanumeric() => FOREIGN,
            ..0xC0 => WANTED | COMMON | FOREIGN,
            0xE1 => KHMER,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    out
}

const fn here() -> [u8; 256] {
    let mut out = [0; 256];
    let (mut byte, mut rest) = (0_u8, out.as_mut_slice());
    while let [first, others @ ..] = rest {
        *first = match byte {
            0xC0..0xCA | 0xE1 => COMMON,
            0xC0.. => FOREIGN,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    // U+1780 to U+17FF.
    out[0x9E] = KHMER;
    out[0x9F] = KHMER;
    out
}

/// Iterates over the words and runs of `text`, those left out that differ from every term before their first letter
/// that takes thought.
pub(crate) struct Candidates<'a> {
    text: &'a str,
    terms: &'a [Term],
    here: Bytes,
    letters: &'static Letters,
    /// The byte to go on at.
    at: usize,
    /// The end of the last word that was cut out: what follows depends on nothing before.
    fresh: usize,
}

impl<'a> Candidates<'a> {
    pub(crate) fn of(text: &'a str, terms: &'a [Term]) -> Self {
        let mut here = Bytes(HERE);
        for first in terms.iter().filter_map(|term| term.folded.bytes().next()) {
            for byte in [first, first.to_ascii_uppercase()] {
                if let Some(known) = here.0.get_mut(usize::from(byte)).filter(|_| byte < 0x80) {
                    *known |= WANTED;
                }
            }
        }
        Self {
            text,
            terms,
            here,
            letters: Letters::table(),
            at: 0,
            fresh: 0,
        }
    }

    /// The byte of the next letter that may be the first of a word, and begin as a term does.
    fn next_letter(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let mut before = match self.text.as_bytes().get(self.at.wrapping_sub(1)) {
            Some(byte) if self.at != self.fresh => *byte,
            _ => b' ',
        };
        for (place, byte) in (self.at..).zip(rest) {
            let found = BEFORE.of(before) & self.here.of(*byte);
            if found != 0 {
                return Some(place - usize::from(found & KHMER != 0));
            }
            before = *byte;
        }
        None
    }

    /// The class of what stands before byte `at`.
    fn class_before(&self, at: usize) -> Class {
        let before = self.text.get(self.fresh..at);
        let last = before.and_then(|before| before.chars().next_back());
        last.map_or(Class::Separator, class)
    }

    /// The word that holds the letter at byte `at`.
    fn word_around(&self, at: usize) -> Option<Span> {
        let before = self.text.as_bytes().get(self.fresh..at)?;
        let parted = before.iter().rposition(|byte| is_separator(*byte));
        let from = self.fresh + parted.map_or(0, |parted| parted + 1);
        Words::from(self.text, from).find(|word| word.range.end > at)
    }

    /// False if the word that begins at byte `start` differs from `term` before its first letter that takes thought.
    fn may_be(&self, start: usize, term: &Term) -> bool {
        let mut at = start;
        for wanted in term.folded.chars() {
            match self.plain_at(at) {
                Ok((folded, next)) if folded == wanted => at = next,
                Ok(_) => return false,
                Err(ends) => return !ends,
            }
        }
        // Of a longer word only so much is compared.
        term.prefix || term.folded.len() >= MAX_TOKEN_CHARS || self.plain_at(at).is_err()
    }

    /// The folded form of the letter at byte `at`, and the byte after it; else whether every word ends here.
    fn plain_at(&self, at: usize) -> Result<(char, usize), bool> {
        let Some((known, next)) = self.letters.at(self.text, at) else {
            return Err(at >= self.text.len());
        };
        let forms = known.forms.ok_or(known.class == Class::Separator)?;
        Ok((forms.folded, next))
    }
}

impl Iterator for Candidates<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            let at = self.next_letter()?;
            let letter = self.text.get(at..)?.chars().next()?;
            self.at = at + letter.len_utf8();
            let kind = class(letter);
            if !matches!(kind, Class::Spaced | Class::Unspaced) {
                continue;
            }
            let word = match self.class_before(at) {
                Class::Separator => {
                    let plain = self.plain_at(at).is_ok();
                    if plain && !self.terms.iter().any(|term| self.may_be(at, term)) {
                        continue;
                    }
                    Words::from(self.text, at).next()?
                }
                Class::Spaced if kind == Class::Spaced => continue,
                _ => self.word_around(at)?,
            };
            self.at = word.range.end;
            self.fresh = word.range.end;
            if word.range.start == at {
                return Some(word);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tokens::{Room, forms_of};
    use crate::{Limits, Query};

    proptest! {
        #[test]
        fn a_word_passed_over_would_not_have_matched(
            text in "([a-zA-ZđĐơêÊßæ×’' .«ệ]|[\u{300}-\u{306}\u{31b}\u{335}]|[កមនស្ុិ។]|[ꨀꩌกA\u{200b}\u{200d}Å]|a{60,70}|\\PC){0,40}",
            typed in "([a-zđơß ]|[\u{300}\u{335}]|[កមនស្ꨀก]|a{60,70}|\\PC){1,6}",
        ) {
            let query = Query::parse(&typed, Limits::default());
            let found: Vec<Span> = Candidates::of(&text, query.terms()).collect();
            let mut left = found.iter().peekable();
            for word in Words::of(&text) {
                if left.next_if_eq(&&word).is_some() {
                    continue;
                }
                forms_of(&text, &word, &mut Room::default(), |_, folded, _| {
                    let matched = query.terms().iter().any(|term| term.matches_folded(folded));
                    assert!(!matched, "{folded:?} of {text:?} matches {typed:?}");
                });
            }
            prop_assert_eq!(left.next(), None, "no other words, in no other order, in {:?}", text);
        }
    }
}

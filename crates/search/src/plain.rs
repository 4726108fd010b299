//! Letters that need no thought: the precomposed Latin ones of Vietnamese and its neighbours, and ASCII.
//!
//! Nearly every word is made of these alone. Their classes and forms are looked up in a table that the slow rules of
//! [`mod@crate::class`] and [`mod@crate::fold`] filled once, so both ways give the same, and a phone indexes ten
//! thousand texts several times faster. Texts are read by bytes: whoever walks through one looks each character up
//! where it stands.

use std::sync::LazyLock;

use crate::class::{Class, class_of};
use crate::fold::{exact, fold};

/// Basic Latin to the middle of the IPA extensions: all that UTF-8 writes with these first bytes.
const LOW: usize = 0x280;
/// Latin Extended Additional, where the letters with two marks are.
const HIGH: core::ops::Range<usize> = 0x1E00..0x1F00;
/// Characters in the table.
const SIZE: usize = LOW + HIGH.end - HIGH.start;

/// The forms of a letter or digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    pub(crate) folded: char,
    pub(crate) exact: char,
}

/// What is known of a character of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) class: Class,
    /// Set if it is one letter or digit that stays one, alone and in any word of such letters.
    pub(crate) forms: Option<Forms>,
}

/// The table.
#[derive(Debug)]
pub(crate) struct Letters([Known; SIZE]);

impl Letters {
    /// The one table. Worth keeping while a text is read: each call asks whether it is filled.
    pub(crate) fn table() -> &'static Self {
        static TABLE: LazyLock<Letters> = LazyLock::new(|| Letters(core::array::from_fn(look_up)));
        &TABLE
    }

    /// The character at byte `at` of `text`, and the byte after it; none at the end, inside a character, and for what
    /// is not in the table.
    #[inline]
    pub(crate) fn at(&self, text: &str, at: usize) -> Option<(&Known, usize)> {
        let (code, length) = match *text.as_bytes().get(at..)? {
            [one @ ..0x80, ..] => (usize::from(one), 1),
            [one @ 0xC2..=0xC9, two, ..] => (low_bits(one, 5) << 6 | low_bits(two, 6), 2),
            [0xE1, two @ 0xB8..=0xBB, three, ..] => {
                (LOW + (low_bits(two, 2) << 6 | low_bits(three, 6)), 3)
            }
            _ => return None,
        };
        self.0.get(code).map(|known| (known, at + length))
    }

    /// The same for a character by itself.
    pub(crate) fn of(&self, c: char) -> Option<&Known> {
        let code = c as usize;
        if code < LOW {
            self.0.get(code)
        } else if HIGH.contains(&code) {
            self.0.get(code - HIGH.start + LOW)
        } else {
            None
        }
    }
}

/// What a byte of UTF-8 adds to the number of a character.
const fn low_bits(byte: u8, bits: u32) -> usize {
    (byte & ((1 << bits) - 1)) as usize
}

/// What the rules say of the character at a place of the table.
fn look_up(at: usize) -> Known {
    let code = if at < LOW { at } else { at - LOW + HIGH.start };
    let letter = u32::try_from(code).ok().and_then(char::from_u32);
    let class = letter.map_or(Class::Separator, class_of);
    let spaced = letter.filter(|_| class == Class::Spaced);
    let forms = spaced.map(String::from).and_then(|word| {
        Some(Forms {
            folded: only(&fold(&word))?,
            exact: only(&exact(&word))?,
        })
    });
    Known { class, forms }
}

fn only(word: &str) -> Option<char> {
    let mut chars = word.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Appends the forms of `word` if it is made of such letters alone; else nothing changes.
pub(crate) fn push_forms(word: &str, folded: &mut String, exact: &mut String) -> bool {
    let letters = Letters::table();
    let before = (folded.len(), exact.len());
    let mut at = 0;
    while at < word.len() {
        let known = letters.at(word, at);
        let Some((forms, next)) = known.and_then(|(known, next)| Some((known.forms?, next))) else {
            folded.truncate(before.0);
            exact.truncate(before.1);
            return false;
        };
        folded.push(forms.folded);
        exact.push(forms.exact);
        at = next;
    }
    true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn forms(c: char) -> Option<Forms> {
        Letters::table().of(c).and_then(|known| known.forms)
    }

    #[test]
    fn vietnamese_letters_are_in_the_table() {
        for (letter, folded) in [('đ', 'd'), ('Ư', 'u'), ('ệ', 'e'), ('ƀ', 'b'), ('7', '7')] {
            let found = forms(letter).map(|forms| forms.folded);
            assert_eq!(found, Some(folded), "{letter} is looked up, not worked out");
        }
        for other in ['ß', '\'', ' ', 'æ', 'ក', 'ꨀ', '\u{301}'] {
            assert_eq!(forms(other), None, "{other:?} is left to the slow rules");
        }
    }

    #[test]
    fn every_character_is_the_same_by_its_bytes_and_by_the_rules() {
        let letters = Letters::table();
        for c in ('\0'..=char::MAX).filter(|c| *c < '\u{30000}') {
            let text = c.to_string();
            let found = letters.at(&text, 0);
            let known = letters.of(c);
            assert_eq!(
                found.is_some(),
                known.is_some(),
                "{c:?} is in the table or not"
            );
            let (Some((found, next)), Some(known)) = (found, known) else {
                continue;
            };
            assert_eq!(next, text.len(), "{c:?} is passed whole");
            assert!(std::ptr::eq(found, known), "{c:?} has one place");
            assert_eq!(
                known.class,
                class_of(c),
                "{c:?} is of the class the rules give"
            );
        }
    }

    proptest! {
        #[test]
        fn a_word_has_the_same_forms_either_way(word in "[a-zA-Z0-9À-ʯḀ-ỿ]{1,12}") {
            let (mut folded, mut as_typed) = (String::new(), String::new());
            if push_forms(&word, &mut folded, &mut as_typed) {
                prop_assert_eq!(folded, fold(&word));
                prop_assert_eq!(as_typed, exact(&word));
            }
        }
    }
}

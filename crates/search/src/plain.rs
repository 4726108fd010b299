//! Letters that need no thought: the precomposed Latin ones of Vietnamese and its neighbours, and ASCII.
//!
//! Nearly every word is made of these alone. Their forms are looked up in a table that the slow rules of
//! [`mod@crate::fold`] filled once, so both ways give the same, and a phone indexes ten thousand texts
//! several times faster.

use std::sync::OnceLock;

use crate::class::{Class, class_of};
use crate::fold::{exact, fold};

/// Basic Latin to Latin Extended-B.
const LOW: usize = 0x250;
/// Latin Extended Additional, where the letters with two marks are.
const HIGH: core::ops::Range<usize> = 0x1E00..0x1F00;

/// The forms of a letter or digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    pub(crate) folded: char,
    pub(crate) exact: char,
}

/// The forms of `c` if it is one letter or digit that stays one, alone and in any word of such letters.
pub(crate) fn forms(c: char) -> Option<Forms> {
    static TABLE: OnceLock<Vec<Option<Forms>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let codes = (0..LOW).chain(HIGH);
        let letter = |code| u32::try_from(code).ok().and_then(char::from_u32);
        codes.map(|code| letter(code).and_then(look_up)).collect()
    });
    let code = c as usize;
    let at = if code < LOW {
        code
    } else if HIGH.contains(&code) {
        code - HIGH.start + LOW
    } else {
        return None;
    };
    table.get(at).copied().flatten()
}

fn look_up(c: char) -> Option<Forms> {
    if class_of(c) != Class::Spaced {
        return None;
    }
    let word = c.to_string();
    Some(Forms {
        folded: only(&fold(&word))?,
        exact: only(&exact(&word))?,
    })
}

fn only(word: &str) -> Option<char> {
    let mut chars = word.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Appends the forms of `word` if it is made of such letters alone; else nothing changes.
pub(crate) fn push_forms(word: &str, folded: &mut String, exact: &mut String) -> bool {
    let before = (folded.len(), exact.len());
    for c in word.chars() {
        let Some(forms) = forms(c) else {
            folded.truncate(before.0);
            exact.truncate(before.1);
            return false;
        };
        folded.push(forms.folded);
        exact.push(forms.exact);
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

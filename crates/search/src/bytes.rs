//! What single bytes of a text tell of the letters they belong to, so that a text is run through without a look at
//! every letter: letters of one, two and three bytes follow each other without a rule in Vietnamese, and a processor
//! that guesses wrongly at each of them loses more time than all else here takes.

/// Something about each byte, as bits.
#[derive(Debug)]
pub(crate) struct Bytes(pub(crate) [u8; 256]);

impl Bytes {
    pub(crate) fn of(&self, byte: u8) -> u8 {
        self.0.get(usize::from(byte)).copied().unwrap_or_default()
    }
}

/// Ends a stretch of letters, whatever stands before it.
const ENDS: u8 = 1;
/// Ends it with the byte before it: together they are `×` or `÷`, which stand among letters.
const ENDS_SIGN: u8 = 2;
/// The same, of characters that begin as the Vietnamese letters with two marks do and are no such letters.
const ENDS_FOREIGN: u8 = 4;

static BEFORE: Bytes = Bytes(before());
static HERE: Bytes = Bytes(here());

const fn before() -> [u8; 256] {
    let mut out = [ENDS; 256];
    out[0xC3] |= ENDS_SIGN;
    out[0xE1] |= ENDS_FOREIGN;
    out
}

const fn here() -> [u8; 256] {
    let mut out = [0; 256];
    let (mut byte, mut rest) = (0_u8, out.as_mut_slice());
    while let [first, others @ ..] = rest {
        *first = match byte {
            letter @ ..0x80 if letter.is_ascii_alphanumeric() => 0,
            ..0x80 | 0xC2 | 0xCA..=0xE0 | 0xE2.. => ENDS,
            0x97 | 0xB7 => ENDS_SIGN | ENDS_FOREIGN,
            0xB8..=0xBB => 0,
            0x80..0xC0 => ENDS_FOREIGN,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    out
}

/// The byte at which a stretch of spaced letters ends that begins at byte `at` of `text`, or before: it holds none
/// but those that nearly all words are made of.
pub(crate) fn letters_end(text: &str, at: usize) -> usize {
    let mut before = 0;
    for (place, byte) in (at..).zip(text.as_bytes().get(at..).unwrap_or_default()) {
        let ends = BEFORE.of(before) & HERE.of(*byte);
        if ends != 0 {
            return place - usize::from(ends & ENDS == 0);
        }
        before = *byte;
    }
    text.len()
}

/// Whether a byte is a character of ASCII at which every word ends.
pub(crate) const fn is_separator(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b'\'' && byte != b'`'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::{Class, class_of};

    #[test]
    fn every_character_ends_the_letters_or_is_one() {
        let mut passed = 0;
        for c in ('\0'..=char::MAX).filter(|c| *c < '\u{30000}') {
            let text = format!("ế{c}a");
            let end = letters_end(&text, 0);
            if end == text.len() {
                assert_eq!(class_of(c), Class::Spaced, "{c:?} was passed as a letter");
                passed += 1;
            } else {
                assert_eq!(end, "ế".len(), "{c:?} ends the letters where it begins");
            }
            let apart = c.is_ascii() && class_of(c) == Class::Separator;
            let byte = u8::try_from(c).unwrap_or(b'a');
            assert_eq!(is_separator(byte), apart, "{c:?} parts words or does not");
        }
        assert_eq!(
            passed,
            62 + 62 + 6 * 64 + 256,
            "and all common letters are passed"
        );
    }
}

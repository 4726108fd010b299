//! The two forms a text is compared in: folded (no tones, no diacritics) and exact.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::apostrophe::{APOSTROPHE, replace_inner};
use crate::class::is_ignorable;

/// Lower case without tones, diacritics, horns, strokes and inner apostrophes.
///
/// `Đường`, `đường` in NFD and `duong` all become `duong`; `Ê Đê` becomes `e de`; `H’Mông` becomes
/// `hmong`. Spaces and punctuation stay. The marks of Cham, Tai Viet, Khmer and every other script
/// with marks of its own stay: they are letters there. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return replace_inner(&text.to_ascii_lowercase(), None).into_owned();
    }
    let bare: String = lower(text)
        .nfd()
        .filter(|c| !is_diacritic(*c))
        .flat_map(unstroke)
        .nfc()
        .collect();
    match replace_inner(&bare, None) {
        Cow::Borrowed(_) => bare,
        // Letters that an apostrophe parted may compose (Hangul).
        Cow::Owned(joined) => joined.nfc().collect(),
    }
}

/// Lower case in NFC with tones and diacritics kept; inner apostrophes become U+02BC.
///
/// This is the form in which "typed exactly so" is judged. Applying it twice changes nothing.
pub fn exact(text: &str) -> String {
    let composed: String = lower(text).nfc().collect();
    replace_inner(&composed, Some(APOSTROPHE)).into_owned()
}

/// Lower case, character by character so that no context changes it, without ignorables.
fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !is_ignorable(*c))
        .flat_map(char::to_lowercase)
        // Greek final sigma depends on the word's end; a prefix has no end yet.
        .map(|c| if c == 'ς' { 'σ' } else { c })
}

/// Marks that only modify a letter: the generic combining blocks, not a script's own signs.
fn is_diacritic(c: char) -> bool {
    matches!(
        c,
        '\u{0300}'..='\u{036F}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

/// Letters whose stroke or hook is part of the letter, so that no normalisation takes it off.
fn unstroke(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        // Eth and the African d look like đ and are typed for it.
        'đ' | 'ð' | 'ɖ' | 'ɗ' => ('d', None),
        'ƀ' | 'ɓ' => ('b', None),
        'ł' => ('l', None),
        'ø' => ('o', None),
        'ħ' => ('h', None),
        'ɨ' | 'ı' => ('i', None),
        'ʉ' => ('u', None),
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;

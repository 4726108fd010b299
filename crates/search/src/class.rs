//! What a character is for a tokenizer: part of a word, invisible, or a separator.

use unicode_normalization::char::is_combining_mark;

use crate::plain::Letters;

/// The class of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A letter or digit of a script that separates words.
    Spaced,
    /// A letter of a script that writes no spaces between words.
    Unspaced,
    /// A combining mark: it belongs to what stands before it.
    Mark,
    /// One of the many characters people type for an apostrophe.
    Apostrophe,
    /// Invisible, and without meaning for search: joiners, direction marks, variation selectors.
    Ignorable,
    /// An invisible word break, which unspaced scripts use or leave out as they like.
    SoftBreak,
    /// Everything else: spaces, punctuation, symbols.
    Separator,
}

/// Classifies one character.
pub(crate) fn class(c: char) -> Class {
    Letters::table()
        .of(c)
        .map_or_else(|| class_of(c), |known| known.class)
}

/// The same by the rules, without a table.
pub(crate) fn class_of(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            '\'' | '`' => Class::Apostrophe,
            _ if c.is_ascii_alphanumeric() => Class::Spaced,
            _ => Class::Separator,
        };
    }
    match c {
        '\u{200B}' => Class::SoftBreak,
        _ if is_apostrophe(c) => Class::Apostrophe,
        _ if is_ignorable(c) => Class::Ignorable,
        _ if is_enclosed(c) => Class::Separator,
        _ if is_combining_mark(c) => Class::Mark,
        _ if !c.is_alphanumeric() => Class::Separator,
        _ if is_unspaced(c) => Class::Unspaced,
        _ => Class::Spaced,
    }
}

/// Whether the character is a letter or digit, not a mark.
pub(crate) fn is_letter(c: char) -> bool {
    matches!(class(c), Class::Spaced | Class::Unspaced)
}

/// Straight, curly, modifier and accent-shaped apostrophes, in composed and decomposed forms.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '\u{00B4}' | '\u{02B9}'
            ..='\u{02BD}'
                | '\u{02BE}'
                | '\u{02BF}'
                | '\u{02C8}'
                | '\u{0374}'
                | '\u{055A}'
                | '\u{05F3}'
                | '\u{1FEF}'
                | '\u{1FFD}'
                | '\u{2018}'
                | '\u{2019}'
                | '\u{201B}'
                | '\u{2032}'
                | '\u{2035}'
                | '\u{A78B}'
                | '\u{A78C}'
                | '\u{FF07}'
                | '\u{FF40}'
    )
}

/// Default-ignorable format characters and variation selectors.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200C}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Scripts without spaces between words: Thai, Lao, Khmer, kana and Han. Their digits are words.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{0E00}'..='\u{0E4F}'
            | '\u{0E80}'..='\u{0ECF}'
            | '\u{0EDC}'..='\u{0EDF}'
            | '\u{1780}'..='\u{17DF}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30FF}'
            | '\u{31F0}'..='\u{31FF}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

/// Circled letters and enclosing marks: letters for Rust, symbols for whoever reads.
fn is_enclosed(c: char) -> bool {
    matches!(
        c,
        '\u{0488}'
            | '\u{0489}'
            | '\u{1ABE}'
            | '\u{20DD}'..='\u{20E0}'
            | '\u{20E2}'..='\u{20E4}'
            | '\u{24B6}'..='\u{24E9}'
            | '\u{A670}'..='\u{A672}'
            | '\u{1F130}'..='\u{1F149}'
            | '\u{1F150}'..='\u{1F169}'
            | '\u{1F170}'..='\u{1F189}'
    )
}

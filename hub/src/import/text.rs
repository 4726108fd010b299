//! Texts as they are kept.

use bantin_model::conversation::Date;
use unicode_normalization::UnicodeNormalization;

/// NFC: the one form in which lengths are counted and texts are kept.
pub(super) fn clean(text: &str) -> String {
    text.nfc().collect()
}

/// Whether a text is a day `2026-11-20`, a month `2026-11` or a year `2026`.
pub(crate) fn is_when(text: &str) -> bool {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    Date::try_from(day).is_ok()
}

//! Texts as they are kept.

use unicode_normalization::UnicodeNormalization;

/// NFC: the one form in which lengths are counted and texts are kept.
pub(super) fn clean(text: &str) -> String {
    text.nfc().collect()
}

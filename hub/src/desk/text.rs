//! Words as an officer typed or pasted them. Whatever they look like they stay words: nothing here
//! is ever markup. Only what nobody can see is taken out.

use unicode_normalization::UnicodeNormalization;

/// Directional overrides and embeddings turn text round unseen; plain right-to-left text needs none.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text of several lines: NFC, line ends as LF, trimmed.
pub(super) fn lines(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let kept = text.chars().map(|c| if c == '\t' { ' ' } else { c });
    let kept: String = kept
        .filter(|c| *c == '\n' || !is_unseen(*c))
        .nfc()
        .collect();
    kept.trim().to_owned()
}

/// A text of one line; line ends become spaces.
pub(super) fn line(text: &str) -> String {
    lines(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_what_they_are() {
        for same in [
            "<script>alert(1)</script>",
            "Mu\u{0310}\u{0332}ỗi",
            "عسل",
            "ꨀꨇꩉ",
            "'; DROP TABLE",
            "a\n\nb",
        ] {
            assert_eq!(
                lines(same),
                same.nfc().collect::<String>(),
                "{same:?} is kept"
            );
        }
        assert_eq!(
            lines("a\r\nb\u{0}\u{202e}c"),
            "a\nbc",
            "what nobody can see is taken out"
        );
        assert_eq!(line(" a\nb\t"), "a b", "one line is one line");
    }
}

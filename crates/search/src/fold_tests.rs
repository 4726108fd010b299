//! What folding takes off, and what it must leave alone.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

#[test]
fn mai_types_without_tones_on_her_phone() {
    for (written, typed) in [
        ("Đường", "duong"),
        ("đồng bào", "dong bao"),
        ("Ê Đê", "e de"),
        ("H'Mông", "hmong"),
        ("H’Mông", "hmong"),
        ("H‘Mông", "hmong"),
        ("Hʼmông", "hmong"),
        ("Hʻmông", "hmong"),
        ("H`mông", "hmong"),
        ("H´mông", "hmong"),
        ("ƀuôn Ƀlă", "buon bla"),
        ("kê\u{306}č ñ ĭ ŏ\u{306}", "kec n i o"),
        ("rượu cần", "ruou can"),
        ("d\u{335}i b\u{336}ôh", "di boh"),
    ] {
        assert_eq!(fold(written), typed, "{written} is found by {typed}");
        let decomposed: String = written.nfd().collect();
        assert_eq!(fold(&decomposed), typed, "{written} in NFD too");
    }
}

#[test]
fn scripts_with_marks_of_their_own_keep_them() {
    for word in ["ꨙꨯꩌ", "ꨌꩌ", "ꪀꪾꪚ", "ꪹꪋꪷꪉ", "មនុស្ស", "សិទ្ធិ", "ภาษา", "ພາສາ"]
    {
        assert_eq!(fold(word), word, "its marks are letters, not accents");
    }
}

#[test]
fn quotes_around_a_word_stay_separators() {
    assert_eq!(
        fold("'Mông' ‘Đê’"),
        "'mong' ‘de’",
        "only inner apostrophes go"
    );
}

#[test]
fn the_exact_form_keeps_tones_and_unifies_apostrophes() {
    assert_eq!(
        exact("H’MÔNG"),
        exact("h'mông"),
        "capitals and quotes do not count"
    );
    assert_ne!(exact("đường"), exact("dương"), "tones and strokes do");
    assert_eq!(exact("đu\u{31b}o\u{31b}\u{300}ng"), "đường", "in NFC");
}

/// Text rich in what can go wrong: letters, marks, apostrophes, invisible characters.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zđĐƀơưêôăâñčß'’ʼ ]{1,4}",
        "[\u{300}-\u{36f}]{1,2}",
        "[\u{1100}-\u{1112}\u{1161}-\u{1175}]{1,3}",
        "[\u{1780}-\u{17ff}]{1,4}",
        "[\u{aa00}-\u{aadf}]{1,3}",
        "[\u{200b}-\u{200f}\u{2060}\u{ad}]",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in any_text()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
        let once = exact(&text);
        prop_assert_eq!(exact(&once), once);
    }

    #[test]
    fn the_normal_form_of_the_input_does_not_matter(text in any_text()) {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(fold(&composed), fold(&decomposed));
        prop_assert_eq!(exact(&composed), exact(&decomposed));
    }
}

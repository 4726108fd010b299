//! Words, runs and their places in the text.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::{Limits, Postings, Query};

fn folded(text: &str) -> Vec<String> {
    tokens(text).map(|token| token.folded).collect()
}

#[test]
fn an_apostrophe_joins_letters_and_a_hyphen_parts_them() {
    assert_eq!(
        folded("'H'Mông' Y-Bih"),
        ["hmong", "y", "bih"],
        "as people search"
    );
}

#[test]
fn a_token_knows_its_place_in_the_original() {
    let text = "Bá nói: “Đường xa”";
    let last = tokens(text).nth(2).unwrap();
    assert_eq!(&text[last.range], "Đường", "a highlight covers the accents");
}

#[test]
fn khmer_gives_bigrams_and_the_last_cluster() {
    assert_eq!(
        folded("មនុស្ស"),
        ["មនុ", "នុស្ស", "ស្ស"],
        "any word inside a run is found"
    );
    assert_eq!(
        folded("មនុ\u{200b}ស្ស"),
        folded("មនុស្ស"),
        "optional breaks do not matter"
    );
    assert_eq!(folded("លេខ២១៧"), ["លេខ", "ខ", "២១៧"], "digits end a run");
}

#[test]
fn a_word_without_end_is_compared_by_its_beginning() {
    let token = tokens(&"ộ".repeat(5_000)).next().unwrap();
    assert_eq!(
        token.exact.chars().count(),
        MAX_TOKEN_CHARS,
        "bounded in the index"
    );
    assert_eq!(token.range.len(), 15_000, "but highlighted whole");
}

proptest! {
    #[test]
    fn a_document_is_found_by_any_of_its_own_words(
        text in "([a-zA-ZđĐƀơưêôăâ'’]|[\u{300}-\u{306}]|[កខគមនស្ុិា]|[ꨀ-ꩍ]|[ -/]|\\PC){0,60}",
    ) {
        let mut index = Postings::new();
        index.insert(1, 1, &text);
        for token in tokens(&text) {
            let own = &text[token.range.clone()];
            for typed in [own.to_owned(), format!("{own} "), token.folded.clone(), token.exact.clone()] {
                let found = index.search(&Query::parse(&typed, Limits::default()), 1);
                prop_assert_eq!(found.len(), 1, "{:?} in {:?}", typed, &text);
            }
            let found = index.search(&Query::parse(own, Limits::default()), 1);
            prop_assert!(found[0].exact, "{:?} as written is exact", own);
        }
    }

    #[test]
    fn tokens_do_not_depend_on_the_normal_form(text in "([a-zđơêô'’ ]|[\u{300}-\u{309}\u{31b}]|\\PC){0,40}") {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        let forms = |t: &str| tokens(t).map(|t| (t.folded, t.exact)).collect::<Vec<_>>();
        prop_assert_eq!(forms(&composed), forms(&decomposed));
    }
}

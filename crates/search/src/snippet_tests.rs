//! Fragments people can read.
#![allow(clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::Limits;

fn shown(text: &str, typed: &str, max_chars: usize) -> (Snippet, String) {
    let found = snippet(text, &Query::parse(typed, Limits::default()), max_chars);
    let marked = found
        .pieces()
        .into_iter()
        .map(|(piece, hit)| {
            if hit {
                format!("[{piece}]")
            } else {
                piece.to_owned()
            }
        })
        .collect();
    (found, marked)
}

#[test]
fn mai_sees_the_accents_she_did_not_type() {
    let (_, marked) = shown("Hỗ trợ đồng bào vùng cao", "ho tro", 100);
    assert_eq!(
        marked, "[Hỗ] [trợ] đồng bào vùng cao",
        "original letters, folded match"
    );
}

#[test]
fn a_long_text_is_cut_between_words_around_the_match() {
    let text = format!(
        "{}Thu bán rượu cần ở chợ phiên. {}",
        "mở đầu ".repeat(50),
        "và nữa ".repeat(50)
    );
    let (found, marked) = shown(&text, "ruou can", 40);
    assert!(
        marked.contains("[rượu] [cần]"),
        "the match is inside: {marked}"
    );
    assert!(found.text.chars().count() <= 40, "within the budget");
    assert!(
        found.more_before && found.more_after,
        "and says that there is more"
    );
    for word in found.text.split(' ') {
        assert!(
            text.split(' ')
                .any(|w| w.trim_end_matches('.') == word.trim_end_matches('.')),
            "{word:?} is a whole word"
        );
    }
}

#[test]
fn the_window_with_more_of_the_query_wins() {
    let text = format!("vốn {} vay vốn ngân hàng", "xa ".repeat(60));
    let (_, marked) = shown(&text, "vay von ", 30);
    assert!(
        marked.contains("[vay] [vốn]"),
        "both words, not the first alone: {marked}"
    );
}

#[test]
fn without_a_match_the_beginning_is_shown() {
    let (found, marked) = shown("Sửa đường vào bản", "khong", 9);
    assert_eq!(
        (marked.as_str(), found.more_after),
        ("Sửa đường", true),
        "whole words"
    );
}

#[test]
fn a_khmer_word_is_highlighted_as_one_piece() {
    let (_, marked) = shown("សេចក្ដីប្រកាសជាសកលស្ដីពីសិទ្ធិមនុស្ស", "មនុស្ស", 100);
    assert!(
        marked.ends_with("[មនុស្ស]"),
        "bigrams that overlap are one highlight: {marked}"
    );
}

proptest! {
    #[test]
    fn a_word_passed_over_at_its_first_letter_would_not_have_matched(
        text in "([a-zA-ZđĐơêÊß’' ]|[\u{300}-\u{306}\u{31b}\u{335}]|[កមនស្ុិ]|\\PC){0,40}",
        typed in "([a-zđơß ]|[\u{300}\u{335}]|[កមនស្]|\\PC){1,6}",
    ) {
        let query = Query::parse(&typed, Limits::default());
        for word in Words::of(&text) {
            if may_match(&text, &word, query.terms()) {
                continue;
            }
            forms_of(&text, &word, &mut Room::default(), |_, folded, _| {
                let matched = query.terms().iter().any(|term| term.matches_folded(folded));
                assert!(!matched, "{folded:?} of {text:?} matches {typed:?}");
            });
        }
    }

    #[test]
    fn a_snippet_never_panics_and_its_ranges_are_sound(
        text in "([a-zđơ'’ ]|[\u{300}-\u{306}]|[កមនស្ុិ\u{200b}\u{200d}]|[👩🇻🇳]|\\PC){0,80}",
        typed in "([a-zđơ ]|[កមនស្]|\\PC){0,10}",
        max_chars in 0_usize..40,
    ) {
        let found = snippet(&text, &Query::parse(&typed, Limits::default()), max_chars);
        prop_assert!(found.text.chars().count() <= max_chars);
        prop_assert!(text.contains(&found.text));
        let mut last = 0;
        for hit in &found.hits {
            prop_assert!(hit.start < hit.end && hit.start >= last);
            prop_assert!(found.text.get(hit.clone()).is_some(), "on character boundaries");
            last = hit.end + 1;
        }
        let whole: String = found.pieces().into_iter().map(|(piece, _)| piece).collect();
        prop_assert_eq!(whole, found.text);
    }
}

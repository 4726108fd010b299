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

/// The same without a short cut: every word is folded, every passage compared, every character counted.
fn straightforward(text: &str, query: &Query, max_chars: usize) -> Snippet {
    let words: Vec<crate::Token> = crate::tokens(text).collect();
    let chars = |range: Range<usize>| text[range].chars().count();
    let term_of = |word: &&crate::Token| {
        let terms = query.terms().iter();
        terms
            .into_iter()
            .position(|term| term.matches_folded(&word.folded))
    };
    let found: Vec<Found> = words
        .iter()
        .filter_map(|word| {
            let start = chars(0..word.range.start);
            Some(Found {
                bytes: word.range.clone(),
                chars: start..start + chars(word.range.clone()),
                term: term_of(&word)?,
            })
        })
        .collect();
    let core = best_window(&found, max_chars);
    let spare = max_chars.saturating_sub(chars(core.clone()));
    let (before, after) = (chars(0..core.start), chars(core.end..text.len()));
    let lead = before.min((spare / 3).max(spare.saturating_sub(after)));
    let raw_start = back(text, core.start, lead);
    let first = words.iter().find(|word| word.range.start >= raw_start);
    let start = match first.map(|word| word.range.start.min(core.start)) {
        _ if raw_start == 0 => 0,
        first => whole_grapheme(text, first.unwrap_or(core.start), true),
    };
    let raw_end = forward(text, start, max_chars);
    let ends = words.iter().filter(|word| word.range.start >= start);
    let ends = ends
        .map(|word| word.range.end)
        .filter(|end| *end <= raw_end);
    let end = match ends.max() {
        _ if raw_end == text.len() => raw_end,
        end => {
            let end = end.unwrap_or(raw_end);
            Some(whole_grapheme(text, end, false))
                .filter(|whole| *whole > start)
                .unwrap_or(end)
        }
    };
    Snippet {
        text: text[start..end].to_owned(),
        hits: highlights(&found, &(start..end)),
        more_before: start > 0,
        more_after: end < text.len(),
    }
}

/// Texts in which words repeat, of all the scripts and marks that take thought.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "vốn", "vay", "Von", "đường", "duong", "Đươ\u{300}ng", "vo\u{302}\u{301}n", "H’Mông", "hmông", "v", "đ",
            "មនុស្ស", "មនុ", "សិទ្ធិ", "ꨀꨇꩌ", "ꨀ", "vốnមនុស្ស", "vay\u{200b}vốn", "v\u{ad}ốn", "Straße", "strasse",
            "«vốn»", "vay×vốn", "vay—đường", "21/2025", "กขค", "Vốn", "vo\u{301}",
        ]).prop_map(str::to_owned),
        8 => Just(" ".to_owned()),
        1 => prop::sample::select(vec![", ", ".\n\n", "’", "'", "\u{200d}", "\u{301}", "…"]).prop_map(str::to_owned),
        1 => "\\PC{1,3}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn short_cuts_change_nothing(
        text in mixed(),
        typed in prop::sample::select(vec![
            "von", "vốn", "v", "vay von", "von vay ", "duong vay", "đường", "hmong", "h'm", "មនុស្ស", "ម", "ꨀ", "ꨀꨇ vay",
            "strasse ", "ß", "21", "d v h", "กข", "vo", "khong",
        ]),
        max_chars in 0_usize..80,
    ) {
        let query = Query::parse(typed, Limits::default());
        prop_assert_eq!(snippet(&text, &query, max_chars), straightforward(&text, &query, max_chars));
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

//! What a typed line turns into.
#![allow(clippy::unwrap_used)]

use super::*;

fn parse(input: &str) -> Query {
    Query::parse(input, Limits::default())
}

#[test]
fn the_word_being_typed_is_a_prefix() {
    assert_eq!(
        parse("Đồng bà").match_folded().unwrap(),
        "\"dong\" AND \"ba\" *",
        "Mai sees results before she ends the word"
    );
    assert_eq!(
        parse("Đồng bào ").match_exact().unwrap(),
        "\"đồng\" AND \"bào\"",
        "a space ends the word"
    );
}

#[test]
fn a_khmer_word_asks_for_its_bigrams() {
    let query = parse("មនុស្ស");
    assert_eq!(
        query.match_folded().unwrap(),
        "\"មនុ\" AND \"នុស្ស\" *",
        "its last cluster alone would add nothing"
    );
}

#[test]
fn nothing_typed_finds_nothing() {
    for input in ["", "   ", "\"'*", "\u{200f}\u{202e}\0", "\u{0301}\u{0301}"] {
        let query = parse(input);
        assert!(query.is_empty(), "{input:?} holds no word");
        assert_eq!(
            query.match_folded(),
            None,
            "and no MATCH string reaches SQLite"
        );
    }
}

#[test]
fn a_hostile_line_is_bounded() {
    let words: String = (0..50_000).map(|n| format!("w{n} ")).collect();
    let query = Query::parse(
        &words,
        Limits {
            max_chars: 100_000,
            max_terms: 1_000,
        },
    );
    assert_eq!(
        query.terms().len(),
        MAX_TERMS,
        "no limit goes above the ceiling"
    );
    assert!(
        parse(&"a".repeat(100_000)).match_exact().unwrap().len() < 100,
        "one short term"
    );
}

//! What a typed line turns into.

use super::*;

fn parse(input: &str) -> Query {
    Query::parse(input, Limits::default())
}

/// The terms, a star after those that are only beginnings.
fn terms(query: &Query, form: Form) -> Vec<String> {
    let star = |term: &Term| if term.prefix { "*" } else { "" };
    let terms = query.terms().iter();
    terms
        .map(|term| format!("{}{}", term.form(form), star(term)))
        .collect()
}

#[test]
fn the_word_being_typed_is_a_prefix() {
    assert_eq!(
        terms(&parse("Đồng bà"), Form::Folded),
        ["dong", "ba*"],
        "Mai sees results before she ends the word"
    );
    assert_eq!(
        terms(&parse("Đồng bào "), Form::Exact),
        ["đồng", "bào"],
        "a space ends the word"
    );
}

#[test]
fn a_khmer_word_asks_for_its_bigrams() {
    let query = parse("មនុស្ស");
    assert_eq!(
        terms(&query, Form::Folded),
        ["មនុ", "នុស្ស*"],
        "its last cluster alone would add nothing"
    );
}

#[test]
fn nothing_typed_finds_nothing() {
    for input in ["", "   ", "\"'*", "\u{200f}\u{202e}\0", "\u{0301}\u{0301}"] {
        let query = parse(input);
        assert!(query.is_empty(), "{input:?} holds no word");
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
        terms(&parse(&"a".repeat(100_000)), Form::Exact)
            .concat()
            .len()
            < 100,
        "one short term"
    );
}

//! The corpus is Vietnamese enough to measure with, and the same everywhere.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use bantin_bench::corpus::{
    Document, FIRST_ISSUED_AT, SEED, TOPICS, document, documents, queries, unaccented,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Documents whose compression is measured: enough for the mean, few enough for a test.
const SAMPLE: u64 = 500;

fn corpus(count: u64) -> Vec<Document> {
    documents(SEED, count).collect()
}

fn compressed_bytes(document: &Document) -> usize {
    zstd::bulk::compress(document.text().as_bytes(), 19)
        .unwrap()
        .len()
}

#[test]
fn documents_are_as_long_as_notices_are() {
    let sizes: Vec<usize> = corpus(SAMPLE).iter().map(|d| d.text().len()).collect();
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    assert!(
        (1_501..=1_659).contains(&mean),
        "the figures we race against were taken with 1,580 bytes (5% either way), not {mean}"
    );
}

#[test]
fn documents_compress_as_vietnamese_does() {
    let sizes: Vec<usize> = corpus(SAMPLE).iter().map(compressed_bytes).collect();
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    assert!(
        (729..=891).contains(&mean),
        "one by one at zstd -19 genuine notices take 810 bytes (10% either way), not {mean}"
    );
    let near = sizes.iter().filter(|s| (729..=891).contains(*s)).count();
    assert!(
        near * 100 >= sizes.len() * 90,
        "nine in ten must do so each by itself, or the mean hides two kinds of text: {near} of {}",
        sizes.len()
    );
}

/// Documents in one stream: with fewer, each finds less to repeat and takes more.
const STREAM: u64 = 1_000;

#[test]
fn documents_repeat_one_another_no_more_than_people_do() {
    let text: String = corpus(STREAM).iter().map(Document::text).collect();
    let bytes = zstd::bulk::compress(text.as_bytes(), 19).unwrap().len();
    let each = bytes / usize::try_from(STREAM).unwrap();
    assert!(
        (330..=450).contains(&each),
        "genuine notices take about 392 bytes in one stream; documents that copy one another would flatter every \
         figure of a first sync: {each}"
    );
}

#[test]
fn ten_thousand_documents_are_ten_thousand_different_ones() {
    let all = corpus(10_000);
    let texts: BTreeSet<String> = all.iter().map(Document::text).collect();
    assert_eq!(
        texts.len(),
        all.len(),
        "equal documents would be one blob and flatter every figure"
    );
    let ids: Vec<u64> = all.iter().map(|d| d.id).collect();
    assert!(
        ids.iter().copied().eq(0..10_000),
        "ids number the corpus from 0"
    );
    assert!(
        all.windows(2)
            .all(|two| two[0].issued_at < two[1].issued_at),
        "newest first must be a real order"
    );
    assert_eq!(all[0].issued_at, FIRST_ISSUED_AT, "the first day is fixed");
    let mut by_topic: BTreeMap<&str, u64> = BTreeMap::new();
    for document in &all {
        *by_topic.entry(document.topic).or_default() += 1;
    }
    assert!(
        TOPICS.iter().all(|topic| by_topic[topic] > 1_400),
        "every topic has its share: {by_topic:?}"
    );
}

#[test]
fn the_vocabulary_is_that_of_a_language() {
    let all = corpus(2_000);
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    for document in &all {
        let text = document.text().to_lowercase();
        let syllables: Vec<&str> = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|s| !s.is_empty())
            .collect();
        for syllable in &syllables {
            *uses.entry((*syllable).to_owned()).or_default() += 1;
        }
        pairs.extend(
            syllables
                .windows(2)
                .map(|two| (two[0].to_owned(), two[1].to_owned())),
        );
    }
    assert!(
        uses.len() >= 1_200,
        "Vietnamese has some thousands of syllables in daily use: {}",
        uses.len()
    );
    assert!(
        pairs.len() >= 5_000,
        "most of its words are two syllables: {}",
        pairs.len()
    );
    let total: usize = uses.values().sum();
    let mut counts: Vec<usize> = uses.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let top: usize = counts.iter().take(100).sum();
    assert!(
        (30..=65).contains(&(top * 100 / total)),
        "the hundred commonest syllables make up about half of a text: {}%",
        top * 100 / total
    );
}

#[test]
fn no_slot_is_left_open_and_every_paragraph_is_clean() {
    for document in corpus(2_000) {
        let text = document.text();
        assert!(!text.contains(['<', '>', '#']), "an unfilled slot: {text}");
        assert!(!text.contains("  "), "an empty phrase: {text}");
        assert!(
            document.body.split("\n\n").count() >= 2,
            "a notice has paragraphs: {text}"
        );
        assert!(!document.title.ends_with('.'), "a title is no sentence");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_for_ever() {
    let mut hash = Sha256::new();
    for document in corpus(100) {
        hash.update(document.text().as_bytes());
        hash.update(document.topic.as_bytes());
        hash.update(document.issued_at.to_le_bytes());
    }
    let hex: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        hex, "f7087fa76c1eb0e180c180e84af0ca457e64063a1d50aeb7d9164987aa9c3ef7",
        "published figures are compared over time: a change of the corpus must be a decision"
    );
    assert_eq!(
        document(SEED, 4_711),
        corpus(4_712)[4_711],
        "a document made alone is the one made in a row"
    );
    assert_ne!(
        document(SEED, 7).text(),
        document(SEED + 1, 7).text(),
        "another seed is how a changed document is made"
    );
}

#[test]
fn queries_are_real_words_in_two_spellings() {
    let all = corpus(1_000);
    let asked = queries(SEED, &all, 300);
    assert_eq!(asked.len(), 300, "as many as the benchmark asks");
    let different: BTreeSet<&str> = asked.iter().map(|q| q.accented.as_str()).collect();
    assert_eq!(
        different.len(),
        300,
        "the same query twice measures a cache"
    );
    let lower: Vec<String> = all.iter().map(|d| d.text().to_lowercase()).collect();
    let folded: Vec<String> = lower.iter().map(|text| unaccented(text)).collect();
    for query in &asked {
        let with: Vec<usize> = found(&lower, &query.accented);
        let without: Vec<usize> = found(&folded, &query.unaccented);
        assert!(!with.is_empty(), "it comes from a document: {query:?}");
        assert!(
            with.iter().all(|id| without.contains(id)),
            "leaving out accents may find more, never less: {query:?}"
        );
        assert!(
            query.unaccented.is_ascii(),
            "a phone without a Vietnamese keyboard must be able to type it: {query:?}"
        );
    }
    assert_eq!(
        asked,
        queries(SEED, &all, 300),
        "the same queries on every run"
    );
    for wanted in 1..=3 {
        assert!(
            asked
                .iter()
                .filter(|q| q.accented.split(' ').count() == wanted)
                .count()
                >= 50,
            "people type one word, two, and three: {wanted}"
        );
    }
}

fn found(texts: &[String], query: &str) -> Vec<usize> {
    texts
        .iter()
        .enumerate()
        .filter(|(_, text)| text.contains(query))
        .map(|(id, _)| id)
        .collect()
}

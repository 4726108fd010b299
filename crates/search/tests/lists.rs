//! Stored word lists: they pass the golden file, and answer as the browser's index does whatever was written in how many
//! runs, merged or taken out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::collections::{BTreeMap, BTreeSet};

use bantin_search::golden::golden;
use bantin_search::run::{Keys, framed, frames, keys, merged};
use bantin_search::{
    BadLists, Form, Indexer, Limits, Listed, Lists, Postings, Query, Term, newest,
};
use proptest::prelude::*;

/// A word's list in one run, and where that run's texts stand after merging.
type Placed<'a> = (&'a [Option<u32>], Vec<u8>);

/// Runs as a store keeps them, in memory.
#[derive(Default)]
struct Stored {
    keys: BTreeMap<u32, Vec<u8>>,
    words: BTreeMap<(u32, Form, Box<str>), Vec<u8>>,
    gone: BTreeSet<i64>,
    next: u32,
}

impl Stored {
    fn put(&mut self, ascending: &[i64], lists: Lists) {
        assert_eq!(ascending.len(), lists.texts as usize, "a key for each text");
        let run = self.next;
        self.next += 1;
        self.keys.insert(run, framed(run, &keys(ascending)));
        for word in lists.words {
            let list = framed(run, &word.texts);
            self.words.insert((run, word.form, word.word), list);
        }
    }

    /// Lists of a term in all runs, one after another.
    fn listed(&self, form: Form, term: &Term) -> Vec<u8> {
        let wanted = term.form(form);
        let lists = self.words.iter().filter(|((_, of, word), _)| {
            *of == form
                && match term.prefix {
                    true => word.starts_with(wanted),
                    false => **word == *wanted,
                }
        });
        lists.flat_map(|(_, list)| list.clone()).collect()
    }

    fn search(&self, query: &Query, limit: usize) -> Vec<i64> {
        let lists = query.terms().iter();
        let lists =
            lists.map(|term| [Form::Exact, Form::Folded].map(|form| self.listed(form, term)));
        let lists: Vec<_> = lists.collect();
        let terms: Vec<_> = lists
            .iter()
            .map(|[exact, folded]| Listed { exact, folded })
            .collect();
        let runs: Vec<u8> = self.keys.values().flatten().copied().collect();
        newest(&runs, &terms, &self.gone, limit).unwrap()
    }

    /// All runs become one, without what is gone.
    fn merge(&mut self) {
        let old: BTreeMap<u32, Vec<i64>> = self
            .keys
            .values()
            .map(|stored| {
                let (run, inside) = frames(stored).next().unwrap().unwrap();
                (run, Keys::of(inside).unwrap().ascending().unwrap())
            })
            .collect();
        let kept = old
            .values()
            .flatten()
            .filter(|key| !self.gone.contains(key));
        let kept: BTreeSet<i64> = kept.copied().collect();
        let place_of: BTreeMap<i64, u32> = kept.iter().copied().zip(0..).collect();
        let places: BTreeMap<u32, Vec<Option<u32>>> = old
            .iter()
            .map(|(run, keys)| {
                (
                    *run,
                    keys.iter().map(|key| place_of.get(key).copied()).collect(),
                )
            })
            .collect();
        let mut lists: BTreeMap<(Form, Box<str>), Vec<Placed<'_>>> = BTreeMap::new();
        for ((run, form, word), list) in std::mem::take(&mut self.words) {
            let inside = frames(&list).next().unwrap().unwrap().1.to_vec();
            lists
                .entry((form, word))
                .or_default()
                .push((&places[&run], inside));
        }
        let words = lists.into_iter().map(|((form, word), lists)| {
            let lists: Vec<_> = lists
                .iter()
                .map(|(places, list)| (*places, &**list))
                .collect();
            let texts = merged(&lists).unwrap();
            bantin_search::WordList { form, word, texts }
        });
        let words = words.filter(|word| !word.texts.is_empty()).collect();
        let kept: Vec<i64> = kept.into_iter().collect();
        self.keys.clear();
        self.gone.clear();
        let texts = u32::try_from(kept.len()).unwrap();
        self.put(&kept, Lists { texts, words });
    }
}

#[test]
fn stored_lists_pass_the_golden_file() {
    let golden = golden().unwrap();
    let mut documents = golden.documents.clone();
    documents.sort_by_key(|document| (document.newest, document.key));
    let (mut indexer, mut stored) = (Indexer::default(), Stored::default());
    for document in &documents {
        indexer.add(&document.text);
    }
    // The order is all that keys are asked for.
    let keys: Vec<i64> = (0..documents.len() as i64).collect();
    stored.put(&keys, indexer.take());
    for case in &golden.cases {
        let query = Query::parse(&case.query, Limits::default());
        let found = stored.search(&query, 50);
        let found: Vec<u32> = found.iter().map(|at| documents[*at as usize].key).collect();
        assert_eq!(found, case.expected, "{:?}: {}", case.query, case.why);
    }
}

#[test]
fn hostile_input_finds_what_the_browser_finds() {
    let mai = "Mai hỏi về hỗ trợ đồng bào មនុស្ស ꨀꨇꩉ ꨌꩌ";
    let (mut indexer, mut stored, mut memory) =
        (Indexer::default(), Stored::default(), Postings::new());
    indexer.add(mai);
    stored.put(&[1], indexer.take());
    memory.insert(1, 1, mai);
    let zalgo = format!("h{}o", "\u{0301}\u{0489}".repeat(5_000));
    let inputs = [
        "\"".to_owned(),
        "\" OR 1 --".to_owned(),
        "mai AND (".to_owned(),
        "^mai*".to_owned(),
        "mai\0hoi".to_owned(),
        "\u{202e}iam\u{202c} \u{200f}mai".to_owned(),
        "a".repeat(100_000),
        "mai ".repeat(25_000),
        "ស្ស".repeat(30_000),
        "👩‍👩‍👧‍👦 \u{1F130}a\u{20DD}b".to_owned(),
        "\u{1E900}x\u{11A50}x\u{10FFFF}\u{E000}x".to_owned(),
        zalgo,
    ];
    for input in inputs {
        let shown: String = input.chars().take(30).collect();
        let query = Query::parse(&input, Limits::default());
        assert!(query.terms().len() <= 16, "{shown:?} is bounded");
        let browser = memory.search(&query, 50);
        let browser: Vec<i64> = browser.iter().map(|hit| i64::from(hit.key)).collect();
        assert_eq!(
            stored.search(&query, 50),
            browser,
            "{shown:?}: both engines agree"
        );
    }
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "họp",
        "hop",
        "Hợp",
        "bản",
        "ban",
        "bàn",
        "trâu",
        "đường",
        "duong",
        "H'Mông",
        "hmong",
        "ស្ស",
        "a",
        "ab",
        "một-từ-rất-dài-hơn-mười-sáu-byte",
    ]);
    prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn runs_answer_as_the_browsers_index_does(
        runs in prop::collection::vec(prop::collection::vec(text(), 1..7), 1..5),
        gone in prop::collection::vec(0_u32..24, 0..8),
        asked in prop::collection::vec(text(), 1..6),
        limit in 1_usize..12,
        merge in any::<bool>(),
    ) {
        let (mut indexer, mut stored, mut memory) =
            (Indexer::default(), Stored::default(), Postings::new());
        // Runs lie between each other in time.
        let many = runs.len() as u32;
        for (run, texts) in (0_u32..).zip(&runs) {
            let mut keys = Vec::new();
            for (at, text) in (0_u32..).zip(texts) {
                let key = at * many + run;
                indexer.add(text);
                keys.push(i64::from(key));
                memory.insert(key, i64::from(key), text);
            }
            stored.put(&keys, indexer.take());
        }
        for key in gone {
            if memory.remove(key) {
                stored.gone.insert(key.into());
            }
        }
        if merge {
            stored.merge();
        }
        for typed in asked {
            let query = Query::parse(&typed, Limits::default());
            let expected = memory.search(&query, limit);
            let expected: Vec<i64> = expected.iter().map(|hit| i64::from(hit.key)).collect();
            prop_assert_eq!(stored.search(&query, limit), expected, "{:?}", typed);
        }
    }

    #[test]
    fn damage_is_told_and_harms_nothing(
        runs in prop::collection::vec(any::<u8>(), 0..40),
        lists in prop::collection::vec(any::<u8>(), 0..40),
        texts in 0_usize..9,
    ) {
        let listed = Listed { exact: &lists, folded: &lists };
        let _: Result<_, BadLists> = newest(&runs, &[listed], &BTreeSet::new(), 9);
        let places = vec![Some(1); texts];
        let _: Result<_, BadLists> = merged(&[(&places, &lists), (&places, &lists)]);
    }
}

#[test]
fn what_a_list_names_must_be_there() {
    let of = |keys_of: &[i64]| framed(7, &keys(keys_of));
    let found = |runs: &[u8], list: &[u8]| {
        let list = framed(7, list);
        let listed = Listed {
            exact: &list,
            folded: &list,
        };
        newest(runs, &[listed], &BTreeSet::new(), 9)
    };
    assert_eq!(
        found(&of(&[10, 20, 30]), &[1, 2]),
        Ok(vec![30, 10]),
        "the newest first"
    );
    assert_eq!(found(&[], &[1]), Err(BadLists), "a run that is not there");
    assert_eq!(
        found(&of(&[10]), &[0]),
        Err(BadLists),
        "no text stands before the first"
    );
}

#[test]
fn an_indexer_lists_each_text_once_and_starts_anew() {
    let mut indexer = Indexer::default();
    indexer.add("Họp bản, họp bản");
    indexer.add("bản");
    assert!(indexer.bytes() > 0, "notes take room");
    let lists = indexer.take();
    assert_eq!(
        (lists.texts, indexer.bytes()),
        (2, 0),
        "and leave with the lists"
    );
    let of = |lists: &Lists, form: Form, word: &str| {
        let list = lists
            .words
            .iter()
            .find(|list| list.form == form && &*list.word == word);
        list.map(|list| list.texts.clone())
    };
    assert_eq!(
        of(&lists, Form::Folded, "ban"),
        Some(vec![1, 1]),
        "both, each once"
    );
    assert_eq!(of(&lists, Form::Exact, "họp"), Some(vec![1]));
    assert!(
        lists
            .words
            .is_sorted_by_key(|list| (list.form, list.word.clone()))
    );
    indexer.add("họp");
    let lists = indexer.take();
    assert_eq!(lists.texts, 1);
    assert_eq!(
        of(&lists, Form::Exact, "họp"),
        Some(vec![1]),
        "counted from the start"
    );
    assert_eq!(
        of(&lists, Form::Folded, "ban"),
        None,
        "what was taken is not listed again"
    );
    assert_eq!(indexer.take(), Lists::default());
}

#[test]
fn nonsense_without_end_is_listed_and_forgotten() {
    let mut indexer = Indexer::default();
    for lot in 0..3 {
        let mut words = 0;
        for text in 0..30 {
            let nonsense = (0..2_500).map(|word| format!("w{lot}-{text}x{word}"));
            indexer.add(&nonsense.collect::<Vec<_>>().join(" "));
            words += 2_500;
        }
        let lists = indexer.take();
        let folded = lists.words.iter().filter(|list| list.form == Form::Folded);
        assert_eq!(
            folded.count(),
            words + 1,
            "every word is listed, the lot's own too"
        );
    }
}

#[test]
fn a_word_without_end_is_found_by_its_beginning_and_not_remembered() {
    let mut indexer = Indexer::default();
    let endless = "họp".repeat(50_000);
    for _ in 0..2 {
        indexer.add(&endless);
    }
    let lists = indexer.take();
    let exact = lists.words.iter().find(|list| list.form == Form::Exact);
    let exact = exact.unwrap();
    assert_eq!(
        exact.texts,
        [1, 1],
        "each time it is worked out anew, and is the same"
    );
    assert!(
        exact.word.chars().count() <= 64,
        "what is kept of it is short"
    );
}

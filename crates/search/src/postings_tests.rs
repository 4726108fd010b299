//! The browser's engine against the golden file and against a model without cleverness.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::Limits;
use crate::golden::golden;

fn keys(found: &[Hit<u32>]) -> Vec<u32> {
    found.iter().map(|hit| hit.key).collect()
}

#[test]
fn the_browser_passes_the_golden_file() {
    let golden = golden().unwrap();
    let mut index = Postings::new();
    for document in &golden.documents {
        index.insert(document.key, document.newest, &document.text);
    }
    for case in &golden.cases {
        let query = Query::parse(&case.query, Limits::default());
        let found = keys(&index.search(&query, 50));
        assert_eq!(found, case.expected, "{:?}: {}", case.query, case.why);
    }
}

#[test]
fn a_corrected_notice_is_found_by_its_new_words_only() {
    let mut index = Postings::new();
    index.insert(1, 1, "Hỗ trợ vay vốn");
    index.insert(1, 2, "Hỗ trợ nhà ở");
    let search = |words: &str| keys(&index.search(&Query::parse(words, Limits::default()), 9));
    assert_eq!(search("nhà"), [1], "the new text is in");
    assert!(search("vay").is_empty(), "the old text is out");
    assert_eq!(index.len(), 1, "it is one document");
}

/// Every document's tokens in a plain list.
#[derive(Default)]
struct Naive(BTreeMap<u32, (i64, Vec<(String, String)>)>);

impl Naive {
    fn search(&self, query: &Query, limit: usize) -> Vec<Hit<u32>> {
        let hits = self.0.iter().filter_map(|(key, (newest, words))| {
            let folded = query
                .terms()
                .iter()
                .all(|term| words.iter().any(|(folded, _)| term.matches_folded(folded)));
            let exact = query
                .terms()
                .iter()
                .all(|term| words.iter().any(|(_, exact)| term.matches_exact(exact)));
            ((folded || exact) && !query.is_empty()).then_some(Hit {
                key: *key,
                newest: *newest,
                exact,
            })
        });
        rank(hits, limit)
    }
}

proptest! {
    #[test]
    fn postings_answer_like_the_naive_model(
        steps in proptest::collection::vec((0_u32..20, 0_i64..5, "([aáàbđd]{1,2} |ម|ន|ស ){0,6}", any::<bool>()), 0..300),
        typed in proptest::collection::vec("([aáàbđd]{1,2} ?|[មនស] ?){0,3}", 1..8),
        limit in 0_usize..25,
    ) {
        let mut index = Postings::new();
        let mut naive = Naive::default();
        for (key, newest, text, remove) in steps {
            if remove {
                prop_assert_eq!(index.remove(key), naive.0.remove(&key).is_some());
            } else {
                index.insert(key, newest, &text);
                let words = tokens(&text).map(|t| (t.folded, t.exact)).collect();
                naive.0.insert(key, (newest, words));
            }
        }
        prop_assert_eq!(index.len(), naive.0.len());
        for line in typed {
            let query = Query::parse(&line, Limits::default());
            prop_assert_eq!(index.search(&query, limit), naive.search(&query, limit), "{:?}", line);
        }
    }
}

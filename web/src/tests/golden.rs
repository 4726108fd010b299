//! The golden queries, through this engine's own path from leaf to hit.

use bantin_model::id::RecordId;
use bantin_model::record::{Article, Body, Kind, Record};
use bantin_model::time::Seconds;
use bantin_search::golden::golden;
use bantin_search::{Limits, Query};

use super::country::{notice, place};
use crate::news::News;

#[test]
fn every_golden_query_finds_what_it_must_in_order() {
    let golden = golden().unwrap();
    let mut documents = golden.documents.clone();
    documents.sort_by_key(|document| document.key);
    let mut news = News::default();
    for document in &documents {
        news.put(&leaf(document.key, document.newest, &document.text));
    }
    while news.index_some(3) {}
    for case in &golden.cases {
        let query = Query::parse(&case.query, Limits::default());
        let held = news.search(&query, 50);
        let found: Vec<u32> = held.iter().map(|held| key_of(held.record.id)).collect();
        assert_eq!(found, case.expected, "{:?}: {}", case.query, case.why);
    }
}

#[test]
fn a_corrected_notice_is_found_by_its_new_words_only() {
    let mut news = News::default();
    news.put(&leaf(1, 10, "Sửa đường vào bản"));
    while news.index_some(10) {}
    news.put(&leaf(1, 11, "Xây cầu qua suối"));
    while news.index_some(10) {}
    let find = |words: &str| {
        news.search(&Query::parse(words, Limits::default()), 50)
            .len()
    };
    assert_eq!(find("cau"), 1, "the correction is found");
    assert_eq!(find("duong"), 0, "what it replaced is not");
}

fn leaf(key: u32, newest: i64, text: &str) -> Vec<u8> {
    let record = notice(&place("vn"), u64::from(key), text);
    let Body::Article(mut article) = record.body().unwrap() else {
        panic!("a notice is an article");
    };
    let article: &mut Article = &mut article;
    article.texts[0].title = String::new();
    let at = Seconds(u64::try_from(newest).unwrap());
    let mut id = [0u8; 16];
    id[12..].copy_from_slice(&key.to_be_bytes());
    Record::new(RecordId(id), Kind::NOTICE, place("vn"), at, article).to_bytes()
}

fn key_of(id: RecordId) -> u32 {
    u32::from_be_bytes(id.0[12..].try_into().unwrap())
}

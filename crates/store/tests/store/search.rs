//! The golden file, the same that the browser's engine passes.

use bantin_model::feed::Pin;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::record::{Kind, Record};
use bantin_search::golden::golden;
use bantin_search::{Limits, Query};

use sqlx::Connection as _;

use bantin_store::news::{Follow, HeadsApplied};

use crate::support::{NOW, change, device, headline, id, notice};

async fn keys(device: &crate::support::Device, typed: &str, limit: u32) -> Vec<u16> {
    let query = Query::parse(typed, Limits::default());
    let keys = device.news.search(&query, limit).await.unwrap();
    let rows = device.news.records_at(&keys).await.unwrap();
    assert_eq!(rows.len(), keys.len(), "what is found is there");
    let number = |bytes: &Vec<u8>| {
        let [.., high, low] = Record::from_bytes(bytes).unwrap().id.0;
        u16::from_be_bytes([high, low])
    };
    rows.iter().map(number).collect()
}

#[tokio::test]
async fn the_store_answers_the_golden_file() {
    let golden = golden().unwrap();
    let device = device().await;
    let record =
        |d: &bantin_search::golden::Document| notice(d.key as u16, d.newest as u64, &d.text);
    let records: Vec<Record> = golden.documents.iter().map(record).collect();
    device.apply(&change(1, &records, &records, &[])).await;
    for case in &golden.cases {
        let expected: Vec<u16> = case.expected.iter().map(|key| *key as u16).collect();
        let found = keys(&device, &case.query, 50).await;
        assert_eq!(found, expected, "{:?}: {}", case.query, case.why);
    }
}

#[tokio::test]
async fn newest_first_holds_within_a_day_whatever_came_first() {
    let device = device().await;
    let morning = notice(1, 86_400 * 20_000 + 100, "họp bản");
    let evening = notice(2, 86_400 * 20_000 + 60_000, "họp bản");
    let noon = notice(3, 86_400 * 20_000 + 40_000, "họp bản");
    let only = std::slice::from_ref(&evening);
    device.apply(&change(1, only, only, &[])).await;
    let all = [morning.clone(), evening, noon.clone()];
    device.apply(&change(2, &[morning, noon], &all, &[])).await;
    assert_eq!(
        keys(&device, "hop", 50).await,
        [2, 3, 1],
        "by the second, not by arrival"
    );
    assert_eq!(
        keys(&device, "hop", 1).await,
        [2],
        "also where the limit cuts within a day"
    );
}

#[tokio::test]
async fn a_day_with_more_matches_than_a_page_still_begins_with_its_newest() {
    let device = device().await;
    let day = 86_400 * 20_000;
    let newest = notice(1, day + 80_000, "họp bản");
    let only = std::slice::from_ref(&newest);
    device.apply(&change(1, only, only, &[])).await;
    let later: Vec<Record> = (2..150)
        .map(|n| notice(n, day + 100 + u64::from(n), "họp bản"))
        .collect();
    let mut all = later.clone();
    all.push(newest);
    device.apply(&change(2, &later, &all, &[])).await;
    assert_eq!(
        keys(&device, "hop", 3).await,
        [1, 149, 148],
        "what came first that day has the lowest key of it, and is its newest"
    );
}

#[tokio::test]
async fn a_correction_and_a_withdrawal_leave_no_words_behind() {
    let device = device().await;
    let (old, other) = (notice(1, 1000, "tiêm phòng"), notice(2, 2000, "họp bản"));
    device
        .apply(&change(
            1,
            &[old.clone(), other.clone()],
            &[old, other.clone()],
            &[],
        ))
        .await;
    let mut new = notice(1, 3000, "khám bệnh");
    new.revision = 2;
    let set = [new.clone(), other];
    device
        .apply(&change(2, std::slice::from_ref(&new), &set, &[]))
        .await;
    assert!(
        keys(&device, "tiem phong", 9).await.is_empty(),
        "the old words are gone"
    );
    assert_eq!(
        keys(&device, "kham", 9).await,
        [1],
        "the new ones are found"
    );
    device.apply(&change(3, &[], &[new], &[id(2)])).await;
    assert!(
        keys(&device, "hop", 9).await.is_empty(),
        "what was withdrawn is not found"
    );
    assert!(
        device.news.gone(id(2)).await.unwrap().is_some(),
        "but who kept it can read it"
    );
}

#[tokio::test]
async fn what_was_found_is_read_at_once_in_its_order() {
    let device = device().await;
    let all = [
        notice(1, 1000, "họp bản"),
        notice(2, 90_000, "họp bản"),
        notice(3, 200_000, "họp bản"),
    ];
    device.apply(&change(1, &all, &all, &[])).await;
    let query = Query::parse("hop", Limits::default());
    let mut keys = device.news.search(&query, 9).await.unwrap();
    keys.swap(0, 1);
    keys.insert(1, i64::MAX);
    let rows = device.news.records_at(&keys).await.unwrap();
    let read = |bytes: &Vec<u8>| Record::from_bytes(bytes).unwrap().id;
    assert_eq!(
        rows.iter().map(read).collect::<Vec<_>>(),
        [id(2), id(3), id(1)],
        "the order is the one asked for, not the table's, and one that is gone hides no other"
    );
    let none = device.news.records_at(&[]).await.unwrap();
    assert!(none.is_empty(), "nothing found is no error");
}

#[tokio::test]
async fn what_is_held_is_indexed_again_where_the_index_was_taken_down() {
    let device = device().await;
    let all = [notice(1, 1000, "Họp bản"), notice(2, 2000, "Tiêm phòng")];
    device.apply(&change(1, &all, &all, &[])).await;
    let file = device.dir.path().join("news.db");
    let mut other = sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    sqlx::raw_sql("delete from word; delete from run")
        .execute(&mut other)
        .await
        .unwrap();
    assert!(
        keys(&device, "hop", 50).await.is_empty(),
        "nothing is indexed"
    );
    device.news.index_again(headline).await.unwrap();
    assert_eq!(keys(&device, "hop", 50).await.len(), 1, "found again");
    device.news.index_again(headline).await.unwrap();
    assert_eq!(keys(&device, "hop", 50).await.len(), 1, "and not twice");
}

/// One number out of the device's file, past the store.
async fn count(device: &crate::support::Device, sql: &'static str) -> i64 {
    let file = device.dir.path().join("news.db");
    let mut other = sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut other).await.unwrap()
}

#[tokio::test]
async fn what_comes_in_small_lots_stays_in_few_runs() {
    let device = device().await;
    let mut all: Vec<Record> = Vec::new();
    for day in 1..=70 {
        let new = notice(day, u64::from(day) * 86_400, &format!("họp bản {day}"));
        all.push(new.clone());
        device.apply(&change(day.into(), &[new], &all, &[])).await;
        let newest = day.to_string();
        assert_eq!(
            keys(&device, &newest, 50).await[0],
            day,
            "found the day it came"
        );
    }
    assert_eq!(
        keys(&device, "hop ban", 3).await,
        [70, 69, 68],
        "the newest first"
    );
    assert_eq!(
        keys(&device, "7", 50).await,
        [70, 7],
        "beginnings too, out of every run"
    );
    let runs = count(&device, "select count(*) from run").await;
    assert!(runs <= 5, "{runs} runs are asked by every search");
    assert_eq!(
        count(&device, "select sum(records) from run").await,
        70,
        "each record is listed in one of them"
    );
}

#[tokio::test]
async fn a_key_is_given_to_no_other_while_lists_name_what_had_it() {
    let device = device().await;
    let mut all: Vec<Record> = (1..=20)
        .map(|n| notice(n, 1000, &format!("chợ phiên {n}")))
        .collect();
    device.apply(&change(1, &all, &all, &[])).await;
    let last = all.pop().unwrap();
    device.apply(&change(2, &[], &all, &[last.id])).await;
    let other = notice(99, 1000, "tiêm phòng");
    all.push(other.clone());
    device.apply(&change(3, &[other], &all, &[])).await;
    assert_eq!(
        keys(&device, "tiem", 50).await,
        [99],
        "found by its own words"
    );
    assert!(
        keys(&device, "phien 20", 50).await.is_empty(),
        "and not by those of the one that stood there before it"
    );
}

#[tokio::test]
async fn when_much_is_gone_it_is_no_longer_listed() {
    let device = device().await;
    let mut all: Vec<Record> = (1..=40)
        .map(|n| notice(n, u64::from(n) * 1000, "chợ phiên"))
        .collect();
    device.apply(&change(1, &all, &all, &[])).await;
    for version in 2..=31 {
        let gone = all.remove(0);
        device.apply(&change(version, &[], &all, &[gone.id])).await;
        let found = keys(&device, "cho", 50).await;
        assert_eq!(found.len(), all.len(), "what is there is found");
    }
    let stale = count(&device, "select count(*) from stale").await;
    let listed = count(&device, "select sum(records) from run").await;
    assert!(
        stale * 4 <= listed,
        "{stale} of {listed} that are listed are gone"
    );
    for version in 32..=41 {
        let gone = all.remove(0);
        device.apply(&change(version, &[], &all, &[gone.id])).await;
    }
    assert!(keys(&device, "cho", 50).await.is_empty());
    assert_eq!(
        count(&device, "select count(*) from run").await
            + count(&device, "select count(*) from word").await,
        0,
        "nothing is left of what is all gone"
    );
}

#[tokio::test]
async fn a_place_that_is_followed_no_longer_leaves_no_words_behind() {
    let device = device().await;
    let all: Vec<Record> = (1..=30)
        .map(|n| notice(n, u64::from(n) * 1000, "chợ phiên"))
        .collect();
    let here = change(1, &all, &all, &[]);
    device.apply(&here).await;
    let mut other = here.head.clone();
    other.head.place = PlaceId::new("vn-68-23009").unwrap();
    let follow = |place: &PlaceId| Follow {
        hub: "http://127.0.0.1:1".to_owned(),
        place: place.clone(),
        pin: Pin {
            root: Hash([1; 32]),
            root_version: 1,
        },
    };
    for place in [&here.head.head.place, &other.head.place] {
        device.news.set_follow(&follow(place)).await.unwrap();
    }
    let heads = HeadsApplied {
        document: Some(&[1]),
        etag: None,
        heads: &[other],
        root_version: 1,
        newest_signed: NOW,
        checked_at: NOW,
        clock_wrong: false,
        receipt_keys: &[],
    };
    device.news.apply_heads(heads).await.unwrap();
    assert!(
        keys(&device, "cho", 50).await.is_empty(),
        "its news are gone"
    );
    assert_eq!(
        count(&device, "select count(*) from run").await
            + count(&device, "select count(*) from stale").await,
        0,
        "and no search reads past thousands of keys of what was there"
    );
}

#[tokio::test]
async fn what_was_never_listed_leaves_no_key_behind() {
    let device = device().await;
    let unread = |revision: u32| {
        let mut record = notice(1, 1000, "");
        (record.kind, record.revision) = (Kind(250), revision);
        record
    };
    for revision in 1..=3 {
        let new = [unread(revision)];
        device
            .apply(&change(revision.into(), &new, &new, &[]))
            .await;
    }
    assert_eq!(
        count(&device, "select count(*) from stale").await,
        0,
        "no list names what has no text"
    );
}

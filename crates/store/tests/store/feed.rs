//! Changes of a feed: whole or not at all, and there after a restart.

use std::sync::Arc;

use bantin_model::cbor;
use bantin_model::feed::SegmentRef;
use bantin_model::id::RecordId;
use bantin_model::record::{Kind, Record};
use bantin_model::sign::{Envelope, PayloadType, SecretKey};
use bantin_model::time::Seconds;
use bantin_store::news::Window;
use bantin_store::{Bounds, StoreError};
use sqlx::Connection as _;

use crate::support::{NOW, change, commune, device, headline, id, notice, open, urgent};

const ALL: Window = Window {
    offset: 0,
    limit: 100,
};

async fn listed(news: &bantin_store::News, window: Window) -> Vec<RecordId> {
    let rows = news
        .articles(Kind::NOTICE, None, NOW, window)
        .await
        .unwrap();
    rows.iter()
        .map(|row| Record::from_bytes(&row.bytes).unwrap().id)
        .collect()
}

#[tokio::test]
async fn urgent_in_force_first_then_newest_and_pages_do_not_overlap() {
    let device = device().await;
    let (now, later) = (NOW.0, NOW.0 + 1000);
    let records = [
        notice(1, now - 50, "một"),
        urgent(2, now - 900, later),
        notice(3, now - 10, "ba"),
        urgent(4, now - 5, now - 1),
        urgent(5, now - 800, later),
    ];
    device.apply(&change(1, &records, &records, &[])).await;
    let expected = [5, 2, 4, 3, 1].map(id);
    assert_eq!(
        listed(&device.news, ALL).await,
        expected,
        "an urgent one that ended is in its turn"
    );
    let mut paged = Vec::new();
    for offset in 0..6 {
        paged.extend(listed(&device.news, Window { offset, limit: 1 }).await);
    }
    assert_eq!(paged, expected, "page by page it is the same list");
}

#[tokio::test]
async fn what_was_applied_is_there_after_a_restart() {
    let device = device().await;
    let one = notice(1, 1000, "một");
    let only = std::slice::from_ref(&one);
    device.apply(&change(1, only, only, &[])).await;
    device.news.close().await;
    let news = open(&device.dir, Bounds::default()).await;
    assert_eq!(listed(&news, ALL).await, [id(1)], "the record");
    let feed = &news.feeds().await.unwrap()[0];
    assert_eq!(
        (feed.place.clone(), feed.version),
        (commune(), 1),
        "and the head it belongs to"
    );
    let states = news.feed_states().await.unwrap();
    assert_eq!(
        states[&commune()].segments.len(),
        1,
        "and the ledger of its segment"
    );
}

#[tokio::test]
async fn held_segments_come_in_the_order_of_the_head() {
    let device = device().await;
    let (mut set, mut hashes, mut listed) = (Vec::new(), Vec::new(), Vec::new());
    for number in 1..7 {
        let new = notice(number, u64::from(number) * 1000, "mới");
        set.push(new.clone());
        let mut next = change(u64::from(number), &[new], &set, &[]);
        let hash = next.segments[0].hash;
        hashes.push(hash);
        listed.push(SegmentRef {
            hash,
            bytes: 1,
            ops: 1,
        });
        next.head.head.segments.clone_from(&listed);
        let payload = cbor::to_vec(&next.head.head);
        let key = SecretKey::from_seed([7; 32]);
        next.head.envelope = Envelope::seal(PayloadType::Head, payload, &[&key]).to_bytes();
        device.apply(&next).await;
    }
    let states = device.news.feed_states().await.unwrap();
    assert_eq!(
        states[&commune()].segments,
        hashes,
        "replayed in another order they would give another set"
    );
    assert!(!hashes.is_sorted(), "and their names do not tell the order");
}

/// What SQLite says to a pragma, in a file that nobody has open.
async fn pragma(dir: &tempfile::TempDir, sql: &'static str) -> i64 {
    let url = format!("sqlite:{}?mode=rwc", dir.path().join("news.db").display());
    let mut raw = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let said = sqlx::query_scalar(sql).fetch_one(&mut raw).await.unwrap();
    raw.close().await.unwrap();
    said
}

#[tokio::test]
async fn a_file_of_small_pages_keeps_them_and_a_new_one_has_large_ones() {
    let bytes_max = 1 << 20;
    for old in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        if old {
            // As SQLite makes it by itself, which is how it was made before.
            let sql = "create table t (n); drop table t; pragma page_size";
            assert_eq!(pragma(&dir, sql).await, 4096, "Mai's file is an old one");
        }
        let news = open(
            &dir,
            Bounds {
                bytes_max,
                ..Bounds::default()
            },
        )
        .await;
        let one = notice(1, 1000, "một");
        let only = std::slice::from_ref(&one);
        let apply = async |change| news.apply_feed(&Arc::new(change), NOW, headline).await;
        apply(change(1, only, only, &[])).await.unwrap();
        let many: Vec<Record> = (2..5000)
            .map(|n| notice(n, 2000, &format!("tin số {n} của xã")))
            .collect();
        let full = apply(change(2, &many, &many, &[])).await;
        assert!(
            matches!(full, Err(StoreError::Full)),
            "a file has its bound whatever its pages are: {full:?}"
        );
        assert_eq!(listed(&news, ALL).await, [id(1)], "its list is whole");
        let bytes = news.bytes().await.unwrap();
        assert!(bytes <= bytes_max, "the bound counts bytes: {bytes}");
        news.close().await;
        let expected = if old { 4096 } else { 16_384 };
        assert_eq!(
            pragma(&dir, "pragma page_size").await,
            expected,
            "pages of a file that is there stay as they are"
        );
    }
}

#[tokio::test]
async fn a_full_disk_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let news = open(
        &dir,
        Bounds {
            bytes_max: 1 << 20,
            ..Bounds::default()
        },
    )
    .await;
    let small = notice(1, 1000, "nhỏ");
    news.apply_feed(
        &Arc::new(change(
            1,
            std::slice::from_ref(&small),
            std::slice::from_ref(&small),
            &[],
        )),
        NOW,
        headline,
    )
    .await
    .unwrap();
    let many: Vec<Record> = (2..2000)
        .map(|n| notice(n, 2000, &format!("tin số {n}")))
        .collect();
    let mut set = many.clone();
    set.push(small);
    let full = news
        .apply_feed(&Arc::new(change(2, &many, &set, &[])), NOW, headline)
        .await;
    assert!(
        matches!(full, Err(StoreError::Full)),
        "the disk is full: {full:?}"
    );
    assert_eq!(
        listed(&news, ALL).await,
        [id(1)],
        "what was there stays, and nothing else came"
    );
    assert_eq!(
        news.feeds().await.unwrap()[0].version,
        1,
        "and the head did not move"
    );
}

#[tokio::test]
async fn nobody_speaks_for_another_place() {
    let device = device().await;
    let mut foreign = notice(1, 1000, "của nơi khác");
    foreign.place = bantin_model::id::PlaceId::new("vn-01").unwrap();
    let only = std::slice::from_ref(&foreign);
    device.apply(&change(1, only, only, &[])).await;
    assert!(
        listed(&device.news, ALL).await.is_empty(),
        "it is kept for others, and never shown"
    );
}

#[tokio::test]
async fn times_beyond_all_reason_do_no_harm() {
    let device = device().await;
    let records = [notice(1, u64::MAX, "tận thế"), notice(2, 0, "thuở đầu")];
    device.apply(&change(1, &records, &records, &[])).await;
    assert_eq!(
        listed(&device.news, ALL).await,
        [id(1), id(2)],
        "they are ordered all the same"
    );
    assert_eq!(
        device.news.notices_since(Seconds(0)).await.unwrap(),
        2,
        "and counted"
    );
}

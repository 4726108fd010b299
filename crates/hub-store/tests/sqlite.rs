//! What the embedded store promises, told on a file of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use bantin_hub_store::{
    Advance, AdvanceOutcome, Agencies, AgencyRow, Belows, BlobRow, Blobs, FeedRow, Feeds, Letters,
    NewLetter, Once, Route, Side, SqliteStore, States, StoreError,
};
use bantin_model::id::{Hash, KeyId, PlaceId};
use bantin_model::letter::{LetterId, MailboxId};
use bantin_model::time::Seconds;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};
use tempfile::TempDir;

async fn store() -> (TempDir, SqliteStore) {
    let dir = TempDir::new().unwrap();
    let store = SqliteStore::open(&dir.path().join("hub.db"), None)
        .await
        .unwrap();
    (dir, store)
}

fn place() -> PlaceId {
    PlaceId::new("xa").unwrap()
}

fn advance(from: u64, once: Option<&str>) -> Advance {
    Advance {
        from: (1, from),
        to: FeedRow {
            place: place(),
            parent: None,
            epoch: 1,
            version: from + 1,
            head: vec![1],
            issued_at: Seconds(9),
        },
        segments: Vec::new(),
        records: Vec::new(),
        withdrawn: Vec::new(),
        named: Vec::new(),
        blobs: Vec::new(),
        once: once.map(|key| Once {
            key: key.into(),
            result: "done".into(),
            at: Seconds(9),
        }),
    }
}

fn letter(text: &[u8], at: u64) -> NewLetter {
    NewLetter {
        route: Route::Home,
        id: LetterId::of(text),
        place: place(),
        agency_key: KeyId::of(b"key"),
        mailbox: MailboxId(Hash::of(b"box")),
        bytes: text.to_vec(),
        attachments: Vec::new(),
        at: Seconds(at),
    }
}

#[tokio::test]
async fn a_feed_moves_only_from_where_it_stands() {
    let (_dir, store) = store().await;
    store.found_feed(&place(), None).await.unwrap();
    let twice = store.found_feed(&place(), None).await.unwrap_err();
    assert!(
        matches!(twice, StoreError::Taken("feed")),
        "a feed is founded once"
    );
    assert_eq!(
        store.advance(&advance(0, None)).await.unwrap(),
        AdvanceOutcome::Done,
        "0 → 1"
    );
    assert_eq!(
        store.advance(&advance(0, Some("a"))).await.unwrap(),
        AdvanceOutcome::Moved,
        "who made a version from an older state must make it anew"
    );
    assert_eq!(
        store.advance(&advance(1, Some("a"))).await.unwrap(),
        AdvanceOutcome::Done,
        "the name of an act that was not done is still free"
    );
    assert_eq!(
        store.advance(&advance(2, Some("a"))).await.unwrap(),
        AdvanceOutcome::Already("done".into()),
        "and taken once it was"
    );
    assert_eq!(
        store.feed(&place()).await.unwrap().unwrap().version,
        2,
        "nothing was done twice"
    );
}

#[tokio::test]
async fn the_same_letter_twice_is_one_also_inside_a_batch() {
    let (_dir, store) = store().await;
    let (a, b) = (letter(b"a", 1), letter(b"b", 2));
    let late = NewLetter {
        at: Seconds(5),
        ..a.clone()
    };
    let moments = store.accept(&[a, b, late.clone()]).await.unwrap();
    assert_eq!(
        moments,
        [Seconds(1), Seconds(2), Seconds(1)],
        "the first moment counts"
    );
    assert_eq!(
        store.accept(&[late]).await.unwrap(),
        [Seconds(1)],
        "later too"
    );
    assert_eq!(
        store.unopened(10, 0).await.unwrap().len(),
        2,
        "two letters are two letters"
    );
}

#[tokio::test]
async fn what_was_kept_is_there_after_a_restart_and_in_a_copy() {
    let (dir, store) = store().await;
    let blob = BlobRow {
        hash: Hash::of(b"x"),
        bytes: 1,
        mime: "image/jpeg".into(),
        added_at: Seconds(3),
        public: false,
    };
    store.add_blob(&blob).await.unwrap();
    store.set_resting(true).await.unwrap();
    let copy = dir.path().join("copy.db");
    store.copy_to(&copy).await.unwrap();
    store.close().await;
    for file in ["hub.db", "copy.db"] {
        let again = SqliteStore::open(&dir.path().join(file), None)
            .await
            .unwrap();
        assert_eq!(
            again.blob(&blob.hash).await.unwrap(),
            Some(blob.clone()),
            "{file} has it"
        );
        assert!(again.resting().await.unwrap(), "{file} knows that it rests");
        assert!(again.check().await.unwrap().is_empty(), "{file} is whole");
    }
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_left_alone() {
    let (dir, store) = store().await;
    store.close().await;
    let file = dir.path().join("hub.db");
    let url = format!("sqlite://{}", file.display());
    let mut raw = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("PRAGMA user_version = 999")
        .execute(&mut raw)
        .await
        .unwrap();
    raw.close().await.unwrap();
    let refused = SqliteStore::open(&file, None).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::Newer { found: 999, .. }),
        "an old program stops here"
    );
}

#[tokio::test]
async fn queries_over_many_rows_use_their_index() {
    let (dir, store) = store().await;
    store.close().await;
    let url = format!("sqlite://{}", dir.path().join("hub.db").display());
    let mut raw = SqliteConnection::connect(&url).await.unwrap();
    let cases = [
        (
            "SELECT id FROM letter WHERE conversation = x'' AND quarantined = '' ORDER BY seq LIMIT 9",
            "letter_of_conversation",
        ),
        (
            "SELECT id FROM letter WHERE conversation = x'01' ORDER BY seq",
            "letter_of_conversation",
        ),
        (
            "SELECT id FROM letter WHERE quarantined <> '' ORDER BY seq",
            "letter_aside",
        ),
        (
            "SELECT bytes FROM mail WHERE mailbox = x'01' AND cursor > 3 ORDER BY cursor LIMIT 9",
            "PRIMARY KEY",
        ),
        ("SELECT id FROM mail WHERE at < 3", "mail_by_age"),
        (
            "SELECT 1 FROM attachment WHERE hash = x'01' LIMIT 1",
            "PRIMARY KEY",
        ),
        (
            "SELECT leaf FROM record WHERE id = x'01' AND current = 1",
            "record_in_feed",
        ),
        (
            "SELECT leaf FROM record WHERE place = 'a' AND current = 1 AND kind IN (SELECT value FROM json_each('[1]'))",
            "record_by_time",
        ),
        (
            "SELECT hash FROM segment WHERE place = 'a' AND position >= 0 ORDER BY position",
            "segment_listed",
        ),
    ];
    for (query, index) in cases {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let rows = sqlx::query(explain).fetch_all(&mut raw).await.unwrap();
        let plan: Vec<String> = rows
            .iter()
            .map(|row| row.get::<String, _>("detail"))
            .collect();
        assert!(
            plan.iter().any(|step| step.contains(index)),
            "{query}: {plan:?}"
        );
    }
}

fn agency(of: &str, key: &[u8], order: (u32, u64)) -> AgencyRow {
    let place = PlaceId::new(of).unwrap();
    AgencyRow {
        side: Side::Below(place.clone()),
        place,
        hash: Hash::of(&[key, &order.0.to_be_bytes()].concat()),
        parcel: vec![1],
        key: KeyId::of(key),
        order,
        issued_at: Seconds(9),
    }
}

#[tokio::test]
async fn what_a_node_below_lost_with_its_disk_is_handed_to_it_again() {
    let (_dir, store) = store().await;
    let node = PlaceId::new("ban").unwrap();
    store
        .keep_agency(&agency("ban", b"a", (1, 5)))
        .await
        .unwrap();
    let down = NewLetter {
        route: Route::Down(node.clone()),
        ..letter(b"down", 3)
    };
    let letters = std::slice::from_ref(&down);
    store.accept(letters).await.unwrap();
    let waiting = async || {
        store
            .to_hand_down(&node, Seconds(9), 8)
            .await
            .unwrap()
            .len()
    };
    assert_eq!(waiting().await, 1, "it waits for the node");
    store
        .handed_down(&node, &[down.id], Seconds(4))
        .await
        .unwrap();
    assert_eq!(waiting().await, 0, "until that has it");
    store
        .keep_agency(&agency("ban", b"a", (1, 6)))
        .await
        .unwrap();
    assert_eq!(
        waiting().await,
        0,
        "a new version is no reason to hand it again"
    );
    store
        .keep_agency(&agency("ban", b"a", (2, 1)))
        .await
        .unwrap();
    assert_eq!(
        waiting().await,
        1,
        "a new life of its feed is: it came back from a backup"
    );
}

#[tokio::test]
async fn nobody_takes_over_the_key_of_another_agency() {
    let (_dir, store) = store().await;
    store
        .keep_agency(&agency("ban", b"a", (1, 1)))
        .await
        .unwrap();
    store
        .keep_agency(&agency("xom", b"a", (1, 1)))
        .await
        .unwrap();
    let (whose, _) = store.agency_side(&KeyId::of(b"a")).await.unwrap().unwrap();
    assert_eq!(
        whose.as_str(),
        "ban",
        "letters to a key go to the place that published it first"
    );
    store
        .keep_agency(&agency("ban", b"a", (1, 0)))
        .await
        .unwrap();
    let side = Side::Below(whose);
    let held = store.agencies(&side).await.unwrap().remove(0);
    assert_eq!(held.order, (1, 1), "an older version changes nothing");
    store.keep_only(&side, &[]).await.unwrap();
    assert!(
        store.agencies(&side).await.unwrap().is_empty(),
        "what is told no more counts no more"
    );
}

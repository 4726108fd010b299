//! A hub brought back from a backup rests until its root of trust lets it speak again.

use std::collections::BTreeMap;

use bantin_hub::backup;
use bantin_model::feed::{HeadsDocument, Known, Pin, TrustError, verify};
use bantin_model::id::PlaceId;
use bantin_model::letter::Verb;
use bantin_testkit::{Person, TestClock, TestHub, notice};
use tempfile::TempDir;

const XA: &str = "vn-68-23005";

async fn document(hub: &TestHub) -> HeadsDocument {
    let answer = hub.get(&format!("/v1/heads/{XA}"), &[]).await;
    HeadsDocument::from_bytes(&answer.body).unwrap()
}

#[tokio::test]
async fn a_restored_hub_rests_until_a_new_epoch() {
    let clock = TestClock::default();
    let hub = TestHub::builder().clock(&clock).start().await;
    let mut mai = Person::mai();
    mai.ask(&hub, XA, "Thư này có trong bản sao.").await;
    hub.hub.open_letters().await.unwrap();
    hub.publish(XA, vec![notice("Trong bản sao", "1")]).await;
    let dir = TempDir::new().unwrap();
    let (copy, keys) = (dir.path().join("copy"), dir.path().join("all.keys"));
    backup::write(&hub.hub, &copy).await.unwrap();
    backup::write_keys(&hub.path, &keys).unwrap();
    hub.publish(XA, vec![notice("Sau bản sao", "2")]).await;
    for words in ["Sau bản sao, lần một.", "Sau bản sao, lần hai."] {
        let more = mai.letter(Verb::Reply, words);
        mai.send(&hub, XA, &more).await;
    }
    hub.hub.open_letters().await.unwrap();
    assert_eq!(
        mai.replies(&hub, XA).await.len(),
        3,
        "Mai has read further than the copy goes"
    );
    let pin = Pin {
        root: hub.hub.fingerprint().await.unwrap(),
        root_version: 1,
    };
    let seen = verify(
        &document(&hub).await,
        &PlaceId::new(XA).unwrap(),
        pin,
        &BTreeMap::new(),
    );
    let known: BTreeMap<PlaceId, Known> = seen
        .unwrap()
        .heads
        .into_iter()
        .map(|trusted| {
            let head = trusted.head;
            let known = Known {
                order: head.order(),
                root: head.root,
                issued_at: head.issued_at,
            };
            (head.place, known)
        })
        .collect();

    let path = dir.path().join("again");
    backup::restore(&copy, &path, Some(&keys)).await.unwrap();
    let restored = TestHub::serve(dir, path, clock.clone()).await;
    for path in [&format!("/v1/heads/{XA}"), "/v1/offer"] {
        let answer = restored.get(path, &[]).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (503, "hub-resting"),
            "{path} rests"
        );
    }
    let letter = restored.post("/v1/letters", vec![1, 2, 3]).await;
    assert_eq!(letter.status, 503, "it takes no letters either");
    assert_eq!(
        restored.get("/v1/health", &[]).await.status,
        200,
        "but it is there"
    );

    clock.pass(3600);
    let epoch = restored.hub.begin_epoch().await.unwrap();
    assert_eq!(
        epoch.root_version, 2,
        "the root keys signed that a new life begins"
    );
    let place = PlaceId::new(XA).unwrap();
    let heads = verify(&document(&restored).await, &place, pin, &known)
        .unwrap()
        .heads;
    assert!(
        heads.iter().all(|trusted| trusted.head.epoch == 2),
        "every place begins anew"
    );
    assert_eq!(
        heads[2].head.version, 3,
        "and goes on after the last version it knows"
    );
    let late = mai.letter(Verb::Reply, "Sau khi khôi phục.");
    mai.send(&restored, XA, &late).await;
    restored.hub.open_letters().await.unwrap();
    assert_eq!(
        mai.replies(&restored, XA).await.len(),
        1,
        "what is new comes after all she has seen, also of what the copy lacks"
    );
    let mut again = Person::mai();
    assert_eq!(
        again.replies(&restored, XA).await.len(),
        2,
        "what was in the backup is there, and what came since"
    );
    restored.publish(XA, vec![notice("Lại chạy", "3")]).await;
    verify(&document(&restored).await, &place, pin, &known).unwrap();
}

#[tokio::test]
async fn served_without_a_new_epoch_it_would_be_a_rollback() {
    let hub = TestHub::new().await;
    let before = document(&hub).await;
    let pin = Pin {
        root: hub.hub.fingerprint().await.unwrap(),
        root_version: 0,
    };
    hub.publish(XA, vec![notice("Mới", "x")]).await;
    let place = PlaceId::new(XA).unwrap();
    let seen = verify(&document(&hub).await, &place, pin, &BTreeMap::new()).unwrap();
    let head = &seen.heads[2].head;
    let newest = Known {
        order: head.order(),
        root: head.root,
        issued_at: head.issued_at,
    };
    let known = BTreeMap::from([(place.clone(), newest)]);
    let refused = verify(&before, &place, pin, &known).unwrap_err();
    assert_eq!(
        refused,
        TrustError::RolledBack(place),
        "a phone refuses the older state"
    );
}

#[tokio::test]
async fn an_ordinary_backup_holds_no_key() {
    let hub = TestHub::new().await;
    let dir = TempDir::new().unwrap();
    let copy = dir.path().join("copy");
    backup::write(&hub.hub, &copy).await.unwrap();
    let place = PlaceId::new(XA).unwrap();
    let keys = hub.hub.keys.of(&place).unwrap();
    let secrets = [
        keys.feed.seed(),
        keys.receipt.seed(),
        keys.agency.seal.to_bytes(),
    ];
    for entry in std::fs::read_dir(&copy)
        .unwrap()
        .flatten()
        .filter(|e| e.path().is_file())
    {
        let bytes = std::fs::read(entry.path()).unwrap();
        for secret in secrets {
            let found = bytes.windows(32).any(|part| part == secret);
            assert!(!found, "{} must hold no secret key", entry.path().display());
        }
    }
}

#[tokio::test]
async fn a_resting_hub_publishes_nothing() {
    let hub = TestHub::new().await;
    hub.hub.store.set_resting(true).await.unwrap();
    let place = PlaceId::new(XA).unwrap();
    let refused = hub
        .hub
        .publish(&place, vec![notice("Vội", "x")], None, None)
        .await
        .unwrap_err();
    assert_eq!(
        refused.failure().code,
        bantin_wire::Code::HubResting,
        "a version made now would be another one than phones have seen under its number"
    );
}

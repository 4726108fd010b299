//! What an officer publishes is what a phone can prove.

use bantin_hub::feed::{Edit, Item};
use bantin_model::feed::{HeadsChanges, HeadsDocument};
use bantin_model::feed::{Ledger, current_set, root_of};
use bantin_model::id::PlaceId;
use bantin_model::record::Record;
use bantin_model::time::Seconds;
use bantin_testkit::{TestHub, notice};

const XA: &str = "vn-68-23005";

/// The titles a phone finds in a place's feed after it has replayed all segments and checked the root.
async fn titles(hub: &TestHub, place: &str) -> Vec<String> {
    let verified = hub.follow(place).await;
    let head = &verified.heads.last().unwrap().head;
    let mut ledgers = Vec::new();
    let mut leaves = std::collections::BTreeMap::new();
    for listed in &head.segments {
        let raw = hub.segment(&listed.hash).await;
        ledgers.push(Ledger::of(&raw).unwrap());
        for op in bantin_model::feed::Op::split(&raw).unwrap() {
            if let bantin_model::feed::OpRef::Put(leaf) = op {
                leaves.insert(Record::leaf_hash(leaf), leaf.to_vec());
            }
        }
    }
    let set = current_set(&ledgers);
    assert_eq!(
        root_of(&set),
        head.root,
        "the segments replayed give the signed root"
    );
    assert_eq!(set.len() as u64, head.count, "and the signed count");
    let record = |hash| Record::from_bytes(&leaves[hash]).unwrap();
    let title = |record: Record| match record.body().unwrap() {
        bantin_model::record::Body::Article(article) => Some(article.texts[0].title.clone()),
        _ => None,
    };
    set.values().map(record).filter_map(title).collect()
}

#[tokio::test]
async fn a_notice_reaches_the_phone_with_its_proof() {
    let hub = TestHub::new().await;
    let done = hub
        .publish(XA, vec![notice("Hỗ trợ giống lúa", "Đến xã đăng ký.")])
        .await;
    assert_eq!(done.version, 2, "version 1 said who the place is");
    let verified = hub.follow(XA).await;
    let path: Vec<&str> = verified
        .heads
        .iter()
        .map(|h| h.head.place.as_str())
        .collect();
    assert_eq!(
        path,
        ["vn", "vn-68", XA],
        "one document proves the way from the root down"
    );
    assert_eq!(
        titles(&hub, XA).await,
        ["Hỗ trợ giống lúa"],
        "the phone has what was published"
    );
}

#[tokio::test]
async fn a_correction_replaces_and_a_withdrawal_removes() {
    let hub = TestHub::new().await;
    let first = hub
        .publish(XA, vec![notice("Lịch tiêm chủng", "Thứ hai.")])
        .await;
    let id = first.ids[0];
    let Edit::Put(again) = notice("Lịch tiêm chủng", "Thứ ba.") else {
        unreachable!()
    };
    let again = Edit::Put(Item {
        id: Some(id),
        ..again
    });
    hub.publish(XA, vec![again.clone()]).await;
    let current = hub.hub.store.record(&id).await.unwrap().unwrap();
    assert_eq!(
        current.revision, 2,
        "a correction is a new revision of the same record"
    );
    let revisions = hub.hub.store.revisions(&id).await.unwrap();
    let leaves: Vec<_> = revisions.iter().map(|row| row.leaf).collect();
    assert_eq!(leaves.len(), 2, "the archive has what it corrects");
    assert_ne!(leaves[0], current.leaf, "which is another text");
    let same = hub.publish(XA, vec![again]).await;
    assert_eq!(
        (same.changed, same.version),
        (0, 3),
        "saying the same again changes nothing"
    );
    hub.publish(
        XA,
        vec![Edit::Withdraw {
            id,
            reason: "nhầm".into(),
        }],
    )
    .await;
    assert!(
        titles(&hub, XA).await.is_empty(),
        "what was withdrawn is out of the feed"
    );
    assert_eq!(
        hub.hub.store.revisions(&id).await.unwrap().len(),
        2,
        "and stays in the archive"
    );
}

#[tokio::test]
async fn nothing_new_costs_one_small_answer() {
    let hub = TestHub::new().await;
    let path = format!("/v1/heads/{XA}");
    let first = hub.get(&path, &[]).await;
    let tag = first.header("etag");
    assert!(tag.starts_with('"'), "the tag is strong: {tag}");
    let again = hub.get(&path, &[("if-none-match", &tag)]).await;
    assert_eq!(
        (again.status, again.body.len()),
        (304, 0),
        "nothing new has no body"
    );
    assert_eq!(again.header("etag"), tag, "and says which state that is");
    hub.publish("vn", vec![notice("Tin của trung ương", "Cho mọi người.")])
        .await;
    let changed = hub.get(&path, &[("if-none-match", &tag)]).await;
    assert_eq!(
        changed.status, 200,
        "what a place above published changes the document"
    );
    assert_ne!(changed.header("etag"), tag, "and its tag");
}

#[tokio::test]
async fn what_another_process_publishes_is_served_at_once() {
    let hub = TestHub::new().await;
    assert!(
        titles(&hub, XA).await.is_empty(),
        "the served document is in memory now"
    );
    let other = bantin_hub::Hub::open(&hub.path).await.unwrap();
    let place = PlaceId::new(XA).unwrap();
    other
        .publish(
            &place,
            vec![notice("Từ dòng lệnh", "Xin chào.")],
            None,
            None,
        )
        .await
        .unwrap();
    assert_eq!(
        titles(&hub, XA).await,
        ["Từ dòng lệnh"],
        "no memory hides what the store has"
    );
}

#[tokio::test]
async fn two_who_publish_at_once_both_succeed() {
    let hub = TestHub::new().await;
    let other = bantin_hub::Hub::open(&hub.path).await.unwrap();
    let place = PlaceId::new(XA).unwrap();
    let (a, b) = tokio::join!(
        hub.hub
            .publish(&place, vec![notice("Một", "1")], None, None),
        other.publish(&place, vec![notice("Hai", "2")], None, None),
    );
    let mut versions = [a.unwrap().version, b.unwrap().version];
    versions.sort_unstable();
    assert_eq!(versions, [2, 3], "each change is a version of its own");
    assert_eq!(titles(&hub, XA).await.len(), 2, "and none is lost");
}

#[tokio::test]
async fn a_quiet_feed_is_signed_again_every_day() {
    let hub = TestHub::new().await;
    let before = hub.follow(XA).await;
    hub.clock.pass(Seconds::DAY + 60);
    assert_eq!(
        hub.hub.sign_heads().await.unwrap(),
        4,
        "every head is a day old"
    );
    assert_eq!(hub.hub.sign_heads().await.unwrap(), 0, "and now fresh");
    let after = hub.follow(XA).await;
    let (old, new) = (&before.heads[2].head, &after.heads[2].head);
    assert_eq!(old.order(), new.order(), "a signature is no new version");
    assert_eq!(
        new.issued_at,
        hub.clock.now(),
        "its time tells that the hub lives"
    );
    assert_eq!(
        new.expires_at,
        hub.clock.now().plus(7 * Seconds::DAY),
        "it counts for a week"
    );
}

#[tokio::test]
async fn a_place_that_is_not_here_is_said() {
    let hub = TestHub::new().await;
    for place in ["vn-99", "VN", "a%2fb", "%00"] {
        let answer = hub.get(&format!("/v1/heads/{place}"), &[]).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "place-unknown"),
            "{place}"
        );
    }
}

#[tokio::test]
async fn one_act_done_twice_publishes_once() {
    let hub = TestHub::new().await;
    let place = PlaceId::new(XA).unwrap();
    let once = || bantin_hub_store::Once {
        key: "hanh/1".into(),
        result: String::new(),
        at: hub.clock.now(),
    };
    let (a, b) = tokio::join!(
        hub.hub
            .publish(&place, vec![notice("Một lần", "x")], None, Some(once())),
        hub.hub
            .publish(&place, vec![notice("Một lần", "x")], None, Some(once())),
    );
    assert_eq!(
        a.unwrap().ids,
        b.unwrap().ids,
        "a double click names one record"
    );
    assert_eq!(titles(&hub, XA).await.len(), 1, "and publishes it once");
}

#[tokio::test]
async fn whoever_has_a_document_gets_what_is_different_with_its_small_segments() {
    let hub = TestHub::new().await;
    let path = format!("/v1/heads/{XA}");
    let first = hub.get(&path, &[]).await;
    let tag = first.header("etag");
    hub.publish(XA, vec![notice("Tiêm phòng", "Sáng thứ hai.")])
        .await;
    let asked = [("if-none-match", tag.as_str()), ("a-im", "bantin")];
    let changed = hub.get(&path, &asked).await;
    assert_eq!(changed.status, 226, "changes are said to be changes");
    assert_eq!(changed.header("im"), "bantin", "and of which kind");
    let old = HeadsDocument::from_bytes(&first.body).unwrap();
    let changes = HeadsChanges::from_bytes(&changed.body).unwrap();
    assert_eq!(changes.segments.len(), 1, "the new segment came along");
    let whole = hub.get(&path, &[]).await;
    assert_eq!(
        changed.header("etag"),
        whole.header("etag"),
        "one state, one tag"
    );
    assert_eq!(
        changes.applied_to(&old).unwrap().to_bytes(),
        whole.body,
        "and lead to the same document"
    );
    let unknown = [("if-none-match", "\"00112233\""), ("a-im", "bantin")];
    let unknown = hub.get(&path, &unknown).await;
    assert_eq!(
        unknown.status, 200,
        "what the hub does not remember costs the whole"
    );
    let plain = hub.get(&path, &[("if-none-match", tag.as_str())]).await;
    assert_eq!(plain.status, 200, "who did not ask for changes gets none");
}

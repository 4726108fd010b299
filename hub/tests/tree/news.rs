//! What the centre publishes is read in the village, proven from the root down.

use std::collections::BTreeMap;

use bantin_hub::feed::{Edit, Item};
use bantin_model::feed::{HeadsDocument, OpRef, Pin, TrustError, verify_as_far};
use bantin_model::id::PlaceId;
use bantin_model::record::{Body, Delegation, Record};
use bantin_model::time::{Seconds, Validity};
use bantin_testkit::{TestHub, notice};

use crate::cast::{TINH, TOP, Tree, XA, look};

/// The titles of a place's notices as a phone reads them at this hub.
async fn titles(hub: &TestHub, follow: &str, of: &str) -> Vec<String> {
    let verified = hub.follow(follow).await;
    let head = verified.heads.iter().find(|h| h.head.place.as_str() == of);
    let mut titles = Vec::new();
    for listed in &head.expect("a head").head.segments {
        let raw = hub.segment(&listed.hash).await;
        for op in bantin_model::feed::Op::split(&raw).unwrap() {
            let OpRef::Put(leaf) = op else { continue };
            if let Body::Article(article) = Record::from_bytes(leaf).unwrap().body().unwrap() {
                titles.push(article.texts[0].title.clone());
            }
        }
    }
    titles
}

/// How many places of the province's heads a phone believes, and why not the rest.
async fn believed(province: &TestHub) -> (usize, Option<TrustError>) {
    let pin = Pin {
        root: province.hub.fingerprint().await.unwrap(),
        root_version: 0,
    };
    let place = PlaceId::new(TINH).unwrap();
    let answer = province.get(&format!("/v1/heads/{TINH}"), &[]).await;
    let document = HeadsDocument::from_bytes(&answer.body).unwrap();
    let far = verify_as_far(&document, &place, pin, &BTreeMap::new()).unwrap();
    (far.0.heads.len(), far.1)
}

#[tokio::test]
async fn a_notice_of_the_centre_is_read_at_the_commune() {
    let tree = Tree::new().await;
    tree.centre
        .publish(TOP, vec![notice("Bầu cử", "Chủ nhật.")])
        .await;
    tree.province
        .publish(TINH, vec![notice("Đường tỉnh", "Sửa cầu.")])
        .await;
    tree.commune
        .publish(XA, vec![notice("Lịch tiêm", "Thứ hai.")])
        .await;
    tree.round().await;
    let path: Vec<String> = tree
        .commune
        .follow(XA)
        .await
        .heads
        .iter()
        .map(|h| h.head.place.to_string())
        .collect();
    assert_eq!(
        path,
        [TOP, TINH, XA],
        "one document proves the way from the pinned root down to the commune"
    );
    for (of, title) in [(TOP, "Bầu cử"), (TINH, "Đường tỉnh"), (XA, "Lịch tiêm")] {
        assert_eq!(
            titles(&tree.commune, XA, of).await,
            [title],
            "the commune's hub serves what {of} says"
        );
    }
    assert_eq!(
        tree.commune.follow(TINH).await,
        tree.province.follow(TINH).await,
        "the heads of a place above are the same at every hub"
    );
    let tag = tree.commune.get(&format!("/v1/heads/{XA}"), &[]).await;
    tree.round().await;
    let again = tree.commune.get(&format!("/v1/heads/{XA}"), &[]).await;
    assert_eq!(
        tag.header("etag"),
        again.header("etag"),
        "a look changes nothing"
    );
}

#[tokio::test]
async fn a_hub_that_nobody_lets_speak_has_no_heads() {
    let centre = TestHub::builder().places(&[TOP]).start().await;
    let province = TestHub::builder().start_below(&centre, TINH).await;
    let path = format!("/v1/heads/{TINH}");
    let early = province.get(&path, &[]).await;
    assert_eq!(early.code(), "place-unknown", "nothing is mirrored yet");
    look(&province).await;
    let refused = Some(TrustError::Delegation(PlaceId::new(TOP).unwrap()));
    assert_eq!(
        believed(&province).await,
        (1, refused.clone()),
        "without a delegation a phone believes the centre, and nothing of the province"
    );
    assert_eq!(
        province.follow(TOP).await.heads.len(),
        1,
        "the place above is served all the same"
    );
    let wrong = Delegation {
        place: PlaceId::new(TINH).unwrap(),
        keys: centre.node(TOP),
        epoch: 1,
        after_version: 0,
        legal_basis: String::new(),
        valid: Validity {
            from: Seconds(0),
            until: None,
        },
    };
    centre.delegate(&PlaceId::new(TOP).unwrap(), &wrong).await;
    look(&province).await;
    assert_eq!(
        believed(&province).await,
        (1, refused),
        "a delegation to other keys is not for this hub"
    );
    centre.let_speak(&province, TINH).await;
    look(&province).await;
    assert_eq!(
        province.follow(TINH).await.heads.len(),
        2,
        "now it speaks, and the phone can prove why"
    );
}

#[tokio::test]
async fn a_delegation_that_begins_later_counts_once_it_begins() {
    let centre = TestHub::builder().places(&[TOP]).start().await;
    let province = TestHub::builder().start_below(&centre, TINH).await;
    let mut grant = Delegation {
        place: PlaceId::new(TINH).unwrap(),
        keys: province.node(TINH),
        epoch: 1,
        after_version: 0,
        legal_basis: String::new(),
        valid: Validity {
            from: centre.clock.now().plus(3600),
            until: None,
        },
    };
    centre.delegate(&PlaceId::new(TOP).unwrap(), &grant).await;
    centre.clock.pass(7200);
    look(&province).await;
    assert_eq!(
        province.follow(TINH).await.heads.len(),
        2,
        "the head was signed before the delegation began, and is signed again"
    );
    grant.valid.until = Some(centre.clock.now());
    centre.delegate(&PlaceId::new(TOP).unwrap(), &grant).await;
    centre.clock.pass(2 * Seconds::DAY);
    province.hub.sign_heads().await.unwrap();
    look(&province).await;
    assert_eq!(
        believed(&province).await.0,
        1,
        "and it ends when it ends; the news of the centre go on"
    );
}

#[tokio::test]
async fn a_rollback_of_the_hub_above_is_refused() {
    let clock = bantin_testkit::TestClock::default();
    let mut centre = TestHub::builder()
        .clock(&clock)
        .places(&[TOP])
        .start()
        .await;
    let province = TestHub::builder().start_below(&centre, TINH).await;
    centre.let_speak(&province, TINH).await;
    let dir = tempfile::TempDir::new().unwrap();
    let copy = dir.path().join("copy");
    let keys = dir.path().join("keys.file");
    bantin_hub::backup::write(&centre.hub, &copy).await.unwrap();
    bantin_hub::backup::write_keys(&centre.path, &keys).unwrap();
    centre.publish(TOP, vec![notice("Mới", "1")]).await;
    look(&province).await;
    let seen = province.follow(TOP).await;
    let at = centre.go_dark().await;
    let path = dir.path().join("again");
    bantin_hub::backup::restore(&copy, &path, Some(&keys))
        .await
        .unwrap();
    let old = TestHub::serve_at(dir, path, clock.clone(), at).await;
    old.hub.store.set_resting(false).await.unwrap();
    let pass = look(&province).await;
    assert_eq!(
        pass.troubles,
        ["RolledBack"],
        "an older state than the one mirrored is not believed"
    );
    assert_eq!(
        province.follow(TOP).await,
        seen,
        "and phones here go on with what was there"
    );
    old.hub.store.set_resting(true).await.unwrap();
    clock.pass(60);
    old.hub.begin_epoch().await.unwrap();
    assert_eq!(
        look(&province).await.troubles,
        [""; 0],
        "a new epoch counts"
    );
    let now = province.follow(TOP).await;
    assert_eq!(now.heads[0].head.epoch, 2, "and is served on");
}

#[tokio::test]
async fn pictures_come_down_within_the_budget_and_go_when_taken_back() {
    let tree = Tree::new().await;
    let picture = |seed: u8| {
        let mut pixels = Vec::new();
        for i in 0..(640 * 480 * 3) as u32 {
            pixels.push((i.wrapping_mul(2_654_435_761) >> 24) as u8 ^ seed);
        }
        let mut jpeg = Vec::new();
        jpeg_encoder::Encoder::new(&mut jpeg, 80)
            .encode(&pixels, 640, 480, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        jpeg
    };
    let hub = &tree.centre.hub;
    let picture = hub.add_picture(picture(1), "Ảnh".into()).await.unwrap();
    let Edit::Put(item) = notice("Có ảnh", "x") else {
        unreachable!()
    };
    let mut article: bantin_model::record::Article =
        bantin_model::cbor::from_slice(&item.body, 1 << 20).unwrap();
    article.pictures.push(picture.clone());
    let with = Edit::Put(Item {
        body: bantin_model::cbor::to_vec(&article),
        ..item
    });
    let id = tree.centre.publish(TOP, vec![with]).await.ids[0];
    tree.round().await;
    let path = format!("/v1/blobs/{}", picture.thumb.hash);
    let got = tree.commune.get(&path, &[]).await;
    assert_eq!(got.status, 200, "the picture came down two hubs");
    assert_eq!(
        bantin_model::id::Hash::of(&got.body),
        picture.thumb.hash,
        "and is what its name says"
    );
    let reason = String::new();
    tree.centre
        .publish(TOP, vec![Edit::Withdraw { id, reason }])
        .await;
    tree.round().await;
    assert_eq!(
        tree.commune.get(&path, &[]).await.status,
        404,
        "a picture that was taken back is not served"
    );
    assert!(
        !tree
            .commune
            .hub
            .disk
            .mirror_blob(&picture.thumb.hash)
            .exists(),
        "and is gone from the disk"
    );
}

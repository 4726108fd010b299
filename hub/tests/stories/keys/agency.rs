//! The agency gets new keys while letters are on their way: nobody loses one, nobody misses an answer.

use bantin_hub::backup;
use bantin_hub::conversation::Say;
use bantin_hub::feed::Edit;
use bantin_model::id::RecordId;
use bantin_model::letter::{
    BoxCursor, PollRequest, PollResponse, ReplyVerb, Verb, open, open_reply, seal,
};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use bantin_testkit::{Person, TestClock, TestHub};
use tempfile::TempDir;

use super::below::place;

const XA: &str = "vn-68-23005";

/// The verbs of everything in a mailbox that opens with these keys, and how many entries there are.
async fn mailbox(hub: &TestHub, person: &Person, signers: &[PublicKey]) -> (Vec<ReplyVerb>, usize) {
    let request = PollRequest {
        boxes: vec![BoxCursor {
            read_key: person.keys.read.clone(),
            after: 0,
        }],
    };
    let answer = hub.post("/v1/mailbox", request.to_bytes()).await;
    let pages = PollResponse::from_bytes(&answer.body, &request).unwrap();
    let entries: Vec<_> = pages
        .boxes
        .into_iter()
        .flat_map(|page| page.entries)
        .collect();
    let opened = entries
        .iter()
        .filter_map(|entry| open_reply(&entry.bytes, &person.keys, signers).ok());
    (
        opened.map(|opened| opened.reply.verb).collect(),
        entries.len(),
    )
}

#[tokio::test]
async fn a_phone_that_has_not_synced_loses_nothing() {
    let hub = TestHub::new().await;
    let old = hub.hub.keys_of(&place(XA)).unwrap();
    let old_signers = [old.agency.sign.public()];
    let (mut mai, mut thu) = (Person::mai(), Person::thu());
    mai.ask(&hub, XA, "Thư trước khi đổi khoá.").await;
    // Thu's letter is sealed and waits in her outbox while the agency changes its keys.
    let letter = thu.letter(Verb::Question, "Thư còn nằm trong máy.");
    let (_, waiting) = thu.seal(&hub, XA, &letter);
    hub.hub.rotate_agency(&place(XA), false).await.unwrap();
    let now = hub.hub.keys_of(&place(XA)).unwrap();
    assert_ne!(now.seal_public(), old.seal_public());
    assert_eq!(
        hub.post("/v1/letters", waiting).await.status,
        200,
        "a letter to the retired key is accepted"
    );
    hub.hub.open_letters().await.unwrap();
    for person in [&mai, &thu] {
        let id = person.keys.id();
        let say = Say::words(ReplyVerb::Answered, "Đã rõ.");
        hub.hub.opened_by_officer(&id).await.unwrap();
        hub.hub.say(&id, &say).await.unwrap();
        let (verbs, all) = mailbox(&hub, person, &old_signers).await;
        assert_eq!(
            (verbs, all),
            (
                vec![ReplyVerb::Delivered, ReplyVerb::Opened, ReplyVerb::Answered],
                3
            ),
            "{} knows only the old key and can read every reply",
            person.name
        );
        let thread = hub.hub.thread(&id).await.unwrap();
        assert_eq!(
            thread.messages.len(),
            2,
            "the officer reads the letter and the agency's own copy"
        );
    }
}

#[tokio::test]
async fn a_new_conversation_uses_the_new_keys_and_the_feed_names_the_old_one() {
    let hub = TestHub::new().await;
    let old = hub.hub.keys_of(&place(XA)).unwrap().agency.sign.public();
    let mut ba = Person::ba();
    ba.ask(&hub, XA, "Trước.").await;
    hub.hub.open_letters().await.unwrap();
    hub.hub.rotate_agency(&place(XA), false).await.unwrap();
    let mut mai = Person::mai();
    mai.ask(&hub, XA, "Sau.").await;
    hub.hub.open_letters().await.unwrap();
    let new = hub.hub.keys_of(&place(XA)).unwrap().agency.sign.public();
    assert_eq!(
        mailbox(&hub, &mai, &[new]).await.0,
        vec![ReplyVerb::Delivered],
        "who wrote to the new key is answered with the new key"
    );
    // Bá's phone is lost; on a new one the feed alone tells which keys count.
    let published = published(&hub).await;
    assert_eq!(published.sign_key, new);
    assert_eq!(published.former, vec![old]);
    let signers: Vec<PublicKey> = published.reply_keys().collect();
    assert_eq!(
        mailbox(&hub, &ba, &signers).await.0,
        vec![ReplyVerb::Delivered],
        "a mailbox recovered with its code opens what the old key signed"
    );
}

#[tokio::test]
async fn stolen_keys_are_not_named_any_more() {
    let hub = TestHub::new().await;
    hub.hub.rotate_agency(&place(XA), true).await.unwrap();
    assert!(
        published(&hub).await.former.is_empty(),
        "a phone that never knew the stolen key believes nothing it signs"
    );
}

#[tokio::test]
async fn a_keys_backup_keeps_every_generation() {
    let clock = TestClock::default();
    let hub = TestHub::builder().clock(&clock).start().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Gửi khoá thứ nhất.");
    let (id, bytes) = mai.seal(&hub, XA, &letter);
    for _ in 0..3 {
        hub.hub.rotate_agency(&place(XA), false).await.unwrap();
    }
    let dir = TempDir::new().unwrap();
    let (copy, keys) = (dir.path().join("copy"), dir.path().join("all.keys"));
    backup::write(&hub.hub, &copy).await.unwrap();
    backup::write_keys(&hub.path, &keys).unwrap();
    let path = dir.path().join("again");
    backup::restore(&copy, &path, Some(&keys)).await.unwrap();
    let restored = TestHub::serve(dir, path, clock.clone()).await;
    restored.hub.begin_epoch().await.unwrap();
    let held = restored.hub.keys_of(&place(XA)).unwrap();
    assert_eq!(held.retired.len(), 3);
    assert_eq!(
        restored.post("/v1/letters", bytes.clone()).await.status,
        200,
        "three rotations and a restore later the letter still arrives"
    );
    // The hub opens it by itself; this only waits until it has.
    restored.hub.open_letters().await.unwrap();
    let kept = restored.hub.store.letter(&id).await.unwrap().unwrap();
    assert!(kept.conversation.is_some(), "and is read");
    let opens = held
        .generations()
        .filter(|keys| open(&bytes, &keys.seal).is_ok());
    assert_eq!(opens.count(), 1, "with the one key it was sealed to");
}

#[tokio::test]
async fn a_rotation_that_was_cut_short_is_ended_by_the_next() {
    let hub = TestHub::new().await;
    let before = hub.hub.keys_of(&place(XA)).unwrap();
    // The cut: new keys are on disk, the record is not published.
    bantin_hub::keys::Keys::renew_agency(hub.hub.keys.dir(), &place(XA), &before).unwrap();
    let made = hub.hub.keys_of(&place(XA)).unwrap().seal_public();
    assert!(
        !hub.hub.key_warnings().await.unwrap().is_empty(),
        "the doctor says so meanwhile"
    );
    let mut thu = Person::thu();
    let letter = thu.letter(Verb::Question, "Giữa chừng.");
    let mut rng = bantin_hub::rng();
    let sealed = seal(&letter, &thu.keys, &before.seal_public(), &mut rng).unwrap();
    assert_eq!(hub.post("/v1/letters", sealed.1).await.status, 200);
    hub.hub.rotate_agency(&place(XA), false).await.unwrap();
    assert_eq!(
        published(&hub).await.seal_key,
        made,
        "no third generation is made"
    );
}

#[tokio::test]
async fn a_place_whose_agency_was_withdrawn_is_no_riddle_to_the_doctor() {
    let hub = TestHub::new().await;
    let id = RecordId::derived(Seconds(0), format!("agency {XA}").as_bytes());
    let reason = "chưa có cán bộ".into();
    hub.publish(XA, vec![Edit::Withdraw { id, reason }]).await;
    assert_eq!(
        hub.hub.key_warnings().await.unwrap(),
        [""; 0],
        "its letters go to the place above: nothing needs the operator"
    );
    let rotated = hub.hub.rotate_agency(&place(XA), false).await;
    assert!(rotated.is_err(), "and there are no keys to change");
}

async fn published(hub: &TestHub) -> bantin_model::record::Agency {
    use bantin_model::record::{Agency, Kind, Record};
    let rows = hub
        .hub
        .store
        .records(&place(XA), &[Kind::AGENCY], 0, 9)
        .await
        .unwrap();
    let record = Record::from_bytes(&rows[0].bytes).unwrap();
    let agency: Agency = bantin_model::cbor::from_slice(&record.body, 10_000).unwrap();
    agency
}

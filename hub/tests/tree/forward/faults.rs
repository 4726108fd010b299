//! What cannot be: round and round, without a valid key, twice, read on the way, or without proof.

use bantin_hub::conversation::{PassOn, Say};
use bantin_hub::feed::{Edit, Item};
use bantin_hub_store::Once;
use bantin_model::cbor;
use bantin_model::feed::Pin;
use bantin_model::id::{Hash, RecordId};
use bantin_model::letter::{
    AttachmentKind, Forward, Hop, ReplyVerb, Verb, open_original, seal_forward,
};
use bantin_model::record::Kind;
use bantin_model::sign::SecretKey;
use bantin_model::time::Seconds;
use bantin_testkit::Person;
use bantin_wire::Code;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{OTHER, Village, asked, pass, place, refused};
use crate::cast::{TINH, XA, look};

#[tokio::test]
async fn it_cannot_go_round_for_ever_nor_to_where_it_is() {
    let village = Village::new().await;
    let (xa, province) = (&village.tree.commune, &village.tree.province);
    let mai = asked(&village, "Ai giải quyết?").await;
    let id = mai.keys.id();
    let to = Some("to".to_owned());
    assert_eq!(
        refused(xa, &mai, XA).await,
        (Code::NotAllowed, to.clone()),
        "it is there already"
    );
    assert_eq!(
        refused(xa, &mai, "vn-40").await,
        (Code::NoAgencyKey, to.clone()),
        "nobody has heard of that agency"
    );
    for _ in 0..4 {
        xa.hub.pass_on(&id, &pass(TINH)).await.unwrap();
        village.round().await;
        province.hub.pass_on(&id, &pass(XA)).await.unwrap();
        village.round().await;
    }
    assert_eq!(
        refused(xa, &mai, TINH).await,
        (Code::TooMany, to),
        "after eight steps somebody must answer"
    );
    let say = Say::words(ReplyVerb::Answered, "Xã trả lời.");
    assert!(xa.hub.say(&id, &say).await.is_ok(), "and can");
}

#[tokio::test]
async fn an_agency_without_a_valid_key_is_refused_at_the_field() {
    let village = Village::new().await;
    let (xa, other) = (&village.tree.commune, &village.other);
    let mai = asked(&village, "Xin hỏi.").await;
    let known = other.hub.agencies().await.unwrap();
    let mut agency = known
        .into_iter()
        .find(|known| known.place == place(OTHER))
        .unwrap()
        .agency;
    agency.valid.until = Some(village.tree.clock.now());
    let id = RecordId::derived(Seconds(0), format!("agency {OTHER}").as_bytes());
    let edit = Edit::Put(Item {
        id: Some(id),
        kind: Kind::AGENCY,
        issued_at: None,
        in_force: None,
        body: cbor::to_vec(&agency),
    });
    other.publish(OTHER, vec![edit]).await;
    village.round().await;
    let to = Some("to".to_owned());
    assert_eq!(
        refused(xa, &mai, OTHER).await,
        (Code::NoAgencyKey, to.clone()),
        "its key has expired"
    );
    xa.hub.pass_on(&mai.keys.id(), &pass(TINH)).await.unwrap();
    village.round().await;

    // The province stops letting the commune of Mai speak: its hub is believed no more.
    let id = RecordId::derived(Seconds(0), format!("delegation {XA}").as_bytes());
    let reason = "thu hồi".into();
    let gone = vec![Edit::Withdraw { id, reason }];
    village.tree.province.publish(TINH, gone).await;
    assert_eq!(
        refused(&village.tree.province, &mai, XA).await,
        (Code::NoAgencyKey, to),
        "whose delegation was withdrawn gets no more letters"
    );
}

#[tokio::test]
async fn a_kill_between_the_steps_loses_nothing_and_doubles_nothing() {
    let village = Village::new().await;
    let (xa, other) = (&village.tree.commune, &village.other);
    let mai = asked(&village, "Mất điện.").await;
    let id = mai.keys.id();
    let once = |key: &str| Once {
        key: key.into(),
        result: String::new(),
        at: village.tree.clock.now(),
    };
    let named = PassOn {
        once: Some(once("hanh/forward/1")),
        ..pass(OTHER)
    };
    // A process that dies before it carries anything.
    let config = bantin_hub::config::Config::read(&xa.path).unwrap();
    let dying = bantin_hub::Hub::open_with(&xa.path, config, village.tree.clock.clock());
    let dying = dying.await.unwrap();
    dying.pass_on(&id, &named).await.unwrap();
    drop(dying);
    xa.hub.pass_on(&id, &named).await.unwrap();
    // The commune beside has it and dies before it can say so: it is handed the letter again.
    look(xa).await;
    village.tree.clock.pass(60);
    let waiting = village.tree.province.hub.store.waiting_below().await;
    assert_eq!(waiting.unwrap().0, 1, "it waits at the province, once");
    let (there, now) = (place(OTHER), village.tree.clock.now());
    let store = &village.tree.province.hub.store;
    let letter = store
        .to_hand_down(&there, now, 8)
        .await
        .unwrap()
        .remove(0)
        .1;
    other.hub.accept_letter(&letter).await.unwrap();
    village.round().await;
    let there = village.thread(other, &mai).await;
    assert_eq!(there.messages.len(), 1, "and arrives once");
    let here = village.thread(xa, &mai).await;
    assert_eq!(here.trail.len(), 1, "as one step of the way");
    let waiting = village.tree.province.hub.store.waiting_below().await;
    assert_eq!(waiting.unwrap().0, 0, "the province knows that it arrived");
}

#[tokio::test]
async fn the_hub_in_between_reads_no_word() {
    let village = Village::new().await;
    let (xa, province) = (&village.tree.commune, &village.tree.province);
    let mut mai = Person::mai();
    let (photo, sealed) = mai.attach(AttachmentKind::Jpeg, b"CANARY-PHOTO bytes of a picture");
    xa.put(&format!("/v1/attachments/{}", photo.hash), sealed, &[])
        .await;
    let mut letter = mai.letter(Verb::Question, "CANARY-QUESTION nhà tôi");
    letter.attachments.push(photo);
    mai.send(xa, XA, &letter).await;
    xa.hub.open_letters().await.unwrap();
    let secret = PassOn {
        reason: "CANARY-REASON nhà bà Mai".into(),
        ..pass(OTHER)
    };
    xa.hub.pass_on(&mai.keys.id(), &secret).await.unwrap();
    village.round().await;
    let say = Say::words(ReplyVerb::Answered, "CANARY-ANSWER");
    village.other.hub.say(&mai.keys.id(), &say).await.unwrap();
    village.round().await;
    let replies = mai.read(xa, XA).await;
    assert_eq!(
        replies.last().unwrap().reply.text,
        "CANARY-ANSWER",
        "all of it went through the province"
    );
    for hub in [province, xa, &village.other] {
        let mut files = Vec::new();
        for folder in ["hub.db", "hub.db-wal", "attachments", "segments", "mirror"] {
            files.extend(hub.bytes_below(folder));
        }
        assert!(
            files.windows(5).any(|part| part == b"vn-68"),
            "the files were really read"
        );
        let canary = files.windows(7).any(|part| part == b"CANARY-");
        assert!(!canary, "no word lies open on the way, nor at either end");
    }
}

#[tokio::test]
async fn nobody_is_believed_without_proof_of_a_key() {
    let village = Village::new().await;
    let xa = &village.tree.commune;
    let mut mai = asked(&village, "Xin hỏi.").await;
    let id = mai.keys.id();
    xa.hub.pass_on(&id, &pass(OTHER)).await.unwrap();
    let replies = mai.read(xa, XA).await;
    let mut told = replies.last().unwrap().reply.clone();
    let pin = |root| Pin {
        root,
        root_version: 0,
    };
    let root = xa.hub.fingerprint().await.unwrap();
    assert_eq!(
        told.passed_keys(pin(root)).len(),
        1,
        "Mai's phone can prove the key of the agency named"
    );
    assert!(
        told.passed_keys(pin(Hash([9; 32]))).is_empty(),
        "under another root nothing is proven"
    );
    told.forwarded_to = Some(place(TINH));
    assert!(
        told.passed_keys(pin(root)).is_empty(),
        "nor does the proof of one agency serve for another"
    );
    // A forward that somebody signs who is no agency is shown to nobody.
    let there = village.other.hub.keys.of(&place(OTHER)).unwrap();
    let stored = xa.hub.store.letters_of(&id).await.unwrap().remove(0);
    let keys = xa.hub.keys.of(&place(XA)).unwrap();
    let (original, _) = open_original(&stored.bytes, &keys.agency.seal).unwrap();
    let forged = Forward {
        format: 1,
        original,
        trail: vec![Hop {
            from: place(XA),
            to: place(OTHER),
            at: village.tree.clock.now(),
            reason: "giả".into(),
            by: "giả".into(),
        }],
        replies: 0,
        later: false,
    };
    let thief = SecretKey::from_seed([9; 32]);
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let (_, bytes) = seal_forward(&forged, &there.seal_public(), &thief, &mut rng).unwrap();
    let answer = village.other.post("/v1/letters", bytes).await;
    assert_eq!(answer.status, 200, "its outside is like any other");
    assert!(
        village.other.hub.open_letters().await.is_err(),
        "but it waits for a proof"
    );
    village.tree.clock.pass(4 * Seconds::DAY);
    village.other.hub.open_letters().await.unwrap();
    assert_eq!(
        village.other.hub.store.quarantined().await.unwrap().len(),
        1,
        "and is put aside when none comes"
    );
}

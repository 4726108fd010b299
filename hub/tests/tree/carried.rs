//! Only the node that a feed lets speak may ask for the mail of carried letters, and each question
//! counts once.

use bantin_model::id::PlaceId;
use bantin_model::letter::{
    CARRIED_WINDOW_S, CarriedAnswer, CarriedBox, CarriedRequest, FORMAT, POLL_BOXES_MAX, Verb,
};
use bantin_model::sign::SecretKey;
use bantin_model::time::Seconds;
use bantin_testkit::Person;

use crate::cast::{TINH, TOP, Tree, XA};

fn question(tree: &Tree, from: &str, to: &str, mai: &Person) -> CarriedRequest {
    CarriedRequest {
        format: FORMAT,
        from: PlaceId::new(from).unwrap(),
        to: PlaceId::new(to).unwrap(),
        at: tree.clock.now(),
        nonce: [1; 16].into(),
        boxes: vec![CarriedBox {
            mailbox: mai.keys.mailbox(),
            after: 0,
        }],
    }
}

fn key(hub: &bantin_testkit::TestHub, place: &str) -> SecretKey {
    let keys = hub.hub.keys.of(&PlaceId::new(place).unwrap());
    keys.unwrap().receipt.clone()
}

async fn ask(tree: &Tree, bytes: Vec<u8>) -> (u16, String) {
    let answer = tree.centre.post("/v1/carried", bytes).await;
    (answer.status, answer.code())
}

#[tokio::test]
async fn who_may_ask_and_how_often() {
    let tree = Tree::new().await;
    let mut mai = Person::mai();
    mai.ask(&tree.centre, TOP, "Xin hỏi.").await;
    tree.centre.hub.open_letters().await.unwrap();
    let own = key(&tree.province, TINH);
    let asked = question(&tree, TINH, TOP, &mai);
    let (bytes, id) = asked.sign(&own);
    let answer = tree.centre.post("/v1/carried", bytes.clone()).await;
    assert_eq!(
        answer.status,
        200,
        "the province may ask: {}",
        answer.code()
    );
    let centre = [tree.centre.receipt_key(TOP)];
    let opened = CarriedAnswer::open(&answer.body, &asked, id, &centre).unwrap();
    assert_eq!(opened.boxes[0].entries.len(), 1, "and gets the entry");
    assert!(
        CarriedAnswer::open(&answer.body, &asked, id, &[own.public()]).is_err(),
        "an answer of anybody else is none"
    );
    let other = question(&tree, TINH, TOP, &Person::thu());
    let (_, other_id) = other.sign(&own);
    assert!(
        CarriedAnswer::open(&answer.body, &other, other_id, &centre).is_err(),
        "nor does it answer another question"
    );
    assert_eq!(
        ask(&tree, bytes).await,
        (409, "conflict".into()),
        "a question overheard and asked again is refused"
    );
    let stranger = SecretKey::from_seed([9; 32]);
    assert_eq!(
        ask(&tree, asked.sign(&stranger).0).await.1,
        "not-genuine",
        "a key that no feed names asks nothing"
    );
    let below = question(&tree, XA, TOP, &mai);
    assert_eq!(
        ask(&tree, below.sign(&key(&tree.commune, XA)).0).await.1,
        "not-genuine",
        "the centre knows only the nodes its own feed names"
    );
    let elsewhere = question(&tree, TINH, XA, &mai);
    assert_eq!(
        ask(&tree, elsewhere.sign(&own).0).await.1,
        "place-unknown",
        "a question to another node is none to this one"
    );
    let at = Seconds(tree.clock.now().0 - CARRIED_WINDOW_S - 1);
    let late = CarriedRequest {
        at,
        ..asked.clone()
    };
    let answer = tree.centre.post("/v1/carried", late.sign(&own).0).await;
    let said: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(
        (said["code"].as_str(), said["number"].as_u64()),
        (Some("conflict"), Some(tree.clock.now().0)),
        "an old question is refused with the right time, so that a hub whose clock is wrong can ask"
    );
    let boxes = vec![asked.boxes[0]; POLL_BOXES_MAX + 1];
    let many = CarriedRequest { boxes, ..asked };
    let refused = ask(&tree, many.sign(&own).0).await;
    assert!(
        refused.0 == 400 || refused.0 == 413,
        "too many: {refused:?}"
    );
    for junk in [Vec::new(), vec![0xff; 64], vec![0xa0]] {
        assert_eq!(
            ask(&tree, junk).await.1,
            "malformed",
            "junk is said to be junk"
        );
    }
}

#[tokio::test]
async fn a_hub_whose_clock_is_wrong_brings_the_mail_all_the_same() {
    let tree = Tree::new().await;
    let wrong = bantin_testkit::TestClock::default();
    wrong.pass(40 * 86_400);
    let config = bantin_hub::config::Config::read(&tree.commune.path).unwrap();
    let commune = bantin_hub::Hub::open_with(&tree.commune.path, config, wrong.clock());
    let commune = commune.await.unwrap();
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Xin hỏi.");
    let (_, bytes) = mai.seal(&tree.province, TINH, &letter);
    commune.accept_letter(&bytes).await.unwrap();
    let first = commune.look_up().await.unwrap();
    tree.province.hub.open_letters().await.unwrap();
    wrong.pass(3600);
    let pass = commune.look_up().await.unwrap();
    assert_eq!(
        (first.mail + pass.mail, pass.troubles.len()),
        (1, 0),
        "it is told the time by the hub above and asks again: {:?}",
        pass.troubles
    );
}

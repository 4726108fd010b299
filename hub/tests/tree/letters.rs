//! Letters go up any number of hubs, answers come back.

use bantin_model::letter::{
    AttachmentKind, Receipt, ReceiptKey, ReceiptStep, ReplyVerb, Signer, Verb,
};
use bantin_testkit::Person;

use crate::cast::{TOP, Tree, XA, look, verbs};

#[tokio::test]
async fn mai_writes_to_the_centre_and_is_answered_at_her_commune() {
    let tree = Tree::new().await;
    let mut mai = Person::mai();
    let (photo, sealed) = mai.attach(AttachmentKind::Jpeg, &[7; 100_000]);
    let mut letter = mai.letter(Verb::Question, "Khi nào có điện?");
    letter.attachments.push(photo.clone());
    let (id, bytes) = mai.seal(&tree.centre, TOP, &letter);
    let early = tree.commune.post("/v1/letters", bytes.clone()).await;
    assert_eq!(early.status, 409, "the photo must be here first");
    let path = format!("/v1/attachments/{}", photo.hash);
    tree.commune.put(&path, sealed, &[]).await;
    let answer = tree.commune.post("/v1/letters", bytes).await;
    assert_eq!(answer.status, 200, "the commune's hub takes it");
    let keys: Vec<ReceiptKey> = tree
        .commune
        .follow(XA)
        .await
        .heads
        .into_iter()
        .map(|trusted| ReceiptKey {
            key: trusted.keys.receipt,
            place: trusted.head.place,
            signer: Signer::Hub,
        })
        .collect();
    let proof = Receipt::verify(&answer.body, &keys).unwrap();
    assert_eq!(
        (proof.receipt.step, proof.receipt.place.as_str()),
        (ReceiptStep::Accepted, XA),
        "Mai's phone knows the commune's key from the heads it follows"
    );
    tree.letters_up().await;
    let above = tree.commune.hub.store.carried_receipt(&id).await.unwrap();
    let above = Receipt::verify(&above.expect("a receipt"), &keys).unwrap();
    assert_eq!(
        above.receipt.place.as_str(),
        "vn-68",
        "the province's receipt is kept as proof"
    );
    let conversation = mai.keys.id();
    let file = tree
        .centre
        .hub
        .open_attachment(&conversation, &photo.hash)
        .await
        .unwrap();
    assert_eq!(file.bytes.len(), 100_000, "the photo came up two hubs");
    tree.answer(&mai, "Tháng mười hai.").await;
    tree.round().await;
    let replies = tree.read(&mut mai).await;
    assert_eq!(
        verbs(&replies),
        [ReplyVerb::Delivered, ReplyVerb::Answered],
        "delivered and answered, each once"
    );
    assert_eq!(replies[1].reply.text, "Tháng mười hai.", "in its words");
    tree.round().await;
    assert!(tree.read(&mut mai).await.is_empty(), "and nothing twice");
}

#[tokio::test]
async fn a_letter_that_goes_two_ways_has_one_effect() {
    let tree = Tree::new().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Xin hỏi.");
    let (_, bytes) = mai.seal(&tree.centre, TOP, &letter);
    for hub in [&tree.commune, &tree.province, &tree.centre, &tree.commune] {
        let answer = hub.post("/v1/letters", bytes.clone()).await;
        assert_eq!(answer.status, 200, "every hub of the path takes it");
    }
    tree.letters_up().await;
    tree.letters_up().await;
    let letters = tree.centre.hub.store.letters_of(&mai.keys.id()).await;
    assert_eq!(letters.unwrap().len(), 1, "it is one letter");
    tree.answer(&mai, "Vâng.").await;
    tree.round().await;
    let replies = tree.read(&mut mai).await;
    assert_eq!(
        verbs(&replies),
        [ReplyVerb::Delivered, ReplyVerb::Answered],
        "with one answer"
    );
}

#[tokio::test]
async fn an_answer_is_found_at_a_hub_that_did_not_carry_the_letter() {
    let tree = Tree::new().await;
    let mut mai = Person::mai();
    mai.ask(&tree.centre, TOP, "Tôi đang ở thành phố.").await;
    tree.centre.hub.open_letters().await.unwrap();
    tree.answer(&mai, "Mời bác về xã.").await;
    let mut phone = Person::mai();
    assert!(
        tree.read(&mut phone).await.is_empty(),
        "the commune has never heard of the mailbox"
    );
    tree.round().await;
    tree.round().await;
    tree.round().await;
    let replies = tree.read(&mut phone).await;
    assert_eq!(
        verbs(&replies),
        [ReplyVerb::Delivered, ReplyVerb::Answered],
        "but now looks into it, through the province"
    );
}

#[tokio::test]
async fn a_letter_to_an_unknown_key_is_refused_as_ever() {
    let tree = Tree::new().await;
    let stranger = bantin_testkit::TestHub::builder().start().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Xin hỏi.");
    let (_, bytes) = mai.seal(&stranger, "vn-68-23074", &letter);
    let answer = tree.commune.post("/v1/letters", bytes).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (422, "no-agency-key"),
        "no feed mirrored here has published that key"
    );
}

#[tokio::test]
async fn what_was_accepted_before_a_crash_is_carried_after_it() {
    let tree = Tree::new().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Mất điện ba ngày.");
    let (id, bytes) = mai.seal(&tree.centre, TOP, &letter);
    // Accepted by a process that dies before it carries anything.
    let dying = bantin_hub::Hub::open(&tree.commune.path).await.unwrap();
    dying.accept_letter(&bytes).await.unwrap();
    drop(dying);
    let Tree {
        clock,
        centre,
        province,
        commune,
    } = tree;
    let commune = commune.restart().await;
    let tree = Tree {
        clock,
        centre,
        province,
        commune,
    };
    tree.letters_up().await;
    let there = tree.centre.hub.store.letter(&id).await.unwrap();
    assert!(there.is_some(), "what was acknowledged is never lost");
}

#[tokio::test]
async fn letters_to_the_commune_itself_stay_there() {
    let tree = Tree::new().await;
    let mut mai = Person::mai();
    let id = mai.ask(&tree.commune, XA, "Xã ơi.").await;
    tree.commune.hub.open_letters().await.unwrap();
    look(&tree.commune).await;
    assert!(
        tree.province.hub.store.letter(&id).await.unwrap().is_none(),
        "what is for the commune goes nowhere else"
    );
    let count = tree.commune.hub.store.carried_count().await.unwrap();
    assert_eq!((count.waiting, count.carried), (0, 0), "and nothing waits");
    assert_eq!(
        mai.replies(&tree.commune, XA).await.len(),
        1,
        "it is answered as before"
    );
}

//! Mai asks, Thu submits, officer Hạnh answers; nothing is lost and nothing is said too early.

use bantin_model::letter::{ReplyVerb, Verb, decrypt};
use bantin_wire::Code;
use bantin_wire::ipc::product::ProductForm;

use crate::cast::{Phone, code, photo, question};
use crate::hub::{COMMUNE, place};
use crate::server::{Fault, TestServer};

/// Steps that are lit.
async fn lit(phone: &Phone, id: &str) -> Vec<String> {
    let page = phone.engine.conversation(id).await.unwrap();
    let lit = page.stones.into_iter().filter(|stone| stone.at.is_some());
    lit.map(|stone| stone.step).collect()
}

#[tokio::test]
async fn a_question_with_a_photo_is_answered_rated_and_closed() {
    let server = TestServer::start().await;
    let mut mai = Phone::following(&server).await;
    server.fault(Fault::Captive);
    let token = mai.engine.add_photo(photo()).await.unwrap().token;
    let mut asked = question("Khi nào xã sửa đường vào bản ạ?");
    asked.photos = vec![token.clone()];
    let id = mai.engine.ask(&asked, "tap").await.unwrap();
    mai.restart().await;
    assert_eq!(
        lit(&mai, &id).await,
        ["saved"],
        "only what is proven is lit"
    );
    assert_eq!(
        mai.engine.status().await.unwrap().letters_waiting,
        1,
        "and it waits"
    );
    assert_eq!(
        code(mai.engine.sync().await),
        Code::NotAHub,
        "the network wants a sign-in"
    );
    server.fault(Fault::None);
    assert_eq!(
        mai.engine.sync().await.unwrap().letters_accepted,
        1,
        "now it leaves"
    );
    assert_eq!(
        lit(&mai, &id).await,
        ["saved", "accepted"],
        "the hub's receipt proves it"
    );
    let letter = server.world(|world| world.opened().remove(0));
    assert_eq!(
        letter.letter.text, "Khi nào xã sửa đường vào bản ạ?",
        "Hạnh reads it"
    );
    let attachment = &letter.letter.attachments[0];
    let sealed = server.world(|world| world.attachments[&attachment.hash].clone());
    let picture = decrypt(&sealed, &attachment.key).unwrap();
    assert_eq!(
        picture,
        mai.engine.photo(&token).await.unwrap(),
        "with the picture Mai sees"
    );
    let names_place = picture.windows(3).any(|window| window == b"GPS");
    assert!(!names_place, "and nothing that says where it was taken");
    server.world(|world| world.answer(&letter, ReplyVerb::Answered, "Trước Tết."));
    mai.engine.sync().await.unwrap();
    assert_eq!(
        mai.engine.status().await.unwrap().answers_unread,
        1,
        "an answer came"
    );
    let page = mai.engine.conversation(&id).await.unwrap();
    assert_eq!(page.card.status, "answered", "the conversation is answered");
    assert_eq!(page.messages.len(), 2, "a question and an answer");
    assert_eq!(
        page.actions,
        ["rate", "close", "reopen"],
        "what can be done now"
    );
    assert_eq!(
        mai.engine.status().await.unwrap().answers_unread,
        0,
        "it was read"
    );
    mai.engine.rate(&id, 5, "Cảm ơn", "r").await.unwrap();
    mai.engine.close(&id, "c").await.unwrap();
    assert_eq!(
        mai.engine.sync().await.unwrap().letters_accepted,
        2,
        "both leave"
    );
    let page = mai.engine.conversation(&id).await.unwrap();
    assert_eq!(page.card.status, "closed", "it is closed");
    assert!(
        !page.messages[0].photos.is_empty(),
        "the photo stays to be seen"
    );
    let outgoing = mai.path().join("profiles/me/outgoing");
    assert_eq!(
        std::fs::read_dir(outgoing).unwrap().count(),
        0,
        "ciphertexts are needed no more"
    );
    mai.engine
        .reopen(&id, "Đường vẫn chưa sửa", "o")
        .await
        .unwrap();
    mai.engine.sync().await.unwrap();
    let verbs: Vec<Verb> = server.world(|world| {
        let mut letters = world.opened();
        letters.sort_by_key(|opened| opened.letter.seq);
        letters.iter().map(|opened| opened.letter.verb).collect()
    });
    assert_eq!(
        verbs,
        [Verb::Question, Verb::Rate, Verb::Close, Verb::Reopen],
        "in order"
    );
}

#[tokio::test]
async fn a_double_tap_asks_once() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    let asked = question("Chế độ cho người cao tuổi?");
    let (one, two) = tokio::join!(mai.engine.ask(&asked, "tap"), mai.engine.ask(&asked, "tap"));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(one, two, "both taps name the same conversation");
    assert_eq!(
        mai.engine.conversations().await.unwrap().len(),
        1,
        "there is one"
    );
    let again = mai.engine.ask(&asked, "another tap").await.unwrap();
    assert_ne!(again, one, "another act is another conversation");
    mai.engine.sync().await.unwrap();
    assert_eq!(
        server.world(|world| world.letters.len()),
        2,
        "two letters left"
    );
}

#[tokio::test]
async fn a_lost_receipt_makes_it_go_again_verbatim_with_the_effect_of_one() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    let token = mai.engine.add_photo(photo()).await.unwrap().token;
    let mut asked = question("Hỏi");
    asked.photos = vec![token];
    let id = mai.engine.ask(&asked, "tap").await.unwrap();
    server.fault(Fault::LosesReceipts);
    for _ in 0..2 {
        mai.engine.sync().await.unwrap_err();
        assert_eq!(
            lit(&mai, &id).await,
            ["saved"],
            "without a receipt nothing is said"
        );
    }
    server.fault(Fault::None);
    mai.engine.sync().await.unwrap();
    assert_eq!(
        server.world(|world| world.letters.len()),
        1,
        "sent three times, it is one"
    );
    assert_eq!(
        lit(&mai, &id).await,
        ["saved", "accepted"],
        "and now it is proven"
    );
}

#[tokio::test]
async fn a_restored_hub_is_offered_unanswered_letters_again() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    mai.engine
        .ask(&question("Bao giờ có điện?"), "tap")
        .await
        .unwrap();
    mai.engine.sync().await.unwrap();
    server.world(|world| world.restore_commune());
    assert_eq!(
        server.world(|world| world.letters.len()),
        0,
        "the backup is older than it"
    );
    mai.engine.sync().await.unwrap();
    mai.engine.sync().await.unwrap();
    assert_eq!(
        server.world(|world| world.letters.len()),
        1,
        "a new epoch brings it again"
    );
}

#[tokio::test]
async fn a_letter_refused_for_its_key_stays_and_says_so() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    let id = mai.engine.ask(&question("Hỏi"), "tap").await.unwrap();
    server.fault(Fault::Refuses(Code::NoAgencyKey));
    mai.engine.sync().await.ok();
    server.fault(Fault::None);
    assert_eq!(lit(&mai, &id).await, ["saved"], "it is here");
    assert_eq!(
        mai.engine.status().await.unwrap().letters_waiting,
        1,
        "and counted"
    );
    assert!(mai.engine.outbox().await.unwrap()[0].refused, "as refused");
}

#[tokio::test]
async fn a_letter_that_one_hub_refused_leaves_through_another() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    let id = mai.engine.ask(&question("Hỏi"), "tap").await.unwrap();
    server.fault(Fault::Refuses(Code::NoAgencyKey));
    mai.engine.sync().await.ok();
    server.fault(Fault::None);
    mai.engine
        .follow(&server.link(), &place(COMMUNE))
        .await
        .unwrap();
    assert_eq!(
        mai.engine.sync().await.unwrap().letters_accepted,
        1,
        "the hub that is asked now is on its way"
    );
    assert_eq!(
        lit(&mai, &id).await,
        ["saved", "accepted"],
        "and the letter did not stay behind"
    );
}

#[tokio::test]
async fn thu_submits_her_wine() {
    let server = TestServer::start().await;
    let thu = Phone::following(&server).await;
    let photos = [thu.engine.add_photo(photo()).await.unwrap().token];
    let form = ProductForm {
        name: "Rượu cần bà Thu".into(),
        group: "drinks".into(),
        maker: "Hộ bà Thu".into(),
        photos: photos.to_vec(),
        ..ProductForm::default()
    };
    let id = thu.engine.submit_product(&form, "tap").await.unwrap();
    thu.engine.sync().await.unwrap();
    let letter = server.world(|world| world.opened().remove(0));
    assert_eq!(
        letter.letter.product.as_ref().unwrap().name,
        "Rượu cần bà Thu"
    );
    assert_eq!(letter.letter.attachments.len(), 1, "her photo came with it");
    server.world(|world| world.answer(&letter, ReplyVerb::Rejected, "Thiếu giấy."));
    thu.engine.sync().await.unwrap();
    let page = thu.engine.conversation(&id).await.unwrap();
    assert_eq!(
        (page.card.kind.as_str(), page.card.status.as_str()),
        ("product", "answered")
    );
    assert_eq!(page.messages[1].text, "Thiếu giấy.", "why is said");
}

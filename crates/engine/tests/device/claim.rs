//! Mai's phone falls into the river. What is left of her question is a code on paper.

use bantin_model::letter::ReplyVerb;
use bantin_wire::Code;
use bantin_wire::ipc::conversation::ConversationPage;

use crate::cast::{Phone, code, question, refused};
use crate::hub::{COMMUNE, place};
use crate::server::{Fault, TestServer};

fn steps(page: &ConversationPage) -> Vec<&str> {
    let lit = page.stones.iter().filter(|stone| stone.at.is_some());
    lit.map(|stone| stone.step.as_str()).collect()
}

fn said(page: &ConversationPage) -> Vec<(bool, &str)> {
    let messages = page.messages.iter();
    messages.map(|m| (m.mine, m.text.as_str())).collect()
}

#[tokio::test]
async fn a_code_on_paper_brings_the_answers_to_another_phone_and_the_talk_goes_on() {
    let server = TestServer::start().await;
    let old = Phone::following(&server).await;
    let id = old.engine.ask(&question("Khi nào sửa đường?"), "a").await;
    let id = id.unwrap();
    old.engine.sync().await.unwrap();
    let paper = old.engine.conversation(&id).await.unwrap().claim_code;
    let letter = server.world(|world| world.opened().remove(0));
    server.world(|world| world.answer(&letter, ReplyVerb::NeedsInfo, "Đoạn nào ạ?"));

    let mut new = Phone::following(&server).await;
    server.fault(Fault::Captive);
    // As people type: small letters, no dashes, O for nought.
    let typed = paper.replace('-', " ").replace('0', "o").to_lowercase();
    let taken = new.engine.claim(&typed).await.unwrap();
    assert_eq!(taken, id, "it is the same conversation");
    new.restart().await;
    let page = new.engine.conversation(&id).await.unwrap();
    assert_eq!(
        (page.card.status.as_str(), page.card.claimed),
        ("unknown", true),
        "without a network the code is kept, and nothing is claimed that is not known"
    );
    assert!(page.actions.is_empty(), "nobody knows yet to whom to write");

    server.fault(Fault::None);
    new.engine.sync().await.unwrap();
    let page = new.engine.conversation(&id).await.unwrap();
    assert_eq!(
        page.card.status, "needs-info",
        "the answer says where it stands"
    );
    assert_eq!(said(&page), [(false, "Đoạn nào ạ?")], "only answers come");
    assert_eq!(
        steps(&page),
        ["accepted", "delivered", "opened"],
        "the agency's word proves the way; where it was saved nobody can"
    );
    assert_eq!(page.actions.first().map(String::as_str), Some("reply"));
    new.engine
        .reply(&id, "Từ suối lên bản.", &[], "r")
        .await
        .unwrap();
    new.engine.sync().await.unwrap();
    let more = server.world(|world| {
        let mut all = world.opened().into_iter();
        all.find(|opened| opened.letter.text == "Từ suối lên bản.")
    });
    let more = more.expect("it arrived");
    assert_eq!(
        more.letter.sign, letter.letter.sign,
        "signed as the question was: the officer sees one person"
    );
    server.world(|world| world.answer(&more, ReplyVerb::Answered, "Tháng sau."));
    for phone in [&old, &new] {
        phone.engine.sync().await.unwrap();
        let page = phone.engine.conversation(&id).await.unwrap();
        assert_eq!(page.card.status, "answered", "two phones share one mailbox");
        let last = page.messages.last().map(|m| m.text.as_str());
        assert_eq!(last, Some("Tháng sau."), "and read the same answer");
    }
}

#[tokio::test]
async fn what_is_no_code_is_told_at_the_field_and_what_is_here_stays() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    let id = mai
        .engine
        .ask(&question("Còn bao nhiêu?"), "a")
        .await
        .unwrap();
    let code_here = mai.engine.conversation(&id).await.unwrap().claim_code;
    let swapped = match code_here.starts_with('Z') {
        true => code_here.replacen('Z', "Y", 1),
        false => format!("Z{}", &code_here[1..]),
    };
    for (typed, why, number) in [
        ("", Code::Empty, None),
        (" - ", Code::Empty, None),
        ("ABCD-EFGH", Code::ClaimLength, Some(8)),
        (&format!("{code_here}-AAAA"), Code::ClaimLength, Some(60)),
        (&swapped, Code::ClaimMisread, None),
        (&code_here.replace('-', "đ"), Code::ClaimMisread, None),
    ] {
        let told = refused(mai.engine.claim(typed).await);
        assert_eq!(told.field.as_deref(), Some("code"), "{typed:?}");
        assert_eq!((told.code, told.number), (why, number), "{typed:?}");
    }
    assert_eq!(mai.engine.claim(&code_here).await.unwrap(), id);
    let page = mai.engine.conversation(&id).await.unwrap();
    assert!(!page.card.claimed, "her own question stays her own");
    assert_eq!(page.messages.len(), 1, "with its words");
    let nobody = Phone::new().await;
    assert_eq!(
        code(nobody.engine.claim(&code_here).await),
        Code::NotFound,
        "a phone that follows nothing knows nobody to ask"
    );
    let link = server.link();
    nobody.engine.follow(&link, &place(COMMUNE)).await.unwrap();
    nobody.engine.claim(&code_here).await.unwrap();
}

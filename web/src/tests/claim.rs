//! A code on paper brings a conversation to another browser.

use bantin_model::letter::ReplyVerb;
use bantin_wire::Code;
use bantin_wire::ipc::conversation::{
    ConversationAsk, ConversationClaim, ConversationList, ConversationRead, ConversationReply,
    Question,
};

use super::hub::Weather;
use super::tab::Browser;

#[test]
fn mai_types_her_code_at_a_neighbours_and_both_read_the_answer() {
    let home = Browser::new();
    let away = home.another();
    let mai = home.tab();
    mai.follow();
    let question = Question {
        topic: "policy".into(),
        text: "Khi nào sửa đường?".into(),
        ..Question::default()
    };
    let once = "a1".into();
    let id = mai.run(&ConversationAsk { question, once }).unwrap();
    mai.sync().unwrap();
    let read = ConversationRead { id: id.clone() };
    let paper = mai.run(&read).unwrap().claim_code;

    let tab = away.tab();
    tab.follow();
    away.hub.borrow_mut().weather = Weather::Cut;
    let misread = ConversationClaim {
        code: paper.replacen(paper.chars().next().unwrap(), "đ", 1),
    };
    let told = tab.run(&misread).unwrap_err();
    assert_eq!(told.code, Code::ClaimMisread);
    assert_eq!(told.field.as_deref(), Some("code"), "at the field");
    let code = paper.replace('-', "").to_lowercase();
    let claim = ConversationClaim { code };
    assert_eq!(tab.run(&claim), Ok(id.clone()), "no network is needed");
    assert_eq!(tab.run(&claim), Ok(id.clone()), "twice is once");
    let card = tab.run(&ConversationList {}).unwrap().remove(0);
    assert_eq!((card.status.as_str(), card.claimed), ("unknown", true));
    drop(tab);

    away.hub.borrow_mut().weather = Weather::Fine;
    away.hub
        .borrow_mut()
        .reply(ReplyVerb::NeedsInfo, "Đoạn nào ạ?");
    let tab = away.tab();
    tab.sync().unwrap();
    let page = tab.run(&read).unwrap();
    assert_eq!(page.card.status, "needs-info", "the code outlives the tab");
    assert_eq!(page.messages.len(), 1, "the question itself stays at home");
    let reply = ConversationReply {
        id,
        text: "Từ suối lên bản.".into(),
        photos: vec![],
        once: "b1".into(),
    };
    tab.run(&reply).unwrap();
    tab.sync().unwrap();
    away.hub
        .borrow_mut()
        .reply(ReplyVerb::Answered, "Tháng sau.");
    for tab in [tab, mai] {
        tab.sync().unwrap();
        let page = tab.run(&read).unwrap();
        assert_eq!(page.card.status, "answered", "one mailbox, two devices");
        let last = page.messages.last().map(|m| m.text.clone());
        assert_eq!(last.as_deref(), Some("Tháng sau."));
    }
}

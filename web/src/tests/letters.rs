//! Mai asks with a photo while there is no network, closes the tab, is answered, and ends it.

use bantin_model::letter::ReplyVerb;
use bantin_wire::Code;
use bantin_wire::ipc::conversation::{
    ConversationAsk, ConversationClose, ConversationList, ConversationPage, ConversationRate,
    ConversationRead, ConversationReply, Question,
};
use bantin_wire::ipc::media::{PHOTO_ADD, PHOTO_GET, PhotoAdded};
use bantin_wire::ipc::product::{ProductForm, ProductSubmit};

use super::hub::Weather;
use super::tab::{Browser, Tab};
use crate::engine::Answer;
use crate::host::Table;

fn photo(tab: &Tab) -> String {
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([90, 140, 60]));
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    match tab.raw(PHOTO_ADD, "{}", Some(png.into_inner())).unwrap() {
        Answer::Json(text) => serde_json::from_str::<PhotoAdded>(&text).unwrap().token,
        Answer::Bytes(_) => panic!("adding a photo answers with its name"),
    }
}

fn ask(tab: &Tab, text: &str, photos: Vec<String>, once: &str) -> Result<String, Code> {
    let question = Question {
        topic: "policy".into(),
        text: text.into(),
        photos,
        ..Question::default()
    };
    let once = once.to_owned();
    tab.run(&ConversationAsk { question, once })
        .map_err(|failure| failure.code)
}

fn page(tab: &Tab, id: &str) -> ConversationPage {
    tab.run(&ConversationRead { id: id.into() }).unwrap()
}

fn lit(page: &ConversationPage) -> Vec<&str> {
    let lit = page.stones.iter().filter(|stone| stone.at.is_some());
    lit.map(|stone| stone.step.as_str()).collect()
}

#[test]
fn a_question_with_a_photo_survives_the_tab_and_is_answered() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    browser.hub.borrow_mut().weather = Weather::Cut;
    let token = photo(&tab);
    let id = ask(&tab, "Khi nào sửa đường?", vec![token.clone()], "a1").unwrap();
    assert_eq!(
        ask(&tab, "Khi nào sửa đường?", vec![token.clone()], "a1"),
        Ok(id.clone()),
        "a double tap asks once"
    );
    let saved = page(&tab, &id);
    assert_eq!(lit(&saved), ["saved"], "only what is proven");
    assert_eq!(saved.card.status, "saved");
    assert!(saved.messages[0].waiting, "it says that it waits");
    tab.sync().unwrap_err();
    drop(tab);

    let tab = browser.tab();
    assert_eq!(
        tab.status().letters_waiting,
        1,
        "a closed tab loses nothing"
    );
    browser.hub.borrow_mut().weather = Weather::Fine;
    assert_eq!(tab.sync().unwrap().letters_accepted, 1, "now it leaves");
    let accepted = page(&tab, &id);
    assert_eq!(
        lit(&accepted),
        ["saved", "accepted"],
        "the hub's receipt lights one stone"
    );
    assert_eq!(browser.hub.borrow().letters.len(), 1, "one letter arrived");
    assert_eq!(browser.hub.borrow().attachments.len(), 1, "with its photo");
    let args = format!("{{\"token\":\"{token}\"}}");
    let Answer::Bytes(jpeg) = tab.raw(PHOTO_GET, &args, None).unwrap() else {
        panic!("a photo is bytes");
    };
    assert!(
        jpeg.starts_with(&[0xff, 0xd8]),
        "the photo stays readable here, as JPEG"
    );

    browser
        .hub
        .borrow_mut()
        .reply(ReplyVerb::NeedsInfo, "Đoạn nào ạ?");
    tab.sync().unwrap();
    assert_eq!(tab.status().answers_unread, 1, "somebody wrote");
    assert_eq!(page(&tab, &id).card.status, "needs-info");
    assert_eq!(tab.status().answers_unread, 0, "reading it reads it");
    detail_answer_rate_and_close(&browser, &tab, &id);
}

fn detail_answer_rate_and_close(browser: &Browser, tab: &Tab, id: &str) {
    assert_eq!(
        browser.count(Table::Attachments),
        1,
        "the photo can be sent again while anybody may ask for it"
    );
    tab.run(&ConversationReply {
        id: id.into(),
        text: "Từ suối lên bản.".into(),
        photos: vec![],
        once: "a2".into(),
    })
    .unwrap();
    tab.sync().unwrap();
    assert_eq!(
        page(tab, id).card.status,
        "working",
        "the office has what it needs"
    );
    let answer = "Tháng sau sửa.";
    browser.hub.borrow_mut().reply(ReplyVerb::Answered, answer);
    tab.sync().unwrap();
    let answered = page(tab, id);
    assert_eq!(
        answered.card.step, "answered",
        "an answer to her second letter answers the question"
    );
    assert_eq!(answered.actions, ["rate", "close", "reopen"]);
    let said: Vec<&str> = answered.messages.iter().map(|m| m.verb.as_str()).collect();
    assert_eq!(
        said,
        ["question", "needs-info", "reply", "answered"],
        "in the order she lived through it"
    );
    let rate = ConversationRate {
        id: id.into(),
        rating: 5,
        text: String::new(),
        once: "a3".into(),
    };
    tab.run(&rate).unwrap();
    let again = ConversationRate {
        once: "a4".into(),
        ..rate
    };
    assert_eq!(
        tab.run(&again).unwrap_err().code,
        Code::WrongState,
        "one answer is rated once"
    );
    tab.run(&ConversationClose {
        id: id.into(),
        once: "a5".into(),
    })
    .unwrap();
    tab.sync().unwrap();
    let closed = page(tab, id);
    assert_eq!(closed.card.status, "closed");
    assert_eq!(
        closed.actions,
        ["reopen"],
        "what is closed can be opened again"
    );
    assert_eq!(
        browser.hub.borrow().letters.len(),
        4,
        "each letter had one effect"
    );
    assert_eq!(
        browser.count(Table::Attachments),
        0,
        "what has done its work takes no room"
    );
}

#[test]
fn two_tabs_write_into_one_outbox_and_nothing_is_doubled() {
    let browser = Browser::new();
    let (one, two) = (browser.tab(), browser.tab());
    one.follow();
    let id = ask(&two, "Hỏi từ tab hai", vec![], "b1").unwrap();
    assert_eq!(
        ask(&one, "Hỏi từ tab hai", vec![], "b1"),
        Ok(id),
        "the same act from another tab"
    );
    ask(&one, "Hỏi từ tab một", vec![], "b2").unwrap();
    one.sync().unwrap();
    two.sync().unwrap();
    assert_eq!(
        browser.hub.borrow().letters.len(),
        2,
        "two questions, two letters"
    );
    assert_eq!(
        two.run(&ConversationList {}).unwrap().len(),
        2,
        "both tabs see both"
    );
    assert_eq!(two.status().letters_waiting, 0);
}

#[test]
fn a_refused_form_seals_nothing_and_a_product_goes_with_its_photos() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    assert_eq!(
        ask(&tab, "  ", vec![], "c1"),
        Err(Code::Empty),
        "words or a photo"
    );
    let long = "ệ".repeat(20_001);
    assert_eq!(ask(&tab, &long, vec![], "c2"), Err(Code::TooLong));
    assert_eq!(
        ask(&tab, "Ảnh đâu", vec!["khong-co".into()], "c3"),
        Err(Code::NotFound)
    );
    assert_eq!(browser.count(Table::Letters), 0, "nothing was kept");
    let form = ProductForm {
        name: "Rượu cần Thu".into(),
        group: "drinks".into(),
        maker: "Hộ bà Thu".into(),
        certificate_number: "OCOP-12".into(),
        photos: vec![photo(&tab), photo(&tab)],
        ..ProductForm::default()
    };
    let unnamed = ProductForm {
        name: String::new(),
        ..form.clone()
    };
    let failure = tab
        .run(&ProductSubmit {
            form: unnamed,
            once: "c4".into(),
        })
        .unwrap_err();
    assert_eq!(
        (failure.code, failure.field.as_deref()),
        (Code::Empty, Some("name"))
    );
    let id = tab
        .run(&ProductSubmit {
            form,
            once: "c5".into(),
        })
        .unwrap();
    tab.sync().unwrap();
    let page = page(&tab, &id);
    assert_eq!(
        (page.card.kind.as_str(), page.card.title.as_str()),
        ("product", "Rượu cần Thu")
    );
    let hub = browser.hub.borrow();
    let letter = &hub.letters.last().unwrap().letter;
    assert_eq!(letter.attachments.len(), 2, "one attachment a photo");
    assert_eq!(
        letter
            .product
            .as_ref()
            .unwrap()
            .certificate
            .as_ref()
            .unwrap()
            .number,
        "OCOP-12"
    );
}

#[test]
fn a_letter_to_a_key_that_is_gone_is_sealed_again_and_arrives() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    let id = ask(&tab, "Hỏi trước khi đổi khoá", vec![photo(&tab)], "d1").unwrap();
    browser.hub.borrow_mut().change_key();
    tab.sync().unwrap_err();
    assert_eq!(lit(&page(&tab, &id)), ["saved"], "a refusal lights nothing");
    assert_eq!(tab.status().letters_waiting, 1, "and loses nothing");
    assert_eq!(
        tab.sync().unwrap().letters_accepted,
        1,
        "to the new key it arrives"
    );
    let hub = browser.hub.borrow();
    assert_eq!(
        hub.letters[0].letter.text, "Hỏi trước khi đổi khoá",
        "the same words"
    );
    drop(hub);
    assert_eq!(lit(&page(&tab, &id)), ["saved", "accepted"]);
    assert_eq!(browser.count(Table::Letters), 1, "one letter, not two");
}

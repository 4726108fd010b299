//! A full disk, a sign-in page, another root, a forgotten device.

use bantin_model::sign::SecretKey;
use bantin_wire::Code;
use bantin_wire::ipc::conversation::{ConversationAsk, ConversationList, Question};
use bantin_wire::ipc::device::{DeviceForget, DraftGet, DraftSet};
use bantin_wire::ipc::place::{PlaceFollow, PlacesOffered};

use super::country::place;
use super::hub::{COMMUNE, Hub, Weather};
use super::tab::Browser;

fn question(text: &str, once: &str) -> ConversationAsk {
    ConversationAsk {
        question: Question {
            text: text.into(),
            ..Question::default()
        },
        once: once.into(),
    }
}

#[test]
fn a_full_disk_never_says_saved_and_keeps_the_old() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    tab.run(&question("Câu thứ nhất", "a")).unwrap();
    browser.full.set(true);
    let failure = tab.run(&question("Câu thứ hai", "b")).unwrap_err();
    assert_eq!(failure.code, Code::DiskFull, "said as it is");
    assert_eq!(
        tab.run(&ConversationList {}).unwrap().len(),
        1,
        "and no half letter"
    );
    browser.full.set(false);
    let strict = browser.strict.get();
    tab.run(&question("Câu thứ hai", "b")).unwrap();
    assert_eq!(
        browser.strict.get(),
        strict + 1,
        "one durable commit for one letter"
    );
    assert_eq!(tab.run(&ConversationList {}).unwrap().len(), 2);
}

#[test]
fn a_sign_in_page_is_no_hub() {
    let browser = Browser::new();
    let tab = browser.tab();
    browser.hub.borrow_mut().weather = Weather::Portal;
    let link = String::new();
    let failure = tab.run(&PlacesOffered { link }).unwrap_err();
    assert_eq!(failure.code, Code::NotAHub);
    browser.hub.borrow_mut().weather = Weather::Fine;
    tab.follow();
    browser.hub.borrow_mut().weather = Weather::Portal;
    assert_eq!(tab.sync().unwrap_err().code, Code::NotAHub, "nor later");
}

#[test]
fn another_root_is_refused_once_one_is_pinned() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    let mut other = Hub::new();
    other.country.root.keys = vec![SecretKey::from_seed([9; 32]).public()];
    *browser.hub.borrow_mut() = other;
    let (link, place) = (String::new(), place(COMMUNE));
    let failure = tab.run(&PlaceFollow { link, place }).unwrap_err();
    assert_eq!(failure.code, Code::RootMismatch);
    let link = format!("http://hub#root={}", "00".repeat(32));
    let failure = tab.run(&PlacesOffered { link }).unwrap_err();
    assert_eq!(
        failure.code,
        Code::RootMismatch,
        "a link's root must be the hub's"
    );
}

#[test]
fn a_forgotten_device_holds_nothing() {
    let browser = Browser::new();
    let tab = browser.tab();
    tab.follow();
    tab.run(&question("Câu riêng", "a")).unwrap();
    let (key, text) = ("ask".to_owned(), "đang viết dở".to_owned());
    tab.run(&DraftSet {
        key: key.clone(),
        text: text.clone(),
    })
    .unwrap();
    assert_eq!(
        browser.tab().run(&DraftGet { key }).unwrap(),
        Some(text),
        "a draft survives its tab"
    );
    tab.run(&DeviceForget {}).unwrap();
    assert!(browser.rows.borrow().is_empty(), "not one row is left");
    assert!(tab.status().place.is_none(), "as on the first day");
    assert!(tab.run(&ConversationList {}).unwrap().is_empty());
}

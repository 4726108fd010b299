//! The story in the real window of the desktop app, where the network comes and goes.

mod share;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use bantin_tests::browser::{Session, photograph_screen, window};
use bantin_tests::hub::PLACE;
use bantin_tests::photo;
use bantin_tests::programs::artifacts;
use bantin_tests::words::words;

use crate::screen::citizen;
use crate::village::{NOTICE_TITLE, Village, write_notice};

const QUESTION: &str = "Nhà tôi có ba sào lúa. Có được hỗ trợ cây giống không?";
const MORE: &str = "Ruộng ở thôn nào?";
const DETAIL: &str = "Thôn Bình Đức, gần suối.";
const ANSWER: &str = "Có. Mời chị đến bộ phận một cửa.";
const PRODUCT: &str = "Rượu cần nhà Thu";

/// There is one screen, and its pictures must show one window.
static SCREEN: Mutex<()> = Mutex::new(());

#[test]
fn mai_reads_asks_and_is_answered_while_the_network_comes_and_goes() {
    let _screen = SCREEN.lock().unwrap_or_else(PoisonError::into_inner);
    let village = Village::new();
    let hanh = village.hanh();
    hanh.publish(&write_notice(village.hub.beside()));
    let data = tempfile::tempdir().expect("a folder for Mai's data");
    {
        let mai = opens(&village, data.path());
        citizen::starts_where_she_is(&mai, photographs);
        goes_everywhere(&mai);
        citizen::goes_to(&mai, "nav-news");
        citizen::syncs_until_read(&mai, NOTICE_TITLE);
    }
    village.network.cut();
    let mai = opens(&village, data.path());
    citizen::is_open(&mai);
    mai.read(&words("home-listen"));
    citizen::finds(&mai, "ho tro cay giong", NOTICE_TITLE, photographs);
    photographs("reader");
    citizen::listens(&mai);
    let photo = photo::take(village.hub.beside(), "ruong-lua.jpg", "ruong.jpg");
    citizen::writes_a_question(&mai, QUESTION, &photo, photographs);
    mai.press(&words("send"));
    mai.find(".stones");
    mai.read(&words("talk-waits"));
    assert_eq!(
        citizen::lit(&mai),
        1,
        "without a network only *saved* is proven"
    );
    photographs("thread-saved");
    village.network.mend();
    citizen::waits_for_steps(&mai, 3);
    let id = hanh.queue().first().expect("the letter arrived").id.clone();
    assert_eq!(
        hanh.opens(&id).messages[0].attachments.len(),
        1,
        "with its photo"
    );
    hanh.says(&id, "needs-info", MORE, "more");
    citizen::syncs_until_read(&mai, MORE);
    mai.find("#reply-text").write(DETAIL);
    mai.press(&words("reply-send"));
    citizen::syncs_until_read(&mai, DETAIL);
    hanh.opens_with(&id, 2);
    hanh.says(&id, "answered", ANSWER, "answer");
    citizen::syncs_until_read(&mai, ANSWER);
    citizen::waits_for_steps(&mai, 5);
    photographs("thread-answered");
    citizen::rates_and_closes(&mai);
    photographs("thread-closed");
    assert_eq!(
        hanh.queue().len(),
        1,
        "one question, however often it was tried"
    );
}

#[test]
fn thu_shows_her_product_and_mai_sees_it() {
    let _screen = SCREEN.lock().unwrap_or_else(PoisonError::into_inner);
    let village = Village::new();
    let hanh = village.hanh();
    let data = tempfile::tempdir().expect("a folder for Thu's data");
    let thu = opens(&village, data.path());
    citizen::starts_where_she_is(&thu, |_| {});
    let photos = ["ruou-can.jpg", "uong-ruou-can.jpg"];
    let photos = photos.map(|p| photo::take(village.hub.beside(), p, p));
    let photos: Vec<_> = photos.iter().map(|p| p.as_path()).collect();
    citizen::offers_a_product(&thu, PRODUCT, &photos, photographs);
    citizen::waits_for_steps(&thu, 3);
    let id = hanh
        .queue()
        .first()
        .expect("the product arrived")
        .id
        .clone();
    hanh.publishes_product(&id);
    citizen::syncs(&thu);
    citizen::goes_to(&thu, "nav-market");
    citizen::syncs_until_read(&thu, PRODUCT);
    photographs("market");
}

/// Opens the app as it is opened from a desktop.
fn opens(village: &Village, data: &Path) -> Session {
    let mai = window(data, &format!("{} {PLACE}", village.link()));
    citizen::is_open(&mai);
    mai
}

/// Every destination once.
fn goes_everywhere(mai: &Session) {
    for key in ["nav-news", "nav-market", "nav-ask", "nav-me", "nav-home"] {
        citizen::goes_to(mai, key);
        mai.look_for_faults(key);
        photographs(key);
    }
}

/// A picture of the whole screen: this driver cannot take one of the page.
fn photographs(name: &str) {
    photograph_screen(&artifacts("screens").join(format!("window-{name}.png")));
}

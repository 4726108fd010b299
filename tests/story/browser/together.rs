//! The whole story in two browsers: Mai's and Thu's phones, and Hạnh's desk.

use bantin_tests::photo;
use bantin_tests::words::words;

use super::Browser;
use crate::screen::{citizen, desk};
use crate::village::Village;

const TITLE: &str = "Hỗ trợ phân bón cho hộ trồng lúa (bài thử)";
const QUESTION: &str = "Nhà tôi ba sào, được mấy bao?";
const MORE: &str = "Ruộng ở thôn nào?";
const DETAIL: &str = "Thôn Bình Đức.";
const ANSWER: &str = "Chị đến bộ phận một cửa sáng thứ hai nhé.";
const PRODUCT: &str = "Rượu cần nhà Thu";

#[test]
fn hanh_publishes_mai_asks_and_is_answered_thu_shows_her_product() {
    let village = Village::new();
    let office = Browser::desktop();
    let desk = &office.screen;
    desk.open(&format!("http://{}", village.serving().desk));
    desk::signs_in(desk, |name| desk.look_in_all(&format!("desk-{name}")));
    desk::publishes(desk, TITLE, |name| desk.look(&format!("desk-{name}")));

    let phone = Browser::phone();
    let mai = &phone.screen;
    mai.open(&village.network.url());
    citizen::starts(mai, |name| mai.look_in_all(&format!("web-{name}")));
    mai.look_in_all("web-home");
    looks_around(mai);
    citizen::finds(mai, "ho tro phan bon", TITLE, |name| {
        mai.look_in_all(&format!("web-{name}"))
    });
    mai.look_in_all("web-reader");
    let photo = photo::take(village.hub.beside(), "ruong-lua.jpg", "ruong.jpg");
    citizen::writes_a_question(mai, QUESTION, &photo, |n| {
        mai.look_in_all(&format!("web-{n}"))
    });
    mai.press(&words("send"));
    mai.find(".stones");
    citizen::waits_for_steps(mai, 3);
    mai.look_in_all("web-thread-delivered");

    desk::opens(desk, QUESTION, |name| {
        desk.look_in_all(&format!("desk-{name}"))
    });
    desk::says(desk, "desk-verb-ask", MORE, "desk-sent-ask");
    citizen::syncs(mai);
    mai.read(MORE);
    mai.find("#reply-text").write(DETAIL);
    mai.press(&words("reply-send"));
    desk::opens(desk, QUESTION, |_| {});
    desk.read(DETAIL);
    desk::says(desk, "desk-verb-answer", ANSWER, "desk-sent-answer");
    citizen::waits_for_steps(mai, 5);
    mai.read(ANSWER);
    mai.look_in_all("web-thread-answered");
    citizen::rates_and_closes(mai);
    mai.look_in_all("web-thread-closed");

    let photos = ["ruou-can.jpg", "uong-ruou-can.jpg"];
    let photos = photos.map(|p| photo::take(village.hub.beside(), p, p));
    let photos: Vec<_> = photos.iter().map(|p| p.as_path()).collect();
    citizen::offers_a_product(mai, PRODUCT, &photos, |name| {
        mai.look(&format!("web-{name}"))
    });
    citizen::waits_for_steps(mai, 3);
    desk::publishes_product(desk, PRODUCT, |name| {
        desk.look_in_all(&format!("desk-{name}"))
    });
    citizen::syncs(mai);
    citizen::goes_to(mai, "nav-market");
    mai.read(PRODUCT);
    mai.look_in_all("web-market");
    mai.press(PRODUCT);
    mai.read(&words("product-story"));
    mai.look_in_all("web-product");
    phone.has_no_errors(&[]);
    // Nobody is signed in at first, and one password was wrong.
    office.has_no_errors(&["401 (Unauthorized)"]);
}

/// Every destination once.
fn looks_around(mai: &bantin_tests::browser::Session) {
    for key in ["nav-news", "nav-market", "nav-ask", "nav-me", "nav-home"] {
        citizen::goes_to(mai, key);
        mai.look(&format!("web-{key}"));
    }
}

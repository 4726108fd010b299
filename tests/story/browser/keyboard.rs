//! Hạnh's hands stay on the keys: from signing in to the answer.

use bantin_tests::wait::until_true;
use bantin_tests::words::words;

use super::Browser;
use crate::screen::desk;
use crate::village::{Village, write_notice};
use bantin_tests::hub::{HANH, HANH_PASSWORD};

const QUESTION: &str = "Bao giờ sửa đường vào thôn?";
const ANSWER: &str = "Tháng sau, sau vụ gặt.";

/// Keys as WebDriver names them.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const CONTROL_ENTER: &str = "\u{e009}\u{e007}\u{e000}";
const ESCAPE: &str = "\u{e00c}";

#[test]
fn hanh_answers_without_a_mouse() {
    let village = Village::new();
    village.hanh().publish(&write_notice(village.hub.beside()));
    let mai = village.phone("Mai");
    mai.sync();
    let asked = mai.ask(QUESTION, &[]);
    mai.sync();
    village.hanh().awaits(&asked);

    let office = Browser::desktop();
    let screen = &office.screen;
    screen.open(&format!("http://{}", village.serving().desk));
    screen.read(&words("desk-sign-in-lead"));
    screen.type_keys(&format!("{HANH}{TAB}{HANH_PASSWORD}{ENTER}"));
    screen.read(QUESTION);
    screen.type_keys("?");
    screen.read(&words("desk-key-search"));
    screen.look("desk-keys");
    screen.type_keys(ESCAPE);
    until_true("the list of keys to close", || !screen.has("dialog[open]"));
    screen.type_keys("j");
    screen.type_keys(ENTER);
    screen.find("#reply-text");
    screen.type_keys("r");
    until_true("the keys to reach the reply", || {
        screen.has("#reply-text:focus")
    });
    screen.type_keys(&format!("{ANSWER}{CONTROL_ENTER}"));
    screen.read(&words("desk-sent-answer"));
    for (digit, key) in [
        ("2", "desk-drafts-none"),
        ("3", "desk-correct"),
        ("1", "desk-search"),
    ] {
        screen.type_keys(ESCAPE);
        screen.type_keys(digit);
        until_true("the section to open", || {
            screen.text().contains(&words(key))
                || screen.has(&format!("[placeholder=\"{}\"]", words(key)))
        });
    }
    desk::goes_to(screen, "desk-nav-queue");
    mai.sync();
    let talk = mai.conversation(&asked).to_string();
    assert!(talk.contains(ANSWER), "Mai has the answer: {talk}");
}

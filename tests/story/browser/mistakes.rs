//! What people get wrong, and what bad people try: told at the field, nothing lost, nobody hurt.

use bantin_tests::photo;
use bantin_tests::wait::{until, until_true};
use bantin_tests::words::words;
use serde_json::json;

use super::Browser;
use crate::screen::{citizen, desk};
use crate::village::{NOTICE_TITLE, Village, write_notice};

/// Markup, a word from right to left, and a letter with marks piled on it.
const HOSTILE: &str = "<script>document.title='x'</script><b>đậm</b> \u{202e}ngược\u{202c} h\u{301}\u{302}\u{303}\u{323}o\u{301}\u{302}";

#[test]
fn mistakes_are_told_at_the_field_and_what_was_written_stays() {
    let village = Village::new();
    village.hanh().publish(&write_notice(village.hub.beside()));
    let phone = Browser::phone();
    let mai = &phone.screen;
    mai.open(&village.network.url());
    citizen::starts(mai, |_| {});
    citizen::finds(mai, "cay giong", NOTICE_TITLE, |_| {});
    mai.press(&words("reader-ask"));
    mai.read(&words("question-say"));
    mai.press(&words("next"));
    mai.read(&words("question-empty"));
    mai.look_in_all("web-question-empty");
    mai.find("#question-text").write("Viết rồi");
    until_true("the complaint to go with its reason", || {
        !mai.text().contains(&words("question-empty"))
    });
    for (name, bytes, words_key) in [
        ("giay.jpg", photo::pdf(), "error-media-kind"),
        ("anh.jpg", photo::heic(), "error-media-heic"),
        ("rong.png", photo::huge_png(), "error-media-too-many-pixels"),
    ] {
        let file = photo::file(village.hub.beside(), name, &bytes);
        let file = file.to_str().expect("a path of ours");
        mai.find("#question-photos").write(file);
        mai.read(&words(words_key));
        mai.look(&format!("web-photo-{name}"));
    }
    let kept = mai.find("#question-text").property("value");
    assert_eq!(kept, "Viết rồi", "a bad photo costs no word");
    phone.has_no_errors(&[]);
}

#[test]
fn a_hostile_letter_is_text_wherever_it_is_shown_and_a_double_tap_sends_it_once() {
    let village = Village::new();
    village.hanh().publish(&write_notice(village.hub.beside()));
    let phone = Browser::phone();
    let mai = &phone.screen;
    mai.open(&village.network.url());
    citizen::starts(mai, |_| {});
    citizen::finds(mai, "cay giong", NOTICE_TITLE, |_| {});
    mai.press(&words("reader-ask"));
    mai.read(&words("question-say"));
    mai.find("#question-text").choose(HOSTILE);
    mai.press(&words("next"));
    mai.read(&words("question-look"));
    let send = mai.find(".wizard-acts .button-main");
    mai.script(
        "arguments[0].click(); arguments[0].click(); arguments[0].click();",
        &json!([send.as_argument()]),
    );
    mai.find(".stones");
    citizen::waits_for_steps(mai, 3);
    mai.look("web-thread-hostile");
    let queue = village.hanh().queue();
    assert_eq!(queue.len(), 1, "three taps, one letter");
    let thread = village.hanh().opens(&queue[0].id);
    assert_eq!(thread.messages[0].text, HOSTILE, "word for word");

    let office = Browser::desktop();
    office
        .screen
        .open(&format!("http://{}", village.serving().desk));
    desk::signs_in_among(&office.screen, "<script>");
    office.screen.press_inside("<script>", Some(".row"));
    office.screen.find("#reply-text");
    office.screen.read("<b>đậm</b>");
    office.screen.look("desk-thread-hostile");
    for screen in [&office.screen, mai] {
        until("the title to be the page's own", || {
            (screen.script("return document.title", &json!([])) != "x").then_some(())
        });
        assert!(!screen.has("main b, main script"), "markup stays text");
    }
    phone.has_no_errors(&[]);
    office.has_no_errors(&["401 (Unauthorized)"]);
}

#[test]
fn who_guesses_passwords_must_wait_and_the_name_stays() {
    let village = Village::new();
    let office = Browser::desktop();
    let screen = &office.screen;
    screen.open(&format!("http://{}", village.serving().desk));
    screen.read(&words("desk-sign-in-lead"));
    screen.find("#login").write(bantin_tests::hub::HANH);
    until("the hub to ask for patience", || {
        screen.find("#password").rewrite("sai");
        screen.find("form button[type=submit]").click();
        screen
            .text()
            .contains(&words("desk-sign-in-wait"))
            .then_some(())
    });
    screen.look("desk-sign-in-wait");
    assert_eq!(
        screen.find("#login").property("value"),
        bantin_tests::hub::HANH,
        "the name stays"
    );
}

//! A closed tab loses nothing: the letter is in the browser's own database before *saved* is said.

use bantin_tests::photo;
use bantin_tests::wait::until;
use bantin_tests::words::words;
use serde_json::json;

use super::Browser;
use crate::screen::citizen;
use crate::village::{NOTICE_TITLE, Village, write_notice};

const QUESTION: &str = "Đóng thẻ rồi thì thư còn không?";

#[test]
fn a_letter_that_waits_leaves_after_the_tab_was_closed_and_opened_again() {
    let village = Village::new();
    village.hanh().publish(&write_notice(village.hub.beside()));
    let mai = Browser::phone();
    let page = village.network.url();
    mai.screen.open(&page);
    citizen::starts(&mai.screen, |_| {});
    citizen::finds(&mai.screen, "cay giong", NOTICE_TITLE, |_| {});
    let photo = photo::take(village.hub.beside(), "ruong-lua.jpg", "ruong.jpg");
    citizen::writes_a_question(&mai.screen, QUESTION, &photo, |_| {});
    village.network.cut();
    mai.screen.press(&words("send"));
    mai.screen.find(".stones");
    mai.screen.read(&words("talk-waits"));
    assert_eq!(citizen::lit(&mai.screen), 1, "only *saved* is proven");
    mai.screen.look("web-waiting");
    mai.screen.lose_tab();
    village.network.mend();
    mai.screen.open(&page);
    citizen::is_open(&mai.screen);
    citizen::opens_her_question(&mai.screen, QUESTION);
    citizen::waits_for_steps(&mai.screen, 3);
    let hanh = village.hanh();
    let row = hanh
        .queue()
        .into_iter()
        .find(|row| row.title.contains("Đóng thẻ"));
    let thread = hanh.opens(&row.expect("the letter left").id);
    assert_eq!(thread.messages.len(), 1, "once");
    assert_eq!(thread.messages[0].text, QUESTION, "word for word");
    assert_eq!(thread.messages[0].attachments.len(), 1, "with its photo");
    mai.has_no_errors(&["net::ERR"]);
}

#[test]
fn a_half_written_question_is_there_again() {
    let village = Village::new();
    village.hanh().publish(&write_notice(village.hub.beside()));
    let mai = Browser::phone();
    mai.screen.open(&village.network.url());
    citizen::starts(&mai.screen, |_| {});
    citizen::finds(&mai.screen, "cay giong", NOTICE_TITLE, |_| {});
    let photo = photo::take(village.hub.beside(), "ruong-lua.jpg", "ruong.jpg");
    citizen::writes_a_question(&mai.screen, QUESTION, &photo, |_| {});
    let address = mai.screen.address();
    mai.screen.lose_tab();
    mai.screen.open(&address);
    // Where she was when the tab went may be kept or not yet; her words are.
    until("the words to be there again", || {
        let field = "return document.querySelector('#question-text')?.value || ''";
        let written = mai.screen.script(field, &json!([])) == QUESTION;
        if written {
            mai.screen.press(&words("next"));
        }
        (written || mai.screen.text().contains(QUESTION)).then_some(())
    });
    mai.screen.read(QUESTION);
    mai.screen.press(&words("send"));
    mai.screen.find(".stones");
    citizen::waits_for_steps(&mai.screen, 3);
    assert_eq!(
        village.hanh().queue().len(),
        1,
        "what was kept is what was sent"
    );
}

//! Mai's phone is lost; the code on her sheet of paper brings the answer to another one.

use bantin_tests::wait::until_true;
use bantin_tests::words::words;
use serde_json::json;

use super::Browser;
use crate::screen::citizen;
use crate::village::{NOTICE_TITLE, Village, write_notice};

const QUESTION: &str = "Nhà tôi ba sào, được mấy bao?";
const MORE: &str = "Ruộng ở thôn nào?";
const DETAIL: &str = "Thôn Bình Đức.";
const ANSWER: &str = "Chị đến bộ phận một cửa sáng thứ hai nhé.";

#[test]
fn a_code_on_paper_brings_the_answer_to_another_phone() {
    let village = Village::new();
    let hanh = village.hanh();
    hanh.publish(&write_notice(village.hub.beside()));
    let lost = Browser::phone();
    let paper = asks_and_keeps_the_code(&village, &lost);
    let id = hanh.queue().first().expect("it arrived").id.clone();
    hanh.says(&id, "needs-info", MORE, "more");

    let other = Browser::phone();
    let mai = &other.screen;
    mai.open(&village.network.url());
    citizen::starts(mai, |_| {});
    citizen::syncs_until_read(mai, &words("home-listen"));
    citizen::goes_to(mai, "nav-ask");
    mai.press(&words("claimed"));
    mai.look_in_all("web-claim");
    mistypes(&other, &paper);

    // The network is gone just when the code is right: it is kept, and works when the network is back.
    village.network.cut();
    mai.find("#claim-code")
        .rewrite(&paper.replace('-', " ").to_lowercase());
    mai.press(&words("claimed-do"));
    mai.read(&words("claimed-none"));
    mai.look_in_all("web-claim-waits");
    village.network.mend();
    citizen::syncs_until_read(mai, MORE);
    mai.look_in_all("web-claimed");
    assert!(
        !mai.text().contains(QUESTION),
        "nobody kept what she had written"
    );
    mai.find("#reply-text").write(DETAIL);
    mai.press(&words("reply-send"));
    citizen::syncs_until_read(mai, DETAIL);
    hanh.opens_with(&id, 2);
    assert_eq!(hanh.queue().len(), 1, "one conversation, from two phones");
    hanh.says(&id, "answered", ANSWER, "answer");
    citizen::syncs_until_read(mai, ANSWER);
    mai.look_in_all("web-claimed-answered");
    citizen::syncs_until_read(&lost.screen, ANSWER);
    citizen::goes_to(mai, "nav-ask");
    mai.read(&words("claimed-title"));
    mai.look("web-claimed-list");
    // The browser itself complains of the requests that the cut line swallowed.
    other.has_no_errors(&["net::ERR"]);
    lost.has_no_errors(&[]);
}

/// Asks, and opens the sheet right after sending.
fn asks_and_keeps_the_code(village: &Village, phone: &Browser) -> String {
    let mai = &phone.screen;
    mai.open(&village.network.url());
    citizen::starts(mai, |_| {});
    citizen::finds(mai, "cay giong", NOTICE_TITLE, |_| {});
    mai.press(&words("reader-ask"));
    mai.read(&words("question-say"));
    mai.find("#question-text").write(QUESTION);
    mai.press(&words("next"));
    mai.read(&words("question-look"));
    mai.press(&words("send"));
    citizen::waits_for_steps(mai, 3);
    mai.read(&words("claim-why"));
    mai.press(&words("claim-keep"));
    let code = mai.find(".claim-code").property("textContent");
    let code = code.as_str().expect("a code").trim().replace(' ', "-");
    assert_eq!(code.len(), 56 + 13, "fourteen groups of four: {code}");
    mai.look_in_all("web-claim-sheet");
    mai.tool("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    mai.look("web-claim-sheet-print");
    assert!(
        !mai.text().contains(&words("nav-market")),
        "on paper there is only the sheet"
    );
    mai.tool("Emulation.setEmulatedMedia", &json!({ "media": "" }));
    mai.press(&words("claim-back"));
    mai.find(".stones");
    code
}

fn mistypes(phone: &Browser, paper: &str) {
    let mai = &phone.screen;
    mai.press(&words("claimed-do"));
    mai.read(&words("error-empty"));
    let short = paper.get(..9).expect("two groups");
    mai.find("#claim-code").write(short);
    until_true("the complaint to go with its reason", || {
        !mai.has("#claim-code[aria-invalid]")
    });
    mai.press(&words("claimed-do"));
    mai.read("ở đây mới thấy 8");
    let last = if paper.ends_with('7') { "8" } else { "7" };
    let misread = format!("{}{last}", paper.get(..68).expect("all but one"));
    mai.find("#claim-code").rewrite(&misread);
    mai.press(&words("claimed-do"));
    mai.read(&words("error-claim-misread"));
    assert_eq!(
        mai.find("#claim-code").property("value"),
        misread.as_str(),
        "what was typed stays"
    );
    mai.look_in_all("web-claim-misread");
}

//! Mai's phone dies (kill -9) at six named points. Nothing it said is lost, nothing arrives twice.

use std::io::{BufRead, BufReader};

use bantin_tests::network::Moment;
use bantin_tests::phone::Phone;
use bantin_tests::photo;

use crate::village::Village;

const QUESTION: &str = "Sáng nay nước suối đục, có uống được không?";

/// Mai, whose news are fresh and whose question waits on the phone.
fn mai_has_asked(village: &Village) -> (Phone, String) {
    let mai = village.phone("Mai");
    mai.sync();
    let photo = photo::take(mai.files(), "suoi.jpg", "suoi.jpg");
    let asked = mai.ask(QUESTION, &[&photo]);
    (mai, asked)
}

/// Kills the phone while its request for `path` is held at `moment` during a sync.
fn dies_at(village: &Village, phone: &Phone, path: &str, moment: Moment) {
    let held = village.network.hold(path, moment);
    let mut sync = phone.start(&["sync"]);
    let hold = held.wait();
    sync.kill().expect("our own process");
    sync.wait().expect("our own process");
    drop(hold);
    village.network.mend();
}

/// After the phone was charged: everything is as it was, and one sync brings it to its end.
fn recovers(village: &Village, mai: &Phone, asked: &str) {
    assert!(!mai.notices().is_empty(), "what was synced is still there");
    assert!(
        mai.proven(asked).contains(&"saved".to_owned()),
        "so is what was saved"
    );
    mai.sync();
    let hanh = village.hanh();
    let thread = hanh.opens(asked);
    assert_eq!(thread.messages.len(), 1, "the question arrived once");
    assert_eq!(thread.messages[0].text, QUESTION, "word for word");
    assert_eq!(thread.messages[0].attachments.len(), 1, "with its photo");
    mai.sync();
    let proven = mai.proven(asked);
    assert_eq!(
        proven,
        ["saved", "accepted", "delivered", "opened"],
        "and every step is proven"
    );
    assert!(mai.outbox().is_empty(), "nothing waits any more");
}

fn dies_and_recovers(path: &str, moment: Moment) {
    let village = Village::new();
    let (mai, asked) = mai_has_asked(&village);
    dies_at(&village, &mai, path, moment);
    recovers(&village, &mai, &asked);
}

#[test]
fn while_the_news_are_on_their_way() {
    let village = Village::new();
    let mai = village.phone("Mai");
    dies_at(&village, &mai, "/v1/segments", Moment::Answered);
    let asked = {
        mai.sync();
        let photo = photo::take(mai.files(), "suoi.jpg", "suoi.jpg");
        mai.ask(QUESTION, &[&photo])
    };
    recovers(&village, &mai, &asked);
}

#[test]
fn while_it_hears_what_is_new() {
    dies_and_recovers("/v1/heads", Moment::Answered);
}

#[test]
fn while_it_sends_a_photo() {
    dies_and_recovers("/v1/attachments", Moment::Asked);
}

#[test]
fn before_the_hub_hears_the_letter() {
    dies_and_recovers("/v1/letters", Moment::Asked);
}

#[test]
fn after_the_hub_took_the_letter_and_before_the_phone_knows() {
    dies_and_recovers("/v1/letters", Moment::Answered);
}

#[test]
fn while_it_hears_the_answer() {
    let village = Village::new();
    let (mai, asked) = mai_has_asked(&village);
    mai.sync();
    let hanh = village.hanh();
    hanh.opens(&asked);
    hanh.says(
        &asked,
        "answered",
        "Chị đun sôi rồi hẵng uống, và hỏi trạm y tế.",
        "answer",
    );
    dies_at(&village, &mai, "/v1/mailbox", Moment::Answered);
    mai.sync();
    let page = mai.conversation(&asked);
    let answers = page["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|m| m["mine"] == false);
    assert_eq!(answers.count(), 1, "the answer is there once: {page}");
}

#[test]
fn in_the_moment_it_says_saved() {
    let village = Village::new();
    let mai = village.phone("Mai");
    mai.sync();
    village.network.cut();
    let photo = photo::take(mai.files(), "suoi.jpg", "suoi.jpg");
    let mut ask = mai.start(&["ask", QUESTION, "--photo", photo.to_str().unwrap()]);
    let mut line = String::new();
    let mut stdout = BufReader::new(ask.stdout.take().expect("its output is ours"));
    stdout.read_line(&mut line).expect("it says that it saved");
    ask.kill().expect("our own process");
    ask.wait().expect("our own process");
    let said: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    let asked = said["conversation"]
        .as_str()
        .expect("the conversation")
        .to_owned();
    village.network.mend();
    recovers(&village, &mai, &asked);
}

//! The hub dies (kill -9) at six named points. What it acknowledged is there, what it did not comes again.

use bantin_tests::hub::{HANH, HANH_PASSWORD, PLACE};
use bantin_tests::network::Moment;
use bantin_tests::phone::Phone;
use bantin_tests::photo;
use bantin_tests::wait::until_true;

use crate::village::{NOTICE_TITLE, Village, write_notice};

const QUESTION: &str = "Cầu treo gãy ván, ai sửa?";

fn mai_has_asked(village: &Village) -> (Phone, String) {
    let mai = village.phone("Mai");
    mai.sync();
    let photo = photo::take(mai.files(), "suoi.jpg", "cau.jpg");
    let asked = mai.ask(QUESTION, &[&photo]);
    (mai, asked)
}

/// The hub dies while Mai's request for `path` is held at `moment`, and is started again.
fn dies_at(village: &mut Village, phone: &Phone, path: &str, moment: Moment) {
    let held = village.network.hold(path, moment);
    let sync = phone.start(&["sync"]);
    let hold = held.wait();
    village.serving.take().expect("the hub serves").kill();
    village.network.cut();
    drop(hold);
    let output = sync.wait_with_output().expect("our own process");
    assert_ne!(
        output.status.code(),
        Some(0),
        "Mai hears that it did not go through"
    );
    village.network.mend();
    village.start_hub();
}

/// One more sync, and the letter is in the queue once.
fn recovers(village: &Village, mai: &Phone, asked: &str) {
    mai.sync();
    let thread = village.hanh().opens(asked);
    assert_eq!(thread.messages.len(), 1, "the question arrived once");
    assert_eq!(thread.messages[0].text, QUESTION, "word for word");
    assert_eq!(thread.messages[0].attachments.len(), 1, "with its photo");
    assert!(mai.outbox().is_empty(), "and Mai knows");
    let said = village.hub.run(&["doctor"]);
    assert_eq!(said.json["well"], true, "the hub is well: {}", said.json);
}

fn dies_and_recovers(path: &str, moment: Moment) {
    let mut village = Village::new();
    let (mai, asked) = mai_has_asked(&village);
    dies_at(&mut village, &mai, path, moment);
    recovers(&village, &mai, &asked);
}

#[test]
fn while_it_says_what_is_new() {
    dies_and_recovers("/v1/heads", Moment::Asked);
}

#[test]
fn after_it_took_a_photo_and_before_its_letter() {
    dies_and_recovers("/v1/attachments", Moment::Answered);
}

#[test]
fn before_it_hears_the_letter() {
    dies_and_recovers("/v1/letters", Moment::Asked);
}

#[test]
fn after_it_acknowledged_a_letter() {
    let mut village = Village::new();
    let (mai, asked) = mai_has_asked(&village);
    dies_at(&mut village, &mai, "/v1/letters", Moment::Answered);
    let thread = village.hanh().opens(&asked);
    assert_eq!(
        thread.messages.len(),
        1,
        "acknowledged is never lost, also if nobody heard it"
    );
    recovers(&village, &mai, &asked);
}

#[test]
fn after_hanh_was_told_that_her_answer_is_kept() {
    let mut village = Village::new();
    let (mai, asked) = mai_has_asked(&village);
    mai.sync();
    let hanh = village.hanh();
    hanh.opens(&asked);
    hanh.says(&asked, "answered", "Xã sửa trong tuần này.", "answer");
    drop(hanh);
    village.power_cut_at_hub();
    mai.sync();
    assert_eq!(
        mai.conversation(&asked)["card"]["status"],
        "answered",
        "Mai has the answer"
    );
}

#[test]
fn while_a_notice_is_being_published() {
    let mut village = Village::new();
    let mai = village.phone("Mai");
    mai.sync();
    let file = write_notice(village.hub.beside());
    let file = file.to_str().expect("a path of ours").to_owned();
    let segments = village.hub.data().join("segments");
    let count = || std::fs::read_dir(&segments).map_or(0, Iterator::count);
    let before = count();
    let publish = ["publish", &file, "--place", PLACE, "--officer", HANH];
    let mut command = village.hub.command(&publish);
    let mut publishing = command
        .env("BANTIN_PASSWORD", HANH_PASSWORD)
        .spawn()
        .expect("it starts");
    until_true("the first file of the publication", || {
        count() > before || publishing.try_wait().is_ok_and(|ended| ended.is_some())
    });
    let _ = publishing.kill();
    publishing.wait().expect("our own process");
    village.power_cut_at_hub();
    mai.sync();
    village.hub.as_hanh(&publish);
    mai.sync();
    let titled = mai
        .notices()
        .into_iter()
        .filter(|n| n["title"] == NOTICE_TITLE);
    assert_eq!(titled.count(), 1, "published again, it is there once");
    let said = village.hub.run(&["doctor"]);
    assert_eq!(said.json["well"], true, "the hub is well: {}", said.json);
}

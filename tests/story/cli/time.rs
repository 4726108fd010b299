//! Wrong clocks, restored hubs, and news from yesterday.

use std::process::Command;

use bantin_tests::hub::{Hub, PLACE};
use bantin_tests::phone::{Phone, Said, said};
use bantin_tests::wait::until_true;

use crate::village::{NOTICE_TITLE, Village, write_notice};

/// Runs `bantin` with a clock that is off, as phones with an empty battery have it.
fn with_clock(phone: &Phone, off: &str, arguments: &[&str]) -> Said {
    let command = phone.command(arguments);
    let mut faked = Command::new("faketime");
    faked
        .args(["-f", off])
        .arg(command.get_program())
        .args(command.get_args());
    let output = faked
        .output()
        .expect("faketime is installed; `./x test` does it");
    said(&output)
}

fn clock_two_years_off(off: &str) {
    let village = Village::new();
    let phone = Phone::of("Mai");
    let followed = with_clock(&phone, off, &["follow", &village.link(), PLACE]);
    assert_eq!(
        followed.code,
        Some(0),
        "a wrong clock keeps nobody out: {followed:?}"
    );
    let synced = with_clock(&phone, off, &["sync"]);
    assert_eq!(synced.code, Some(0), "news come all the same: {synced:?}");
    let status = with_clock(&phone, off, &["status"]).json;
    assert_eq!(
        status["clock_wrong"], true,
        "the app says that the clock looks wrong"
    );
    assert_eq!(status["stale"], false, "and judges by signed time");
    let listed = with_clock(&phone, off, &["list"]).json;
    assert!(
        listed.as_array().is_some_and(|all| all.len() > 15),
        "everything can be read"
    );
    let asked = with_clock(&phone, off, &["ask", "Bây giờ là mấy giờ?"]);
    assert_eq!(
        asked.code,
        Some(0),
        "and a question can be asked: {asked:?}"
    );
    assert_eq!(with_clock(&phone, off, &["sync"]).code, Some(0), "and sent");
    let asked = asked.json["conversation"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(village.hanh().opens(&asked).messages.len(), 1, "it arrived");
}

#[test]
fn a_clock_two_years_ahead() {
    clock_two_years_off("+730d");
}

#[test]
fn a_clock_two_years_behind() {
    clock_two_years_off("-730d");
}

#[test]
fn a_hub_that_shows_yesterdays_news_is_noticed() {
    let village = Village::new();
    let yesterday = Hub::filled();
    // The very same hub, as it was before the notice.
    village
        .hub
        .ok(&["backup", yesterday.beside().join("copy").to_str().unwrap()]);
    std::fs::remove_dir_all(yesterday.data()).unwrap();
    village.hub.copy_to(yesterday.beside());
    village.hanh().publish(&write_notice(village.hub.beside()));
    let mai = village.phone("Mai");
    mai.sync();
    let old = yesterday.serve();
    village.network.lead_to(old.citizen);
    let said = mai.try_sync();
    assert_eq!(
        said.failure(),
        "rolled-back",
        "an older state is refused: {said:?}"
    );
    let titles = mai.notices();
    assert!(
        titles.iter().any(|n| n["title"] == NOTICE_TITLE),
        "and what Mai has stays"
    );
}

#[test]
fn a_restored_hub_rests_until_it_has_a_new_epoch_and_then_gets_its_letters_again() {
    let mut village = Village::new();
    let mai = village.phone("Mai");
    mai.sync();
    let backup = village.hub.beside().join("backup");
    let keys = village.hub.beside().join("keys.txt");
    village.hub.ok(&[
        "backup",
        backup.to_str().unwrap(),
        "--with-keys",
        keys.to_str().unwrap(),
    ]);
    let asked = mai.ask("Thư này đến sau bản sao lưu.", &[]);
    mai.sync();
    assert!(mai.outbox().is_empty(), "the hub took it");

    village.serving.take().expect("the hub serves").kill();
    std::fs::remove_dir_all(village.hub.data()).unwrap();
    village.hub.ok(&[
        "restore",
        backup.to_str().unwrap(),
        "--keys",
        keys.to_str().unwrap(),
    ]);
    village.start_hub();
    let said = mai.try_sync();
    assert_eq!(
        (said.code, said.failure()),
        (Some(3), "hub-resting"),
        "it serves nothing: {said:?}"
    );
    assert!(!mai.notices().is_empty(), "what Mai has stays");

    village.serving.take().expect("the hub serves").kill();
    village.hub.ok(&["epoch"]);
    village.start_hub();
    mai.sync();
    until_true("the letter that the backup does not have", || {
        mai.try_sync();
        village.hanh().queue().iter().any(|row| row.id == asked)
    });
    assert_eq!(
        village.hanh().opens(&asked).messages.len(),
        1,
        "it is there once"
    );
}

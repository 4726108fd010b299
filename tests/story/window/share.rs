//! News go from the window of one neighbour to another, and back, where nobody has a network.

use bantin_tests::browser::Session;
use bantin_tests::hub::PLACE;
use bantin_tests::phone::Phone;
use bantin_tests::wait::until_true;
use bantin_tests::words::words;
use serde_json::json;

use super::{SCREEN, opens, photographs};
use crate::screen::citizen;
use crate::village::{NOTICE_TITLE, Village, write_notice};

/// A letter of the whole link was left out.
const WRONG: &str = "http://127.0.0.1:9#root=12";

#[test]
fn ba_shares_in_the_window_and_mai_who_has_no_network_takes_the_news() {
    let _screen = SCREEN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let village = Village::new();
    village.hanh().publish(&write_notice(village.hub.beside()));
    let data = tempfile::tempdir().expect("a folder for Bá's data");
    let ba = opens(&village, data.path());
    citizen::starts_where_she_is(&ba, |_| {});
    citizen::goes_to(&ba, "nav-news");
    citizen::syncs_until_read(&ba, NOTICE_TITLE);
    village.network.cut();

    citizen::goes_to(&ba, "nav-me");
    shows(&ba, "#me-share", "share");
    ba.press(&words("share-start"));
    let link = ba.find(".share-link").property("textContent");
    let link = link.as_str().expect("a link").to_owned();
    assert!(link.contains("#root="), "a guest pins the root: {link}");
    ba.find(".share-code");
    ba.look_for_faults("sharing");
    shows(&ba, "#me-share", "sharing");
    let small = json!({ "width": 360, "height": 640 });
    ba.command("POST", "/window/rect", &small)
        .expect("the window can be as small as it may be");
    ba.look_for_faults("sharing-small");
    shows(&ba, "#me-share", "sharing-small");
    shows(&ba, "#me-take", "take-small");

    let mai = Phone::of("Mai");
    mai.follow(&link, PLACE);
    let url = link.split('#').next().unwrap_or_default();
    mai.ok(&["sync", "--via", url]);
    let titles = mai.notices();
    assert!(
        titles.iter().any(|n| n["title"] == NOTICE_TITLE),
        "Mai never saw the internet and has the news: {titles:?}"
    );
    ba.read(&format!("{} 1", words("share-guests")));
    shows(&ba, ".share-link", "shared");
    ba.press(&words("share-stop"));
    until_true("the link to go", || !ba.has(".share-link"));
    let late = Phone::of("Thu").run(&["places", &link]);
    assert_ne!(late.code, Some(0), "who comes later finds it closed");
}

#[test]
fn mai_takes_news_in_the_window_and_a_mistyped_link_is_told_at_the_field() {
    let _screen = SCREEN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let village = Village::new();
    let data = tempfile::tempdir().expect("a folder for Mai's data");
    let mai = opens(&village, data.path());
    citizen::starts_where_she_is(&mai, |_| {});
    citizen::syncs(&mai);
    let ba = village.phone("Ba");
    village.hanh().publish(&write_notice(village.hub.beside()));
    ba.sync();
    village.network.cut();
    let sharing = ba.share(&[]);

    citizen::goes_to(&mai, "nav-me");
    mai.press(&words("take-from-link"));
    mai.read(&words("error-empty"));
    for (typed, told) in [
        (WRONG, "error-link-damaged"),
        ("http://127.0.0.1:9", "take-away"),
    ] {
        mai.find("#relay-link").rewrite(typed);
        mai.press(&words("take-from-link"));
        mai.read(&words(told));
        assert_eq!(
            mai.find("#relay-link").property("value"),
            typed,
            "what was typed stays"
        );
        assert_eq!(
            mai.find("#relay-link").property("ariaInvalid"),
            "true",
            "and the field is marked"
        );
    }
    mai.look_for_faults("take-wrong");
    shows(&mai, "#me-take", "take-wrong");
    mai.find("#relay-link").rewrite(&sharing.link);
    mai.press(&words("take-from-link"));
    mai.read(&words("take-news"));
    mai.look_for_faults("taken");
    shows(&mai, "#me-take", "taken");
    citizen::goes_to(&mai, "nav-news");
    mai.read(NOTICE_TITLE);
}

#[test]
fn mai_finds_bas_phone_in_the_window_without_typing() {
    let _screen = SCREEN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let village = Village::new();
    let data = tempfile::tempdir().expect("a folder for Mai's data");
    let mai = opens(&village, data.path());
    citizen::starts_where_she_is(&mai, |_| {});
    citizen::syncs(&mai);
    let ba = village.phone("Ba");
    village.hanh().publish(&write_notice(village.hub.beside()));
    ba.sync();
    village.network.cut();
    citizen::goes_to(&mai, "nav-me");
    mai.press(&words("take-look"));
    until_true("the search to end", || {
        mai.text().contains(&words("take-nobody")) || mai.text().contains(&words("take-foreign"))
    });
    shows(&mai, "#me-take", "take-nobody");

    let sharing = ba.share_at("0.0.0.0:0", &[]);
    let address = sharing.url().trim_start_matches("http://").to_owned();
    let from = format!("{} {address}", words("take-from"));
    for _ in 0..3 {
        mai.press(&words("take-look"));
        until_true("the search to begin", || {
            mai.text().contains(&words("take-looking"))
        });
        until_true("the search to end", || {
            !mai.text().contains(&words("take-looking"))
        });
        if mai.text().contains(&from) {
            break;
        }
    }
    if !mai.text().contains(&from) {
        eprintln!("skipped: this machine has no multicast; the link is the way");
        return;
    }
    mai.look_for_faults("near");
    shows(&mai, "#me-take", "near");
    mai.press(&from);
    mai.read(&words("take-news"));
    citizen::goes_to(&mai, "nav-news");
    mai.read(NOTICE_TITLE);
}

/// A picture with what `css` selects at the top of the screen.
fn shows(screen: &Session, css: &str, name: &str) {
    let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'start', behavior: 'instant' });";
    screen.script(script, &json!([css]));
    photographs(name);
}

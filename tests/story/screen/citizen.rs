//! The citizen's screens.

use std::path::Path;

use bantin_tests::browser::Session;
use bantin_tests::wait::{until, until_true};
use bantin_tests::words::words;
use serde_json::json;

/// The name of Mai's place, as the list of places shows it.
pub const MY_PLACE: &str = "Bắc Bình";

/// Waits until the page has started.
pub fn is_open(screen: &Session) {
    screen.find("html[data-boot=done]");
}

/// Language, place, what this is. Says with `look` what is on each screen.
pub fn starts(screen: &Session, look: impl Fn(&str)) {
    is_open(screen);
    screen.read(&words("start-language"));
    look("start-language");
    screen.press(&words("next"));
    screen.read(&words("start-place"));
    screen.press(MY_PLACE);
    look("start-place");
    screen.press(&words("start-follow"));
    screen.read(&words("start-about"));
    look("start-about");
    screen.press(&words("start-done"));
    screen.read(&words("home-listen"));
}

/// The same where the app was told the place: it is asked for no more than it must be.
pub fn starts_where_she_is(screen: &Session, look: impl Fn(&str)) {
    screen.read(&words("start-language"));
    look("start-language");
    screen.press(&words("next"));
    screen.read(&words("start-about"));
    look("start-about");
    screen.press(&words("start-done"));
    screen.read(&words("home-listen"));
}

/// Goes to one of the five destinations.
pub fn goes_to(screen: &Session, key: &str) {
    screen.press_inside(&words(key), Some("nav"));
}

/// Types words into the search field and opens what has `title`.
pub fn finds(screen: &Session, typed: &str, title: &str, look: impl Fn(&str)) {
    goes_to(screen, "nav-news");
    screen.find("#search").write(typed);
    screen.read(title);
    look("search");
    screen.press(title);
    screen.find(".reader");
    screen.read(title);
}

/// Listens to the open notice until the bar shows that part of it was heard: its length is known then.
pub fn listens(screen: &Session) {
    screen.press_inside(&words("reader-listen"), Some(".reader"));
    until("the sound to play", || {
        let heard = screen.find(".listen-progress").property("value");
        heard.as_f64().filter(|part| *part > 0.0)
    });
}

/// Asks about the open notice, with a photo, up to the last look before sending.
pub fn writes_a_question(screen: &Session, text: &str, photo: &Path, look: impl Fn(&str)) {
    screen.press(&words("reader-ask"));
    screen.read(&words("question-say"));
    screen.find("#question-text").write(text);
    gives_photo(screen, "#question-photos", photo, 1);
    look("question-say");
    screen.press(&words("next"));
    screen.read(&words("question-look"));
    look("question-look");
}

/// Chooses a photo and waits until `count` are shown.
pub fn gives_photo(screen: &Session, input: &str, photo: &Path, count: u64) {
    screen
        .find(input)
        .write(photo.to_str().expect("a path of ours"));
    until("the photo to be taken in", || {
        let script = "return [...document.querySelectorAll('.photos-item img')]
            .filter(i => i.complete && i.naturalWidth > 0).length;";
        (screen.script(script, &json!([])).as_u64() >= Some(count)).then_some(())
    });
}

/// The steps that are lit on the open conversation.
pub fn lit(screen: &Session) -> usize {
    let script = "return document.querySelectorAll('.stone-lit').length";
    screen
        .script(script, &json!([]))
        .as_u64()
        .unwrap_or_default() as usize
}

/// Waits until `count` steps are lit, syncing again and again as an impatient person would.
pub fn waits_for_steps(screen: &Session, count: usize) {
    until(&format!("{count} steps to be lit"), || {
        syncs(screen);
        (lit(screen) >= count).then_some(())
    });
    assert_eq!(lit(screen), count, "no more steps are lit than are proven");
}

/// Opens the first conversation in the list.
pub fn opens_her_question(screen: &Session, text: &str) {
    goes_to(screen, "nav-ask");
    screen.press(text);
    screen.find(".stones");
}

/// Fetches and sends by the button in the frame.
pub fn syncs(screen: &Session) {
    screen.press(&words("sync-now"));
}

/// Syncs until `words` can be read.
pub fn syncs_until_read(screen: &Session, words: &str) {
    until(&format!("“{words}” to come"), || {
        syncs(screen);
        screen.text().contains(words).then_some(())
    });
}

/// Rates the answer and closes the conversation.
pub fn rates_and_closes(screen: &Session) {
    screen.press(&words("rate-5"));
    screen.press(&words("rate-send"));
    until_true("the rating to be kept", || !screen.has(".rate"));
    screen.press(&words("close-talk"));
    screen.read(&words("status-closed"));
}

/// What a household tells about its product, one question a screen.
pub fn offers_a_product(screen: &Session, name: &str, photos: &[&Path], look: impl Fn(&str)) {
    goes_to(screen, "nav-market");
    screen.press(&words("market-offer"));
    let next = |question: &str, look_at: &str| {
        screen.read(&words(question));
        look(look_at);
        screen.press_inside(&words("next"), Some("main"));
    };
    for (at, photo) in photos.iter().enumerate() {
        gives_photo(screen, "#offer-photos", photo, at as u64 + 1);
    }
    next("offer-ask-photos", "offer-photos");
    screen.find("#offer-name").write(name);
    next("offer-ask-name", "offer-name");
    screen.press(&words("group-drinks"));
    next("offer-ask-group", "offer-group");
    screen
        .find("#offer-story")
        .write("Men lá rừng, ủ trong ché.");
    next("offer-ask-story", "offer-story");
    next("offer-ask-season", "offer-season");
    screen.find("#offer-price").write("180.000 đồng một ché");
    next("offer-ask-price", "offer-price");
    screen.find("#offer-maker").write("Hộ bà Thu");
    screen.find("#offer-village").write("Thôn Tân Bình");
    screen.find("#offer-buy").write("Hỏi Uỷ ban nhân dân xã.");
    next("offer-ask-who", "offer-who");
    next("offer-ask-certificate", "offer-certificate");
    screen.read(&words("offer-ask-look"));
    look("offer-look");
    screen.press(&words("offer-send"));
    screen.find(".stones");
}

//! The officer's screens.

use bantin_tests::browser::Session;
use bantin_tests::hub::{HANH, HANH_PASSWORD};
use bantin_tests::wait::until;
use bantin_tests::words::words;

/// Signs in.
pub fn signs_in(screen: &Session, look: impl Fn(&str)) {
    super::citizen::is_open(screen);
    screen.read(&words("desk-sign-in-lead"));
    look("sign-in");
    screen.find("#login").write(HANH);
    screen.find("#password").write(HANH_PASSWORD);
    screen.press(&words("desk-sign-in"));
    screen.read(&words("desk-nav-queue"));
    look("queue-empty");
}

/// Opens the conversation whose row or thread shows `text`.
pub fn opens(screen: &Session, text: &str, look: impl Fn(&str)) {
    screen.press_inside(&words("desk-nav-queue"), Some("nav"));
    until(&format!("“{text}” in the queue"), || {
        screen.reload();
        super::citizen::is_open(screen);
        screen.read(&words("desk-nav-queue"));
        screen.text().contains(text).then_some(())
    });
    look("queue");
    screen.press(text);
    screen.read(&words("desk-reply"));
    look("thread");
}

/// Says something in the open conversation.
pub fn says(screen: &Session, verb: &str, text: &str) {
    screen.press(&words(verb));
    screen.find("#reply").write(text);
    screen.press(&words("send"));
    screen.read(text);
}

/// Writes a notice and publishes it.
pub fn publishes(screen: &Session, title: &str, look: impl Fn(&str)) {
    screen.press(&words("desk-nav-write"));
    look("editor");
    screen.read(title);
}

/// Publishes a submitted product.
pub fn publishes_product(screen: &Session, name: &str, look: impl Fn(&str)) {
    screen.press(&words("desk-nav-products"));
    screen.press(name);
    look("product");
}

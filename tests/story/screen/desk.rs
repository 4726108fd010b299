//! The officer's screens.

use bantin_tests::browser::Session;
use bantin_tests::hub::{HANH, HANH_PASSWORD};
use bantin_tests::programs::content;
use bantin_tests::wait::until;
use bantin_tests::words::words;

/// Signs in.
pub fn signs_in(screen: &Session, look: impl Fn(&str)) {
    super::citizen::is_open(screen);
    screen.read(&words("desk-sign-in-lead"));
    look("sign-in");
    screen.find("#login").write(HANH);
    screen.find("#password").write("sai mat khau");
    screen.press(&words("desk-sign-in"));
    screen.read(&words("desk-sign-in-wrong"));
    look("sign-in-wrong");
    screen.find("#password").rewrite(HANH_PASSWORD);
    screen.press(&words("desk-sign-in"));
    screen.read(&words("desk-queue-empty"));
    look("queue-empty");
}

/// Signs in where `text` waits in the queue.
pub fn signs_in_among(screen: &Session, text: &str) {
    screen.read(&words("desk-sign-in-lead"));
    screen.find("#login").write(HANH);
    screen.find("#password").write(HANH_PASSWORD);
    screen.press(&words("desk-sign-in"));
    screen.read(text);
}

/// Goes to one of the four sections.
pub fn goes_to(screen: &Session, key: &str) {
    screen.press_inside(&words(key), Some("nav.rail-nav"));
}

/// Opens the conversation whose row shows `title`, once it has arrived.
pub fn opens(screen: &Session, title: &str, look: impl Fn(&str)) {
    goes_to(screen, "desk-nav-queue");
    until(&format!("“{title}” in the queue"), || {
        screen.reload();
        super::citizen::is_open(screen);
        screen.find("nav.rail-nav");
        screen.text().contains(title).then_some(())
    });
    look("queue");
    screen.press_inside(title, Some(".row"));
    screen.find("#reply-text");
    look("thread");
}

/// Says something in the open conversation.
pub fn says(screen: &Session, verb: &str, text: &str, done: &str) {
    screen.press_inside(&words(verb), Some(".segments"));
    screen.find("#reply-text").write(text);
    screen.find(".reply [data-send]").click();
    screen.read(&words(done));
    screen.read(text);
}

/// Writes a notice with an English text and a recording, looks at it as a phone shows it, and publishes it.
pub fn publishes(screen: &Session, title: &str, look: impl Fn(&str)) {
    goes_to(screen, "desk-nav-write");
    screen.read(&words("desk-drafts-none"));
    look("drafts-none");
    screen.press(&words("desk-new-notice"));
    look("editor-empty");
    let write = |id: &str, text: &str| screen.find(&format!("[id=\"{id}\"]")).write(text);
    write("text-vi-title", title);
    write(
        "text-vi-summary",
        "Hộ trồng lúa hỏi xã về phân bón. Bài thử.",
    );
    write("text-vi-todo", "- Mang căn cước.\n- Hỏi bộ phận một cửa.");
    screen.find(".tabs select").choose("en");
    write("text-en-title", "Fertiliser for rice households (test)");
    write("text-en-summary", "A sample text. No agency has issued it.");
    screen.find("#tab-vi").click();
    let sound = content().join("starter/media/audio/vn-68-23005-tuoi-nho-giot.vi.mp3");
    screen
        .find("#sound-file")
        .write(sound.to_str().expect("a path of ours"));
    screen.find(".sounds audio");
    screen.press(&words("desk-source-add"));
    write("source-0", "Bài mẫu, không phải văn bản thật");
    screen.find("#source-0-date").choose("2026-11-20");
    look("editor");
    screen.press(&words("desk-publish-open"));
    screen.read(&words("desk-publish-title"));
    look("publish");
    screen.find("#publish-password").write(HANH_PASSWORD);
    screen.press_inside(&words("desk-publish"), Some("dialog[open]"));
    screen.read(&words("desk-published-now"));
    screen.read(title);
    look("published");
}

/// Checks a submitted product against what its maker sent, and publishes it.
pub fn publishes_product(screen: &Session, name: &str, look: impl Fn(&str)) {
    goes_to(screen, "desk-nav-products");
    look("products");
    screen.press_inside(name, Some(".row"));
    screen.read(&words("desk-product-appears"));
    look("product");
    screen.press_inside(&words("desk-product-publish-open"), Some(".decide"));
    screen
        .find("dialog[open] #publish-password")
        .write(HANH_PASSWORD);
    look("product-publish");
    screen.press_inside(&words("desk-product-publish-open"), Some("dialog[open]"));
    screen.read(&words("desk-product-published-now"));
}

//! Clocks that are wrong by years, on the phone or at the hub: nothing is lost, and the app says that the
//! clock looks wrong instead of calling fresh news old.

use std::process::Command;
use std::sync::LazyLock;

use crate::hub::{HANH, HANH_PASSWORD, Hub, PLACE, Serving};
use crate::network::Network;
use crate::phone::{Phone, Said, said};
use bantin_wire::desk::conversation::{ThreadRead, ThreadReply};

/// How far clocks are off, from 1970 to ten years ahead: a name, and the time for `faketime`.
pub const CLOCKS: [(&str, &str); 8] = [
    ("1970", "@1970-01-02 00:00:00"),
    ("2000", "@2000-01-01 00:00:00"),
    ("two years behind", "-730d"),
    ("three days behind", "-3d"),
    ("right", "+0d"),
    ("three days ahead", "+3d"),
    ("two years ahead", "+730d"),
    ("ten years ahead", "+3650d"),
];

/// The library behind `faketime`. Its wrapper is not used: killing it would leave the program behind.
static LIBRARY: LazyLock<String> = LazyLock::new(|| {
    let asked = Command::new("faketime")
        .args(["-f", "+0d", "printenv", "LD_PRELOAD"])
        .output()
        .expect("faketime is installed; `./x test` does it");
    let text = String::from_utf8_lossy(&asked.stdout);
    let library = text.trim().rsplit(':').next().unwrap_or_default();
    assert!(library.contains("faketime"), "faketime names its library");
    library.to_owned()
});

/// The same command by another clock.
pub fn by(clock: &str, mut command: Command) -> Command {
    command
        .env("LD_PRELOAD", &*LIBRARY)
        .env("FAKETIME", clock)
        // Time may be wrong; it does not stand still. What waits must not wait for years.
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .env("DONT_FAKE_MONOTONIC", "1");
    command
}

/// Mai asks and is answered while the phone has one clock and the hub another; then both are set right.
/// What is wrong; empty if nothing is.
pub fn meets(phone_clock: &str, hub_clock: &str) -> String {
    let hub = Hub::bare();
    let serving = Serving::try_spawn(by(hub_clock, Serving::command(&hub)));
    let Some(serving) = serving else {
        return "the hub does not start".into();
    };
    let network = Network::to(serving.citizen);
    let mai = Phone::of("Mai");
    let link = format!("{}#root={}", network.url(), hub.root());
    let does = |arguments: &[&str]| run(phone_clock, &mai, arguments);
    let mut wrong = String::new();
    let mut must = |said: &Said, what: &str| {
        if said.code != Some(0) {
            wrong.push_str(&format!(
                "{what}: {} {}; ",
                said.failure(),
                said.stderr.trim()
            ));
        }
    };
    must(&does(&["follow", &link, PLACE]), "following");
    must(&does(&["sync"]), "fetching");
    let asked = does(&["ask", "Bây giờ là mấy giờ?"]);
    must(&asked, "asking");
    must(&does(&["sync"]), "sending");
    let asked = asked.json["conversation"].as_str().unwrap_or_default();
    // At a hub in the past no officer's grant is in force yet; the letter waits, and so does she.
    let early = answer(&serving, asked);
    if does(&["sync"]).code != Some(0) {
        wrong.push_str("collecting; ");
    }
    // The hub and the phone are set right.
    serving.kill();
    let serving = hub.serve();
    network.lead_to(serving.citizen);
    if !early.is_empty() {
        wrong.push_str(&answer(&serving, asked));
    }
    if mai.try_sync().code != Some(0) {
        wrong.push_str(&format!(
            "syncing by the right time: {:?}; ",
            mai.try_sync()
        ));
    }
    let page = mai.conversation(asked);
    let messages = page["messages"].as_array().cloned().unwrap_or_default();
    if messages.len() != 2 {
        wrong.push_str(&format!(
            "{} messages instead of question and answer; ",
            messages.len()
        ));
    }
    wrong
}

fn run(clock: &str, phone: &Phone, arguments: &[&str]) -> Said {
    let output = by(clock, phone.command(arguments)).output();
    said(&output.expect("bantin starts"))
}

fn answer(serving: &Serving, asked: &str) -> String {
    let desk = serving.desk();
    if !desk.try_sign_in(HANH, HANH_PASSWORD) {
        return "Hạnh cannot sign in; ".into();
    }
    let read = ThreadRead { id: asked.into() };
    for _ in 0..100 {
        if let Some(thread) = desk.try_run(&read) {
            let reply = ThreadReply {
                id: asked.into(),
                verb: "answered".into(),
                text: "Bảy giờ.".into(),
                once: "hanh-answers".into(),
            };
            return match (thread.messages.len(), desk.try_run(&reply)) {
                (1, Some(_)) => String::new(),
                (1, None) => "the answer is not kept; ".into(),
                (times, _) => format!("the question is there {times} times; "),
            };
        }
        std::thread::sleep(std::time::Duration::from_millis(20)); // poll
    }
    "the question never arrives; ".into()
}

//! A village gets a hub of its own below the commune's, with the commands that `docs/tree.md` tells its operator, over a
//! line that breaks: news come down to it, its people's letters to the commune go up, answers come back.

use bantin_tests::hub::{Hub, PLACE, VILLAGE};
use bantin_tests::network::{Line, Network, named};
use bantin_tests::phone::Phone;
use bantin_tests::wait::until;

use crate::village::{NOTICE_TITLE, Village, write_notice};

const QUESTION: &str = "Bao giờ xã sửa cầu treo?";
const ANSWER: &str = "Đầu tháng sau, khi nước rút.";

fn link(network: &Network, hub: &Hub) -> String {
    format!("{}#root={}", network.url(), hub.root())
}

/// Looks up as often as a line that breaks makes it necessary.
fn look_up(hub: &Hub) {
    until("a look at the hub above that comes through", || {
        (hub.look_up().code == Some(0)).then_some(())
    });
}

#[test]
fn news_and_letters_pass_through_a_villages_hub() {
    let village = Village::new();
    let commune = &village.hub;
    let below = Hub::founded_below(commune);
    // Between the hubs bytes are cut off and come in small pieces.
    let line = named("a bus in the hills").expect("a profile");
    let line = Line::to(village.serving().citizen, line, 1);
    below.look_at(&line.url());
    look_up(&below);
    let status = below.upstream();
    assert_eq!(
        status["lets_speak"], true,
        "the delegation came down: {status}"
    );
    assert_eq!(
        below.ok(&["doctor"])["well"],
        true,
        "nothing needs the operator"
    );

    let serving = below.serve();
    let network = Network::to(serving.citizen);
    let ba = Phone::of("Bá");
    ba.follow(&link(&network, &below), VILLAGE);
    ba.sync();
    assert!(ba.notices().len() > 15, "the commune's news are here");
    village.hanh().publish(&write_notice(commune.beside()));
    look_up(&below);
    ba.sync();
    let titles: Vec<_> = ba.notices().iter().map(|n| n["title"].clone()).collect();
    assert!(
        titles.contains(&NOTICE_TITLE.into()),
        "what Hạnh publishes comes down through the village's hub: {titles:?}"
    );

    let mai = Phone::of("Mai");
    mai.follow(&link(&network, &below), PLACE);
    mai.sync();
    let asked = mai.ask(QUESTION, &[]);
    mai.try_sync();
    let hanh = village.hanh();
    look_up(&below);
    let thread = hanh.opens(&asked);
    assert_eq!(thread.messages.len(), 1, "it went up once");
    assert_eq!(thread.messages[0].text, QUESTION, "word for word");
    hanh.says(&asked, "answered", ANSWER, "answer");
    let page = until("the answer to come down", || {
        below.look_up();
        mai.try_sync();
        let page = mai.conversation(&asked);
        page.to_string().contains(ANSWER).then_some(page)
    });
    let answers = page["messages"].as_array().expect("messages");
    let answers = answers.iter().filter(|m| m["mine"] == false).count();
    assert_eq!(answers, 1, "it is there once: {page}");
    assert!(mai.outbox().is_empty(), "nothing waits any more");
    let status = below.upstream();
    assert_eq!(
        status["letters_waiting"], 0,
        "nor at the village's hub: {status}"
    );
}

/// On a stick from a house without a network to the village's hub, from there by its line to the commune, and back.
#[test]
fn a_letter_on_a_stick_goes_up_from_the_villages_hub() {
    let village = Village::new();
    let below = Hub::founded_below(&village.hub);
    below.look_at(&village.network.url());
    look_up(&below);
    let stick = tempfile::tempdir().expect("a stick");
    let file = |name: &str| stick.path().join(name).display().to_string();
    let (down, up, back) = (
        file("tin.bantin"),
        file("thu.bantin"),
        file("tra-loi.bantin"),
    );
    village.hub.ok(&["pack", "export", &down, "--no-media"]);
    let nowhere = format!("http://127.0.0.1:9#root={}", below.root());
    let mai = Phone::of("Mai");
    let begin = ["--follow", &nowhere, "--place", PLACE];
    mai.ok(&[&["pack", "import", &down][..], &begin[..]].concat());
    let asked = mai.ask(QUESTION, &[]);
    mai.ok(&["pack", "export", &up]);

    let taken = below.ok(&["pack", "import", &up]);
    assert_eq!(
        taken["accepted"].as_array().map(Vec::len),
        Some(1),
        "{taken}"
    );
    look_up(&below);
    let hanh = village.hanh();
    assert_eq!(
        hanh.opens(&asked).messages[0].text,
        QUESTION,
        "word for word"
    );
    hanh.says(&asked, "answered", ANSWER, "answer");
    let page = until("the answer on the stick", || {
        look_up(&below);
        below.ok(&["pack", "export", &back, "--no-media"]);
        // Its news are of another place than Mai's; its answers are hers.
        mai.ok(&["pack", "import", &back]);
        let page = mai.conversation(&asked);
        page.to_string().contains(ANSWER).then_some(page)
    });
    let answers = page["messages"].as_array().expect("messages");
    let answers = answers.iter().filter(|m| m["mine"] == false).count();
    assert_eq!(answers, 1, "it is there once: {page}");
}

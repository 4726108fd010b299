//! A village without any network: news come on a stick, a question leaves on a memory card, the answer
//! comes back the same way. The real programs, and no connection between them.

use std::path::{Path, PathBuf};

use bantin_tests::hub::{Hub, PLACE};
use bantin_tests::phone::Phone;
use bantin_tests::photo;
use serde_json::Value;

use crate::village::{NOTICE_TITLE, Village, write_notice};

const QUESTION: &str = "Đường vào bản sạt lở, xe chưa qua được. Bao giờ có người đến xem?";
const ANSWER: &str = "Sáng mai đội làm đường đến. Bà con đi vòng lối suối cạn.";

/// What travels: a folder with files.
struct Stick(tempfile::TempDir);

impl Stick {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a stick"))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of ours")
}

/// Nobody listens there.
fn link(hub: &Hub) -> String {
    format!("http://127.0.0.1:9#root={}", hub.root())
}

fn begin(phone: &Phone, hub: &Hub, file: &Path) -> Value {
    let link = link(hub);
    phone.ok(&[
        "pack",
        "import",
        text(file),
        "--follow",
        &link,
        "--place",
        PLACE,
    ])
}

fn import(phone: &Phone, file: &Path) -> Value {
    phone.ok(&["pack", "import", text(file)])
}

fn export(phone: &Phone, file: &Path) -> Value {
    phone.ok(&["pack", "export", text(file)])
}

#[test]
fn a_question_and_its_answer_travel_on_a_stick() {
    let village = Village::new();
    let (hub, stick) = (&village.hub, Stick::new());
    let (down, up, back) = (
        stick.file("tin.bantin"),
        stick.file("thu.bantin"),
        stick.file("tra-loi.bantin"),
    );
    hub.ok(&["pack", "export", text(&down)]);
    let mai = Phone::of("Mai");
    let came = begin(&mai, hub, &down);
    assert_eq!(
        came["news"], "new",
        "the first pack brings the news: {came}"
    );
    assert!(mai.notices().len() > 15, "with those of the places above");
    assert!(!mai.search("ho tro").is_empty(), "and they can be searched");
    assert!(
        came["media"].as_u64() > Some(0),
        "pictures and sound came along: {came}"
    );
    let card = photo::take(mai.files(), "suoi.jpg", "suoi.jpg");
    let asked = mai.ask(QUESTION, &[&card]);
    let made = export(&mai, &up);
    assert_eq!(made["letters"], 1, "the letter is in the pack: {made}");
    assert_eq!(
        mai.proven(&asked),
        ["saved"],
        "writing a file proves nothing"
    );
    let taken = hub.ok(&["pack", "import", text(&up)]);
    assert_eq!(
        taken["accepted"].as_array().map(Vec::len),
        Some(1),
        "{taken}"
    );
    hub.ok(&["pack", "import", text(&up)]);
    let hanh = village.hanh();
    let thread = hanh.opens(&asked);
    assert_eq!(thread.messages.len(), 1, "brought twice, it arrived once");
    assert_eq!(thread.messages[0].text, QUESTION, "word for word");
    assert_eq!(thread.messages[0].attachments.len(), 1, "with its photo");
    hanh.says(&asked, "answered", ANSWER, "answer");
    hub.ok(&["pack", "export", text(&back)]);
    let came = import(&mai, &back);
    assert_eq!(
        mai.proven(&asked),
        ["saved", "accepted", "delivered", "opened", "answered"],
        "every step is proven without a network: {came}"
    );
    let page = mai.conversation(&asked);
    let answers: Vec<&Value> = page["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|m| m["mine"] == false)
        .collect();
    assert_eq!(answers.len(), 1, "the answer is there once: {page}");
    assert_eq!(answers[0]["text"], ANSWER, "word for word");
    let again = import(&mai, &back);
    assert_eq!(again["replies"], 0, "two imports have the effect of one");
    assert_eq!(again["records_changed"], 0, "for news too");
    assert!(mai.outbox().is_empty(), "nothing waits any more");
}

#[test]
fn an_older_or_foreign_pack_changes_nothing_and_says_so() {
    let village = Village::new();
    let (hub, stick) = (&village.hub, Stick::new());
    let (old, new, other) = (
        stick.file("cu.bantin"),
        stick.file("moi.bantin"),
        stick.file("la.bantin"),
    );
    hub.ok(&["pack", "export", text(&old), "--no-media"]);
    village.hanh().publish(&write_notice(hub.beside()));
    hub.ok(&["pack", "export", text(&new), "--no-media"]);
    let mai = Phone::of("Mai");
    begin(&mai, hub, &new);
    let titles = |phone: &Phone| -> Vec<Value> {
        let notices = phone.notices();
        notices.into_iter().map(|n| n["title"].clone()).collect()
    };
    let before = titles(&mai);
    assert!(
        before.contains(&NOTICE_TITLE.into()),
        "the new notice is here"
    );
    assert_eq!(import(&mai, &old)["news"], "older", "it is said");
    assert_eq!(titles(&mai), before, "and nothing was changed");
    assert_eq!(import(&mai, &new)["news"], "same", "nor by what is here");
    // A hub of somebody else, with a root of its own and places of the same names.
    let stranger = Hub::founded();
    stranger.ok(&["pack", "export", text(&other), "--no-media"]);
    assert_eq!(import(&mai, &other)["news"], "other-root", "it is refused");
    assert_eq!(titles(&mai), before, "and nothing was changed");
    let fresh = Phone::of("Thu");
    let root = link(hub);
    let said = fresh.run(&[
        "pack",
        "import",
        text(&other),
        "--follow",
        &root,
        "--place",
        PLACE,
    ]);
    assert_eq!(said.failure(), "root-mismatch", "nor can it be followed");
}

#[test]
fn ba_carries_mais_letter_to_where_there_is_a_network() {
    let village = Village::new();
    let (hub, stick) = (&village.hub, Stick::new());
    let (down, up, back) = (
        stick.file("tin.bantin"),
        stick.file("thu.bantin"),
        stick.file("ve.bantin"),
    );
    hub.ok(&["pack", "export", text(&down), "--no-media"]);
    let mai = Phone::of("Mai");
    begin(&mai, hub, &down);
    let card = photo::take(mai.files(), "suoi.jpg", "suoi.jpg");
    let asked = mai.ask(QUESTION, &[&card]);
    export(&mai, &up);
    let ba = village.phone("Bá");
    let came = import(&ba, &up);
    assert_eq!(
        came["carried"], 3,
        "a letter, its photo and the question for answers: {came}"
    );
    assert!(ba.inbox().is_empty(), "what is carried is not his own");
    assert_eq!(
        import(&ba, &up)["carried"],
        0,
        "twice has the effect of once"
    );
    ba.sync();
    let hanh = village.hanh();
    assert_eq!(hanh.opens(&asked).messages[0].text, QUESTION, "it arrived");
    export(&ba, &back);
    import(&mai, &back);
    assert_eq!(
        mai.proven(&asked),
        ["saved", "accepted"],
        "the hub's receipt came back with Bá"
    );
    let held = std::fs::read_dir(ba.data().join("profiles/me/carried")).unwrap();
    assert_eq!(
        held.count(),
        2,
        "the letter is put down, receipt and ask go on"
    );
    let thrice = stick.file("ba-lan.bantin");
    export(&ba, &thrice);
    let contents = ba.ok(&["pack", "show", text(&thrice)]);
    assert!(
        !contents["kinds"].to_string().contains("letter"),
        "an accepted letter is carried no more: {contents}"
    );
}

#[test]
fn of_a_damaged_pack_the_whole_records_are_kept() {
    let village = Village::new();
    let (hub, stick) = (&village.hub, Stick::new());
    let down = stick.file("tin.bantin");
    hub.ok(&["pack", "export", text(&down)]);
    let mut bytes = std::fs::read(&down).unwrap();
    // The stick lost a stretch near its end, where pictures are, and the end itself.
    let len = bytes.len();
    bytes[len * 8 / 10..len * 8 / 10 + 600].fill(0xff);
    bytes.truncate(len - 1000);
    std::fs::write(&down, &bytes).unwrap();
    let mai = Phone::of("Mai");
    let came = begin(&mai, hub, &down);
    assert_eq!(came["news"], "new", "the news are whole: {came}");
    assert!(
        came["damages_count"].as_u64() >= Some(2),
        "the rest is named"
    );
    let named = came["damages"].as_array().unwrap();
    assert!(
        named.iter().any(|damage| damage["kind"] == "blob"),
        "with its kind: {came}"
    );
    std::fs::write(&down, b"PK not a pack").unwrap();
    let said = mai.run(&["pack", "import", text(&down)]);
    assert_eq!(said.failure(), "not-a-pack", "another file is no pack");
    assert_eq!(said.code, Some(6), "and scripts see it");
}

#[test]
fn killed_during_an_import_the_phone_has_old_or_new_news() {
    let village = Village::new();
    let (hub, stick) = (&village.hub, Stick::new());
    let down = stick.file("tin.bantin");
    hub.ok(&["pack", "export", text(&down)]);
    let whole = Phone::of("Thu");
    begin(&whole, hub, &down);
    let (files, all) = (held(&whole), whole.notices().len());
    let link = link(hub);
    for kept in (0..files).step_by((files / 8).max(1)) {
        let mai = Phone::of("Mai");
        let mut running = mai.start(&[
            "pack",
            "import",
            text(&down),
            "--follow",
            &link,
            "--place",
            PLACE,
        ]);
        // Dies with another number of files on its disk each time.
        while held(&mai) < kept && running.try_wait().is_ok_and(|done| done.is_none()) {
            std::thread::yield_now();
        }
        running.kill().expect("our own process");
        running.wait().expect("our own process");
        assert!(mai.notices().len() <= all, "no more than there is");
        begin(&mai, hub, &down);
        assert_eq!(mai.notices().len(), all, "and the next import completes it");
        let again = import(&mai, &down);
        assert_eq!(again["news"], "same", "with nothing left to do: {again}");
    }
}

/// Files of news on a phone, staged or kept.
fn held(phone: &Phone) -> usize {
    let count = |folder: &str| {
        let files = std::fs::read_dir(phone.data().join(folder));
        files.map_or(0, Iterator::count)
    };
    count("partial") + count("segments") + count("blobs")
}

//! The whole story, told once in each weather; it ends the same way in all of them.

use bantin_tests::network::Fault;
use bantin_tests::phone::Phone;
use bantin_tests::photo;
use serde_json::Value;

use super::weather::{Weather, sync};
use crate::village::{NOTICE_TITLE, Village, write_notice};

/// Where a phone's camera says it was; it must never leave the phone.
const CANARY: &str = "GPS 11.1234N 108.5678E chim-hoang-yen";

const QUESTION: &str = "Nhà tôi có ba sào lúa. Có được hỗ trợ cây giống không?";
const MORE: &str = "Ruộng ở thôn nào?";
const DETAIL: &str = "Ở thôn Bình Đức, gần suối.";
const ANSWER: &str = "Có. Mai mời chị đến bộ phận một cửa, mang theo căn cước.";
const AGAIN: &str = "Tôi đến rồi mà chưa có ai.";
const ANSWER_AGAIN: &str = "Xin lỗi chị. Sáng thứ hai có người trực.";

/// Tells the story and checks its end.
fn tell(weather: &Weather) {
    let village = Village::new();
    let hanh = village.hanh();
    let notice = hanh.publish(&write_notice(village.hub.beside()));
    let mai = village.phone("Mai");
    sync(&mai, &village.network, weather);
    reads_without_a_network(&village, &mai, &notice);
    let asked = asks_without_a_network(&village, &mai);
    sync(&mai, &village.network, weather);
    is_delivered(&village, &mai, &asked, weather);
    converses(&village, &mai, &asked, weather);
    said_once_each(&village, &mai, &asked);
    shows_a_product(&village, &mai, weather);
}

fn reads_without_a_network(village: &Village, mai: &Phone, notice: &str) {
    village.network.cut();
    let titles: Vec<Value> = mai
        .notices()
        .into_iter()
        .map(|n| n["title"].clone())
        .collect();
    assert!(
        titles.contains(&NOTICE_TITLE.into()),
        "what was synced is in the list: {titles:?}"
    );
    assert!(
        titles.len() > 15,
        "the notices of the places above came with it: {}",
        titles.len()
    );
    let hits = mai.search("ho tro");
    let found = hits
        .iter()
        .any(|hit| hit["found"]["notice"]["card"]["id"] == notice);
    assert!(found, "`ho tro` finds hỗ trợ without a network: {hits:?}");
    let page = mai.show(notice);
    assert_eq!(page["text"]["title"], NOTICE_TITLE, "it can be read");
    assert_eq!(
        page["authenticity"]["state"], "current",
        "and is known to be genuine"
    );
    village.network.mend();
}

fn asks_without_a_network(village: &Village, mai: &Phone) -> String {
    village.network.cut();
    let photo = photo::take_with_place(mai.files(), "ruong-lua.jpg", "ruong.jpg", CANARY);
    let asked = mai.ask(QUESTION, &[&photo]);
    assert_eq!(
        mai.proven(&asked),
        ["saved"],
        "nothing more than that is proven without a network"
    );
    assert_eq!(mai.outbox().len(), 1, "the letter waits");
    let said = mai.try_sync();
    assert_ne!(
        said.code,
        Some(0),
        "a sync without a network says that it failed"
    );
    assert_eq!(mai.outbox().len(), 1, "and loses nothing");
    village.network.mend();
    asked
}

fn is_delivered(village: &Village, mai: &Phone, asked: &str, weather: &Weather) {
    let hanh = village.hanh();
    let row = hanh.awaits(asked);
    assert!(row.due_at.is_some(), "her queue shows the deadline");
    assert!(row.unopened, "nobody has opened it yet");
    sync(mai, &village.network, weather);
    let proven = mai.proven(asked);
    assert_eq!(
        proven,
        ["saved", "accepted", "delivered"],
        "what is proven is lit, no more"
    );
    assert!(
        mai.outbox().is_empty(),
        "an accepted letter waits no longer"
    );
    let thread = hanh.opens(asked);
    assert_eq!(thread.messages[0].text, QUESTION, "word for word");
    assert_eq!(thread.messages[0].attachments.len(), 1, "with its photo");
    assert_eq!(
        thread.messages[0].attachments[0].mime, "image/jpeg",
        "as a photo"
    );
    let hash = thread.messages[0].attachments[0].hash.to_string();
    let photo = hanh.desk.attachment(asked, &hash);
    let holds = |what: &[u8]| photo.windows(what.len()).any(|part| part == what);
    assert!(photo.starts_with(b"\xff\xd8"), "it is the picture");
    assert!(
        !holds(CANARY.as_bytes()) && !holds(b"Exif"),
        "where it was taken stayed on the phone"
    );
}

fn converses(village: &Village, mai: &Phone, asked: &str, weather: &Weather) {
    let hanh = village.hanh();
    let network = &village.network;
    hanh.says(asked, "needs-info", MORE, "one-more-detail");
    sync(mai, network, weather);
    assert_eq!(
        status(mai, asked),
        "needs-info",
        "Mai sees that something is missing"
    );
    mai.ok(&["reply", asked, DETAIL]);
    sync(mai, network, weather);
    hanh.opens_with(asked, 2);
    hanh.says(asked, "answered", ANSWER, "answer");
    hanh.says(asked, "answered", ANSWER, "answer");
    sync(mai, network, weather);
    assert_eq!(status(mai, asked), "answered", "Mai has her answer");
    let all = ["saved", "accepted", "delivered", "opened", "answered"];
    assert_eq!(mai.proven(asked), all, "every stone is lit");
    mai.ok(&["rate", asked, "2", "Chưa rõ."]);
    mai.ok(&["reopen", asked, AGAIN]);
    sync(mai, network, weather);
    let thread = hanh.opens_with(asked, 4);
    assert_eq!(
        thread.row.rating,
        Some(2),
        "she sees what Mai thinks of the answer"
    );
    assert_eq!(thread.row.status, "reopened", "and that it is not settled");
    hanh.says(asked, "answered", ANSWER_AGAIN, "answer-again");
    sync(mai, network, weather);
    mai.ok(&["close", asked]);
    sync(mai, network, weather);
    assert_eq!(
        hanh.opens_with(asked, 5).row.status,
        "closed",
        "Mai is content"
    );
}

/// Nothing lost, nothing doubled, in order, at both ends.
fn said_once_each(village: &Village, mai: &Phone, asked: &str) {
    let words = [QUESTION, MORE, DETAIL, ANSWER, AGAIN, ANSWER_AGAIN];
    let thread = village.hanh().opens(asked);
    let at_desk: Vec<&str> = thread.messages.iter().map(|m| m.text.as_str()).collect();
    let at_desk: Vec<&str> = at_desk.into_iter().filter(|t| words.contains(t)).collect();
    assert_eq!(
        at_desk, words,
        "Hạnh reads each letter and answer once, in order"
    );
    let page = mai.conversation(asked);
    let messages = page["messages"].as_array().unwrap();
    let at_phone: Vec<&str> = messages.iter().filter_map(|m| m["text"].as_str()).collect();
    let at_phone: Vec<&str> = at_phone.into_iter().filter(|t| words.contains(t)).collect();
    assert_eq!(at_phone, words, "so does Mai");
    assert_eq!(mai.inbox().len(), 1, "one question is one conversation");
}

fn shows_a_product(village: &Village, mai: &Phone, weather: &Weather) {
    let thu = village.phone("Thu");
    sync(&thu, &village.network, weather);
    let photos = ["ruou-can.jpg", "uong-ruou-can.jpg"];
    let photos: Vec<_> = photos
        .iter()
        .map(|p| photo::take(thu.files(), p, p))
        .collect();
    let photos: Vec<_> = photos.iter().map(|p| p.as_path()).collect();
    let name = "Rượu cần nhà Thu";
    let submitted = thu.submit_product(name, &photos);
    sync(&thu, &village.network, weather);
    let hanh = village.hanh();
    let thread = hanh.opens(&submitted);
    assert_eq!(
        thread.messages[0].attachments.len(),
        2,
        "both photos arrived"
    );
    let record = hanh.publishes_product(&submitted);
    sync(mai, &village.network, weather);
    let products = mai.products();
    let hers: Vec<_> = products.iter().filter(|p| p["name"] == name).collect();
    assert_eq!(
        hers.len(),
        1,
        "Mai sees Thu's product once among {}",
        products.len()
    );
    assert_eq!(hers[0]["id"], record, "it is the one that Hạnh published");
    sync(&thu, &village.network, weather);
    let page = thu.conversation(&submitted);
    let messages = page["messages"].as_array().unwrap();
    let heard = messages
        .iter()
        .filter(|m| m["verb"] == "published" && m["record"] == record);
    assert_eq!(heard.count(), 1, "and Thu hears of it, once: {page}");
}

fn status(phone: &Phone, id: &str) -> String {
    phone.conversation(id)["card"]["status"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn in_fair_weather() {
    tell(&Weather::Fair);
}

#[test]
fn with_the_network_gone_before_every_sync() {
    tell(&Weather::Gone);
}

#[test]
fn with_every_kind_of_request_cut_before_the_hub_hears_it() {
    tell(&Weather::Each(Fault::CutBefore));
}

#[test]
fn with_every_kind_of_request_cut_in_its_middle() {
    tell(&Weather::Each(Fault::CutInside(100)));
}

#[test]
fn with_every_kind_of_answer_lost() {
    tell(&Weather::Each(Fault::CutAfter));
}

#[test]
fn with_every_kind_of_answer_cut_in_its_middle() {
    tell(&Weather::Each(Fault::CutAnswer(50)));
}

#[test]
fn with_every_kind_of_answer_altered() {
    tell(&Weather::Each(Fault::Alter));
}

#[test]
fn with_the_sign_in_page_of_a_network_instead_of_answers() {
    tell(&Weather::Each(Fault::Portal));
}

#[test]
fn with_every_letter_sent_three_times() {
    tell(&Weather::Thrice);
}

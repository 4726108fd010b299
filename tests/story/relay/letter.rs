//! A letter that a neighbour carries: nothing is claimed that is not proven, nothing happens twice.

use bantin_tests::network::{Fault, Rule};
use bantin_tests::photo;
use bantin_tests::wait::until_true;

use super::{ba_has_news, mai_follows, sync_via};
use crate::village::Village;

const QUESTION: &str = "Cầu treo gãy ván, ai sửa?";
const ANSWER: &str = "Thứ hai có đội đến sửa.";

#[test]
fn bas_phone_carries_mais_letter_and_brings_the_answer() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    village.network.cut();
    let sharing = ba.share(&[]);
    let mai = mai_follows(&sharing);
    mai.sync();
    let photo = photo::take(mai.files(), "suoi.jpg", "cau.jpg");
    let asked = mai.ask(QUESTION, &[&photo]);
    sync_via(&mai, &sharing);
    assert_eq!(
        mai.proven(&asked),
        ["saved"],
        "that Bá's phone has it lights no step"
    );
    assert_eq!(mai.outbox().len(), 1, "and Mai's phone keeps trying");
    let page = mai.conversation(&asked);
    assert!(
        page["messages"][0]["carried_at"].is_u64(),
        "but Mai sees that somebody carries it: {page}"
    );
    village.network.mend();
    until_true("the hub's receipt to come back through Bá's phone", || {
        sync_via(&mai, &sharing);
        mai.proven(&asked).contains(&"accepted".to_owned())
    });
    assert!(mai.outbox().is_empty(), "now it waits no longer");
    let hanh = village.hanh();
    let thread = hanh.opens(&asked);
    assert_eq!(thread.messages[0].text, QUESTION, "word for word");
    assert_eq!(thread.messages[0].attachments.len(), 1, "with its photo");
    hanh.says(&asked, "answered", ANSWER, "once-answer");
    until_true("the answer to come through Bá's phone", || {
        sync_via(&mai, &sharing);
        mai.proven(&asked).contains(&"answered".to_owned())
    });
    village.network.cut();
    drop(sharing);
    village.network.mend();
    mai.sync();
    let page = mai.conversation(&asked);
    let answers = page["messages"].as_array().expect("messages");
    let said = answers.iter().filter(|m| m["text"] == ANSWER).count();
    assert_eq!(said, 1, "from both ways, the answer is there once");
}

#[test]
fn a_letter_that_goes_both_ways_has_one_effect() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    let mai = village.phone("Mai");
    mai.sync();
    village.network.cut();
    let sharing = ba.share(&[]);
    let asked = mai.ask(QUESTION, &[]);
    sync_via(&mai, &sharing);
    assert_eq!(mai.outbox().len(), 1, "it waits on both phones");
    village.network.mend();
    mai.sync();
    assert!(mai.outbox().is_empty(), "her own phone was first, or not");
    until_true("Bá's phone to have nothing to carry", || {
        let waiting = std::fs::read_dir(ba.data().join("relay/letters"));
        waiting.expect("the relay's folder").next().is_none()
    });
    let hanh = village.hanh();
    let thread = hanh.opens(&asked);
    assert_eq!(thread.messages.len(), 1, "one letter, however it came");
    let rows = hanh.queue();
    let same = rows.iter().filter(|row| row.id == asked).count();
    assert_eq!(same, 1, "and one conversation");
}

#[test]
fn a_relay_that_dies_loses_nothing_it_said_it_has() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    village.network.cut();
    let sharing = ba.share(&[]);
    let mai = mai_follows(&sharing);
    mai.sync();
    let asked = mai.ask(QUESTION, &[]);
    sync_via(&mai, &sharing);
    let page = mai.conversation(&asked);
    assert!(
        page["messages"][0]["carried_at"].is_u64(),
        "Bá's phone said so"
    );
    sharing.kill();
    village.network.mend();
    let sharing = ba.share(&[]);
    let hanh = village.hanh();
    assert_eq!(
        hanh.opens(&asked).messages[0].text,
        QUESTION,
        "started again, Bá's phone carries it, though Mai never came back"
    );
    until_true("the receipt", || {
        sync_via(&mai, &sharing);
        mai.outbox().is_empty()
    });
}

#[test]
fn a_relay_killed_before_it_answers_costs_nothing() {
    let village = Village::new();
    let ba = ba_has_news(&village);
    village.network.cut();
    let sharing = ba.share(&[]);
    let mai = mai_follows(&sharing);
    mai.sync();
    let asked = mai.ask(QUESTION, &[]);
    let at = sharing.url().trim_start_matches("http://");
    let air = bantin_tests::network::Network::to(at.parse().expect("an address"));
    air.fail(Rule::once("/v1/letters", Fault::CutAfter));
    let said = mai.run(&["sync", "--via", &air.url()]);
    assert_ne!(said.code, Some(0), "Mai hears that it did not go through");
    assert_eq!(mai.outbox().len(), 1, "her phone has it");
    sharing.kill();
    let sharing = ba.share(&[]);
    sync_via(&mai, &sharing);
    village.network.mend();
    assert_eq!(
        village.hanh().opens(&asked).messages.len(),
        1,
        "kept twice, carried twice perhaps, there once"
    );
}

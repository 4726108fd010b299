//! Mai turns to another hub while a sync with the one before still runs, or asks through a relay for once.

use bantin_model::letter::ReplyVerb;
use bantin_wire::Code;
use tokio::task::JoinHandle;

use crate::cast::{Phone, question};
use crate::hub::{COMMUNE, place};
use crate::server::{Fault, TestServer};

/// Mai's phone begins a sync with the old hub, which waits with its answer to `path`; then she follows the new one.
async fn turn_away(mai: &Phone, old: &TestServer, path: &'static str, new: &TestServer) {
    old.close(path);
    let engine = mai.engine.clone();
    let sync: JoinHandle<_> = tokio::spawn(async move { engine.sync().await });
    old.waits().await;
    let (link, commune) = (new.link(), place(COMMUNE));
    mai.engine.follow(&link, &commune).await.unwrap();
    // The app's next step, while the old sync still waits.
    let engine = mai.engine.clone();
    let next = async move { engine.sync().await };
    let (next, ()) = tokio::join!(next, async { old.open() });
    sync.await
        .unwrap()
        .expect("leaving a hub is no failure of a sync");
    next.expect("the new hub is asked");
}

#[tokio::test]
async fn the_refusal_of_a_hub_she_has_left_stops_no_letter() {
    let (old, new) = (TestServer::start().await, TestServer::start().await);
    let mai = Phone::following(&old).await;
    let asked = question("Bao giờ sửa cầu?");
    mai.engine.ask(&asked, "tap").await.unwrap();
    old.fault(Fault::Refuses(Code::TooLong));
    turn_away(&mai, &old, "/v1/letters", &new).await;
    assert!(
        mai.engine.outbox().await.unwrap().is_empty(),
        "what the old hub said too late marks nothing"
    );
    assert_eq!(
        new.world(|world| world.letters.len()),
        1,
        "the letter leaves through the new hub with the sync that was asked for after the turn"
    );
}

#[tokio::test]
async fn the_cursor_of_a_hub_she_has_left_hides_no_answer() {
    let (old, new) = (TestServer::start().await, TestServer::start().await);
    let mai = Phone::following(&old).await;
    let asked = question("Bao giờ sửa cầu?");
    let id = mai.engine.ask(&asked, "tap").await.unwrap();
    mai.engine.sync().await.unwrap();
    let letter = old.world(|world| world.opened().remove(0));
    old.world(|world| {
        world.answer(&letter, ReplyVerb::Working, "Đang xem.");
        world.answer(&letter, ReplyVerb::Working, "Vẫn đang xem.");
    });
    new.world(|world| world.answer(&letter, ReplyVerb::Answered, "Cuối tháng."));
    turn_away(&mai, &old, "/v1/mailbox", &new).await;
    let page = mai.engine.conversation(&id).await.unwrap();
    let texts: Vec<&str> = page.messages.iter().map(|m| m.text.as_str()).collect();
    assert!(
        texts.contains(&"Cuối tháng."),
        "the new hub's copy is read from its first entry, however far the old one was read: {texts:?}"
    );
}

#[tokio::test]
async fn a_relay_does_not_say_how_far_a_mailbox_was_read() {
    let (hub, relay) = (TestServer::start().await, TestServer::start().await);
    relay.relays(&hub);
    let mai = Phone::following(&hub).await;
    let asked = question("Bao giờ sửa cầu?");
    let id = mai.engine.ask(&asked, "tap").await.unwrap();
    mai.engine.sync().await.unwrap();
    let letter = hub.world(|world| world.opened().remove(0));
    // What the relay holds is of a life before the hub was restored, when more had been numbered.
    relay.world(|world| {
        world.answer(&letter, ReplyVerb::Working, "Đang xem.");
        world.answer(&letter, ReplyVerb::Working, "Vẫn đang xem.");
    });
    hub.world(|world| world.answer(&letter, ReplyVerb::Answered, "Cuối tháng."));
    for (time, new) in [("at first", 2), ("once more", 0)] {
        let brought = mai.engine.sync_via(&relay.url).await.unwrap();
        assert_eq!(
            brought.entries_received, new,
            "{time}: what the relay brings is kept once and told once"
        );
    }
    mai.engine.sync().await.unwrap();
    let page = mai.engine.conversation(&id).await.unwrap();
    let texts: Vec<&str> = page.messages.iter().map(|m| m.text.as_str()).collect();
    assert!(
        texts.contains(&"Cuối tháng."),
        "the hub is asked from its own first entry on: {texts:?}"
    );
}

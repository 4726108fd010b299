//! What Mai's phone can pass on: exactly what came, whole, and no more than is current.

use std::collections::BTreeSet;

use bantin_model::id::Hash;
use bantin_model::time::Seconds;

use crate::cast::Phone;
use crate::hub::{COMMUNE, place};
use crate::server::TestServer;

fn files(phone: &Phone) -> BTreeSet<String> {
    let folder = std::fs::read_dir(phone.path().join("segments")).unwrap();
    folder
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn the_shelf_holds_what_the_heads_list_and_nothing_else() {
    let server = TestServer::start().await;
    server.world(|world| world.notice("Lịch họp bản", "Tối thứ bảy."));
    let mut mai = Phone::following(&server).await;
    for day in 1..6 {
        server.world(|world| {
            world.now = Seconds(world.now.0 + 60);
            world.notice(&format!("Tin ngày {day}"), "Nội dung.")
        });
        mai.engine.sync().await.unwrap();
    }
    mai.restart().await;
    let shelf = mai.engine.shelf().await;
    let feeds = shelf.feeds().await.unwrap();
    let places: Vec<_> = feeds.iter().map(|feed| feed.place.as_str()).collect();
    assert_eq!(places, ["vn-68", COMMUNE], "from the top down");
    assert!(
        feeds
            .iter()
            .all(bantin_engine::shelf::ShelfFeed::is_complete),
        "every segment is here after a restart too"
    );
    let listed: BTreeSet<String> = feeds
        .iter()
        .flat_map(|feed| &feed.segments)
        .map(|segment| segment.hash.to_string())
        .collect();
    assert_eq!(files(&mai), listed, "merged segments have left the disk");
    let partial = std::fs::read_dir(mai.path().join("partial")).unwrap();
    assert_eq!(partial.count(), 0, "nothing lies twice");
    for feed in &feeds {
        for segment in &feed.segments {
            let bytes = shelf.segment(&segment.hash).await.unwrap().unwrap();
            assert_eq!(Hash::of(&bytes), segment.hash, "byte for byte");
            assert_eq!(bytes.len() as u64, segment.bytes, "as long as was signed");
        }
    }
    let document = shelf.document().await.unwrap().unwrap();
    let served = server.world(|world| world.heads());
    assert_eq!(document, served, "the heads can be passed on as they came");
}

#[tokio::test]
async fn a_lost_or_damaged_file_is_no_fault() {
    let server = TestServer::start().await;
    server.world(|world| world.notice("Lịch họp bản", "Tối thứ bảy."));
    let mai = Phone::following(&server).await;
    let shelf = mai.engine.shelf().await;
    let feeds = shelf.feeds().await.unwrap();
    let (lost, damaged) = (feeds[0].segments[0].hash, feeds[1].segments[0].hash);
    std::fs::remove_file(shelf.segment_file(&lost)).unwrap();
    std::fs::write(shelf.segment_file(&damaged), b"BTS1 and then nothing").unwrap();
    assert_eq!(shelf.segment(&lost).await.unwrap(), None, "it is missing");
    assert_eq!(
        shelf.segment(&damaged).await.unwrap(),
        None,
        "damaged bytes are never passed on"
    );
    server.world(|world| {
        world.now = Seconds(world.now.0 + 60);
        world.notice("Tin mới", "Nội dung.")
    });
    mai.engine.sync().await.unwrap();
    assert_eq!(mai.notices().await.len(), 2, "news come all the same");
    let feed = &shelf.feeds().await.unwrap()[0];
    assert_eq!(feed.place, place("vn-68"));
    assert!(
        feed.missing.contains(&lost),
        "what is missing is said, so that it can be fetched"
    );
}

#[tokio::test]
async fn forgetting_clears_the_shelf() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    assert!(!files(&mai).is_empty(), "something is there at first");
    mai.engine.forget().await.unwrap();
    assert!(files(&mai).is_empty(), "nothing is left to pass on");
}

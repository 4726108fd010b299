//! Hubs and networks that lie, break and go back in time.

use bantin_model::id::Hash;
use bantin_model::time::Seconds;
use bantin_wire::Code;

use crate::cast::{Phone, code, question};
use crate::hub::NOW;
use crate::server::{Fault, TestServer};

#[tokio::test]
async fn whatever_a_network_answers_the_news_stay_and_a_code_says_what_happened() {
    let server = TestServer::start().await;
    server.world(|world| world.notice("Hỗ trợ giống ngô", "Nhận tại xã."));
    let mai = Phone::following(&server).await;
    mai.engine.ask(&question("Hỏi"), "tap").await.unwrap();
    let answers = [
        (Fault::Captive, Code::NotAHub),
        // A letter is answered first, and junk is no receipt.
        (Fault::Junk, Code::NotGenuine),
        (Fault::Resting, Code::HubResting),
    ];
    for (fault, expected) in answers {
        server.fault(fault.clone());
        assert_eq!(code(mai.engine.sync().await), expected, "{fault:?}");
        let status = mai.engine.status().await.unwrap();
        assert_eq!(
            status.last_failure,
            Some(expected),
            "the line of truth says it"
        );
        assert_eq!(status.letters_waiting, 1, "the letter is still here");
        assert_eq!(mai.notices().await.len(), 1, "and so are the news");
    }
    server.fault(Fault::None);
    mai.engine.sync().await.unwrap();
    assert_eq!(
        mai.engine.status().await.unwrap().last_failure,
        None,
        "all is well again"
    );
}

#[tokio::test]
async fn an_altered_segment_is_never_shown() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    server.world(|world| world.notice("Tin thật", "Thật."));
    server.fault(Fault::Altered);
    assert_eq!(
        code(mai.engine.sync().await),
        Code::NotGenuine,
        "its hash is another"
    );
    assert!(mai.notices().await.is_empty(), "nothing of it is shown");
    server.fault(Fault::None);
    mai.engine.sync().await.unwrap();
    assert_eq!(
        mai.notices().await[0].title,
        "Tin thật",
        "the next sync brings the true one"
    );
}

#[tokio::test]
async fn a_rolled_back_head_is_refused_and_what_is_known_stays() {
    let server = TestServer::start().await;
    let before = server.world(|world| world.heads());
    server.world(|world| world.notice("Tin mới", "Mới."));
    let mut mai = Phone::following(&server).await;
    server.fault(Fault::OldHeads(before));
    mai.restart().await;
    assert_eq!(
        code(mai.engine.sync().await),
        Code::RolledBack,
        "also after a restart"
    );
    assert_eq!(mai.notices().await.len(), 1, "the newer state stays");
}

#[tokio::test]
async fn a_cut_download_goes_on_where_it_stopped() {
    let server = TestServer::start().await;
    let mut mai = Phone::following(&server).await;
    let text = "Một đoạn dài. ".repeat(400);
    server.world(|world| world.notice("Tin dài", &text));
    server.fault(Fault::Cut);
    assert_eq!(
        code(mai.engine.sync().await),
        Code::Offline,
        "the line broke"
    );
    let held = || {
        let partial = std::fs::read_dir(mai.path().join("partial")).unwrap();
        partial
            .map(|entry| entry.unwrap().metadata().unwrap().len())
            .sum::<u64>()
    };
    let half = held();
    assert!(half > 1000, "what came is kept: {half}");
    server.fault(Fault::None);
    mai.restart().await;
    let before = mai.engine.storage().await.unwrap().traffic_today_bytes;
    mai.engine.sync().await.unwrap();
    let moved = mai.engine.storage().await.unwrap().traffic_today_bytes - before;
    assert_eq!(
        mai.notices().await[0].title,
        "Tin dài",
        "the two halves make the whole"
    );
    assert!(
        moved < 2 * half,
        "the first half did not come again: {moved} bytes for {half}"
    );
}

#[tokio::test]
async fn a_clock_two_years_off_is_noticed_and_signed_time_counts() {
    let server = TestServer::start().await;
    server.world(|world| world.notice("Tin", "Tin."));
    let two_years = 2 * 365 * Seconds::DAY;
    for wrong in [Seconds(NOW.0 - two_years), NOW.plus(two_years)] {
        let phone = Phone::new().await;
        phone.set_clock(wrong);
        phone
            .engine
            .follow(&server.link(), &crate::hub::place(crate::hub::COMMUNE))
            .await
            .unwrap();
        phone.engine.sync().await.unwrap();
        let status = phone.engine.status().await.unwrap();
        assert!(status.clock_wrong, "the clock of {wrong:?} cannot be right");
        assert!(
            !status.stale,
            "the head was signed today, whatever the clock says"
        );
        assert_eq!(phone.notices().await.len(), 1, "and the news are read");
        phone.engine.ask(&question("Hỏi"), "tap").await.unwrap();
        phone.engine.sync().await.unwrap();
        assert_eq!(
            phone.engine.status().await.unwrap().letters_waiting,
            0,
            "letters leave too"
        );
    }
}

#[tokio::test]
async fn a_blob_is_verified_kept_and_read_without_a_network() {
    let server = TestServer::start().await;
    let sound = vec![7u8; 5000];
    let hash = Hash::of(&sound);
    server.world(|world| world.blobs.insert(hash, sound.clone()));
    let mai = Phone::following(&server).await;
    server.fault(Fault::Altered);
    assert_eq!(
        code(mai.engine.blob(hash).await),
        Code::NotGenuine,
        "another sound is refused"
    );
    server.fault(Fault::Cut);
    assert_eq!(
        code(mai.engine.blob(hash).await),
        Code::Offline,
        "a cut is a cut"
    );
    server.fault(Fault::None);
    assert_eq!(
        mai.engine.blob(hash).await.unwrap(),
        sound,
        "the rest comes"
    );
    server.fault(Fault::Captive);
    assert_eq!(
        mai.engine.blob(hash).await.unwrap(),
        sound,
        "it is here now"
    );
    assert_eq!(
        code(mai.engine.blob(Hash::of(b"x")).await),
        Code::NotAHub,
        "another is not"
    );
}

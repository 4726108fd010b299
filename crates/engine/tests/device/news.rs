//! Mai follows her commune, and reads without a network.

use bantin_model::record::{Certificate, Group, Product};
use bantin_model::time::{Seconds, Validity};
use bantin_wire::Code;
use bantin_wire::ipc::notice::Genuine;
use bantin_wire::ipc::product::ProductList;
use bantin_wire::ipc::search::Found;

use crate::cast::{Phone, all, code};
use crate::hub::{COMMUNE, NOW, place, text};
use crate::server::{Fault, TestServer};

const DAY: u64 = Seconds::DAY;

#[tokio::test]
async fn mai_finds_and_reads_a_notice_after_a_restart_without_a_network() {
    let server = TestServer::start().await;
    let id = server.world(|world| world.notice("Hỗ trợ tiền điện", "Hộ nghèo được hỗ trợ."));
    let mut mai = Phone::following(&server).await;
    server.fault(Fault::Captive);
    mai.restart().await;
    let hits = mai.engine.search("ho tro", 10).await.unwrap();
    assert_eq!(
        hits.len(),
        1,
        "tones do not matter, and nothing else was published"
    );
    let Found::Notice { card } = &hits[0].found else {
        panic!("a notice was found")
    };
    assert_eq!(card.id, id, "it is that notice");
    assert!(
        !hits[0].marks.is_empty(),
        "the words that were found are marked"
    );
    assert!(card.unread, "nobody opened it yet");
    let page = mai.engine.notice(id, Some("en")).await.unwrap();
    assert_eq!(
        page.text.lang, "vi",
        "there is no English, so Vietnamese stands in"
    );
    assert!(!page.text.wanted, "and that is said");
    assert_eq!(
        page.authenticity.agency, "UBND xã Phan Sơn",
        "who says it is known"
    );
    assert_eq!(
        page.authenticity.state,
        Genuine::Current,
        "the head is fresh"
    );
    assert!(!mai.notices().await[0].unread, "it was opened now");
    let hits = mai.engine.search("ho tro", 10).await.unwrap();
    let Found::Notice { card } = &hits[0].found else {
        panic!("a notice was found")
    };
    assert!(!card.unread, "and what is found says so too");
}

#[tokio::test]
async fn nothing_new_costs_one_request() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    server.asked();
    mai.engine.sync().await.unwrap();
    let asked = server.asked();
    assert_eq!(
        asked,
        [format!("GET /v1/heads/{COMMUNE}")],
        "an ETag says it all"
    );
    let storage = mai.engine.storage().await.unwrap();
    assert!(storage.traffic_today_bytes > 0, "bytes are counted");
    assert_eq!(
        storage.traffic_today_bytes, storage.traffic_month_bytes,
        "on the first day"
    );
}

#[tokio::test]
async fn a_change_a_correction_and_a_withdrawal_arrive() {
    let server = TestServer::start().await;
    let old = server.world(|world| world.notice("Tiêm phòng đợt 1", "Ngày 20."));
    let mai = Phone::following(&server).await;
    mai.engine.save_notice(old, true).await.unwrap();
    let new = server.world(|world| {
        world.publish(COMMUNE, vec![bantin_model::feed::Change::Withdraw(old)]);
        world.now = Seconds(world.now.0 + 60);
        world.notice("Tiêm phòng đợt 2", "Ngày 27.")
    });
    let outcome = mai.engine.sync().await.unwrap();
    assert_eq!(outcome.records_changed, 2, "one came and one went");
    let ids: Vec<_> = mai.notices().await.iter().map(|card| card.id).collect();
    assert_eq!(ids, [new], "a withdrawn notice is no longer listed");
    assert!(
        mai.engine.search("dot 1", 5).await.unwrap().is_empty(),
        "nor found"
    );
    let page = mai.engine.notice(old, None).await.unwrap();
    assert_eq!(
        page.authenticity.state,
        Genuine::Replaced,
        "who kept it is told that it is over"
    );
    let mut list = all("notice");
    list.saved = true;
    let kept = mai.engine.notices(&list);
    assert_eq!(
        kept.await.unwrap()[0].id,
        old,
        "and finds it among what is kept"
    );
}

#[tokio::test]
async fn old_news_are_shown_as_old_and_a_certificate_ends_offline() {
    let server = TestServer::start().await;
    let certificate = Certificate {
        number: "12/OCOP".into(),
        issued_by: "UBND tỉnh".into(),
        valid: Validity {
            from: Seconds(0),
            until: Some(NOW.plus(30 * DAY)),
        },
        stars: 4,
    };
    let wine = Product {
        group: Group(2),
        texts: vec![text("vi", "Rượu cần", "Men lá rừng.")],
        maker: "Hộ bà Thu".into(),
        village: "Cà Lon".into(),
        price: "150.000 đ".into(),
        price_date: "2026-11-01".into(),
        season: vec![],
        available: true,
        certificate: Some(certificate),
        pictures: vec![],
        sample: false,
    };
    let (notice, product) = server.world(|world| {
        (
            world.notice("Lịch họp bản", "Tối thứ bảy."),
            world.product(&wine),
        )
    });
    let mai = Phone::following(&server).await;
    let list = ProductList {
        group: Some("drinks".into()),
        offset: 0,
        limit: 10,
    };
    assert_eq!(
        mai.engine.products(&list).await.unwrap()[0].stars,
        Some(4),
        "it counts today"
    );
    mai.set_clock(NOW.plus(40 * DAY));
    let status = mai.engine.status().await.unwrap();
    assert!(status.stale, "a head of forty days ago is old");
    let page = mai.engine.notice(notice, None).await.unwrap();
    assert_eq!(
        page.authenticity.state,
        Genuine::Old,
        "it is shown, and shown as old"
    );
    let page = mai.engine.product(product, None).await.unwrap();
    assert_eq!(
        page.card.stars, None,
        "stars end with the certificate, offline too"
    );
    assert!(!page.certificate.unwrap().valid, "and that is said");
}

#[tokio::test]
async fn following_needs_the_right_root_place_and_link() {
    let server = TestServer::start().await;
    let phone = Phone::new().await;
    let wrong = format!("{}#root={}", server.url, "ab".repeat(32));
    let engine = &phone.engine;
    assert_eq!(
        code(engine.follow(&wrong, &place(COMMUNE)).await),
        Code::RootMismatch
    );
    assert_eq!(
        code(engine.places_offered(&wrong).await),
        Code::RootMismatch
    );
    let elsewhere = engine.follow(&server.link(), &place("vn-99")).await;
    assert_eq!(
        code(elsewhere),
        Code::PlaceUnknown,
        "the hub does not carry it"
    );
    assert_eq!(
        code(engine.follow("xin chào", &place(COMMUNE)).await),
        Code::LinkDamaged
    );
    assert!(
        engine.status().await.unwrap().place.is_none(),
        "nothing was followed by accident"
    );
    assert_eq!(
        code(engine.sync().await),
        Code::NotFound,
        "so there is nothing to sync"
    );
    let offer = engine.places_offered(&server.link()).await.unwrap();
    assert_eq!(
        offer.places[0].id,
        place(COMMUNE),
        "the right link shows what there is"
    );
}

#[tokio::test]
async fn two_syncs_at_once_are_one() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    server.asked();
    let (one, two) = tokio::join!(mai.engine.sync(), mai.engine.sync());
    assert_eq!(one.unwrap(), two.unwrap(), "the second joined the first");
    assert_eq!(server.asked().len(), 1, "and the hub was asked once");
}

#[tokio::test]
async fn forgetting_leaves_nothing() {
    let server = TestServer::start().await;
    server.world(|world| world.notice("Lịch họp bản", "Tối thứ bảy."));
    let mut mai = Phone::following(&server).await;
    mai.engine
        .ask(&crate::cast::question("Bí mật của Mai"), "a")
        .await
        .unwrap();
    mai.engine.set_draft("ask", "nháp của Mai").await.unwrap();
    mai.engine.forget().await.unwrap();
    mai.restart().await;
    assert!(mai.notices().await.is_empty(), "the news are gone");
    assert!(
        mai.engine.conversations().await.unwrap().is_empty(),
        "so are the letters"
    );
    assert_eq!(
        mai.engine.draft("ask").await.unwrap(),
        None,
        "and the drafts"
    );
    assert!(
        mai.engine.status().await.unwrap().place.is_none(),
        "no place is followed"
    );
    for words in ["Bí mật của Mai", "nháp của Mai"] {
        assert!(
            !holds(mai.path(), words.as_bytes()),
            "no file holds {words:?}"
        );
    }
}

fn holds(folder: &std::path::Path, words: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, words);
        }
        std::fs::read(path)
            .unwrap()
            .windows(words.len())
            .any(|window| window == words)
    })
}

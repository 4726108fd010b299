//! What people and scripts hand in that cannot be taken: a clear code, and nothing is lost.

use bantin_store::Bounds;
use bantin_wire::Code;
use bantin_wire::ipc::device::Settings;
use serde_json::json;

use crate::cast::{Phone, code, config, photo, question, refused};
use crate::hub::{COMMUNE, place};
use crate::server::TestServer;

#[tokio::test]
async fn texts_and_fields_out_of_bounds_are_named() {
    let server = TestServer::start().await;
    let mai = Phone::following(&server).await;
    let engine = &mai.engine;
    let long = refused(engine.ask(&question(&"đ".repeat(100_000)), "a").await);
    assert_eq!(
        (long.code, long.number),
        (Code::TooLong, Some(20_000)),
        "the limit is said"
    );
    assert_eq!(long.field.as_deref(), Some("text"), "and where");
    let empty = refused(engine.ask(&question("  \n "), "a").await);
    assert_eq!(
        (empty.code, empty.field.as_deref()),
        (Code::Empty, Some("text"))
    );
    let mut odd = question("Hỏi");
    odd.topic = "chính trị".into();
    assert_eq!(
        code(engine.ask(&odd, "a").await),
        Code::NotAllowed,
        "no such topic"
    );
    odd.topic = "policy".into();
    odd.photos = vec!["../../private".into()];
    assert_eq!(
        code(engine.ask(&odd, "a").await),
        Code::NotFound,
        "a token is no path"
    );
    assert_eq!(
        code(engine.ask(&question("Hỏi"), "").await),
        Code::NotAllowed,
        "an act has a name"
    );
    assert!(
        engine.conversations().await.unwrap().is_empty(),
        "nothing was sent by accident"
    );
    let strange = "\u{202e}<script>alert(1)</script> ".to_owned() + &"e\u{301}\u{489}".repeat(50);
    engine.ask(&question(&strange), "a").await.unwrap();
    let id = &engine.conversations().await.unwrap()[0].id;
    let kept = &engine.conversation(id).await.unwrap().messages[0].text;
    assert_eq!(kept, strange.trim(), "any text is kept as it was written");
}

#[tokio::test]
async fn files_that_are_no_photos_are_told_apart() {
    let phone = Phone::new().await;
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let cases = [
        (heic, Code::MediaHeic, "a HEIC named .jpg"),
        (
            b"%PDF-1.7 ...".to_vec(),
            Code::MediaKind,
            "a PDF named .jpg",
        ),
        (Vec::new(), Code::MediaDamaged, "an empty file"),
        (
            vec![0xff; 20_000_001],
            Code::MediaTooLarge,
            "more than 20 MB",
        ),
        (photo()[..60].to_vec(), Code::MediaDamaged, "half a picture"),
    ];
    for (bytes, expected, what) in cases {
        assert_eq!(
            code(phone.engine.add_photo(bytes).await),
            expected,
            "{what}"
        );
    }
    assert_eq!(
        code(phone.engine.photo("../me").await),
        Code::NotFound,
        "a token is no path"
    );
}

#[tokio::test]
async fn a_dropped_draft_takes_its_photos_along_later() {
    let phone = Phone::new().await;
    let token = phone.engine.add_photo(photo()).await.unwrap().token;
    phone
        .engine
        .set_draft("ask", &format!("{{\"photos\":[\"{token}\"]}}"))
        .await
        .unwrap();
    phone.set_clock(crate::hub::NOW.plus(7200));
    phone.engine.set_draft("product", "").await.unwrap();
    assert!(
        phone.engine.photo(&token).await.is_ok(),
        "another draft names it"
    );
    phone.engine.set_draft("ask", "").await.unwrap();
    assert_eq!(
        code(phone.engine.photo(&token).await),
        Code::NotFound,
        "now nothing does"
    );
    let long = phone.engine.set_draft("ask", &"x".repeat(300 << 10)).await;
    assert_eq!(code(long), Code::TooLong, "a draft has a limit");
}

#[tokio::test]
async fn commands_by_name_answer_or_say_what_is_wrong() {
    let phone = Phone::new().await;
    let run = async |name: &str, args| phone.engine.run(name, args).await;
    let settings = run("settings_get", json!({})).await.unwrap();
    assert_eq!(
        settings,
        serde_json::to_value(Settings::default()).unwrap(),
        "defaults at first"
    );
    for (name, args) in [
        ("notice_explode", json!({})),
        ("", json!(null)),
        ("search", json!({"text": 3})),
        ("notice_read", json!({"id": "zz", "lang": null})),
    ] {
        let failure = run(name, args).await.unwrap_err();
        assert_eq!(failure.code, Code::Malformed, "{name:?} is not understood");
    }
    let odd = Settings {
        text_percent: 101,
        ..Settings::default()
    };
    let refused = run("settings_set", json!({ "settings": odd }))
        .await
        .unwrap_err();
    assert_eq!(
        refused.field.as_deref(),
        Some("text_percent"),
        "the field is named"
    );
    let unknown = json!({"id": "00".repeat(16), "once": "a"});
    let failure = run("conversation_close", unknown).await.unwrap_err();
    assert_eq!(
        failure.code,
        Code::NotFound,
        "there is no such conversation"
    );
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_says_so() {
    let server = TestServer::start().await;
    let dir = tempfile::tempdir().unwrap();
    let clock = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(crate::hub::NOW.0));
    let mut small = config(&clock, 1);
    // Room for the empty tables and a little more.
    small.bounds = Bounds {
        bytes_max: 560 << 10,
        ..Bounds::default()
    };
    let engine = bantin_engine::Engine::open(dir.path(), small)
        .await
        .unwrap();
    engine
        .follow(&server.link(), &place(COMMUNE))
        .await
        .unwrap();
    engine.sync().await.unwrap();
    server.world(|world| world.notice("Tin rất dài", &"Một câu khác nhau. ".repeat(10_000)));
    assert_eq!(
        code(engine.sync().await),
        Code::DiskFull,
        "the news do not fit"
    );
    let mut kept = Vec::new();
    let refused = loop {
        match engine
            .ask(
                &question(&"Hỏi dài. ".repeat(1000)),
                &kept.len().to_string(),
            )
            .await
        {
            Ok(id) => kept.push(id),
            Err(error) => break code::<()>(Err(error)),
        }
        assert!(kept.len() < 1000, "the disk must fill");
    };
    assert_eq!(
        refused,
        Code::DiskFull,
        "a letter that is not safe is not said to be saved"
    );
    let listed = engine.conversations().await.unwrap().len();
    assert_eq!(
        listed,
        kept.len(),
        "and every one that was said to be is there"
    );
    let roomy = config(&clock, 2);
    let engine = bantin_engine::Engine::open(dir.path(), roomy)
        .await
        .unwrap();
    engine.sync().await.unwrap();
    assert_eq!(
        engine.outbox().await.unwrap(),
        [],
        "with room, all leave and the news come"
    );
    assert_eq!(
        server.world(|world| world.letters.len()),
        kept.len(),
        "each of them"
    );
}

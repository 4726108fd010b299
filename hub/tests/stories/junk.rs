//! Junk on every route: a small refusal, the headers of every answer, and a hub that lives on.

use bantin_testkit::{Person, TestHub, notice};

const XA: &str = "vn-68-23005";
const NO_HASH: &str = "/v1/blobs/0000000000000000000000000000000000000000000000000000000000000000";

#[tokio::test]
async fn junk_is_answered_and_never_breaks_anything() {
    let hub = TestHub::new().await;
    let long = format!("/v1/heads/{}", "a".repeat(5000));
    let paths = [
        "/v1/heads/",
        "/v1/heads/%ff",
        "/v1/heads/..%2f..",
        &long,
        "/v1/segments/zz",
        NO_HASH,
        "/v1/attachments/",
        "/v1/letters",
        "/v1/mailbox",
        "/v1/",
        "/v1/nothing/here",
        "/v2",
        "/%00",
        "/..%2fhub.toml",
        "/hub.toml",
        "//",
        "/?a=b",
        "/v1/offer/extra",
    ];
    for path in paths {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
            let request = hub
                .http()
                .request(method.clone(), hub.url(path))
                .body(vec![0xff; 300]);
            let answer = request.send().await.expect("an answer");
            let status = answer.status().as_u16();
            assert!((400..500).contains(&status), "{method} {path}: {status}");
            let headers = answer.headers().clone();
            assert!(
                headers.contains_key("content-security-policy"),
                "{method} {path} has its policy"
            );
            assert_eq!(
                headers["x-content-type-options"], "nosniff",
                "{method} {path}"
            );
            assert!(
                !headers.contains_key("access-control-allow-origin"),
                "no other origin reads"
            );
            assert!(
                answer.bytes().await.unwrap().len() < 500,
                "{method} {path}: a refusal is small"
            );
        }
    }
    let mut mai = Person::mai();
    mai.ask(&hub, XA, "Vẫn gửi được chứ?").await;
    assert_eq!(
        hub.get("/v1/health", &[]).await.status,
        200,
        "the hub lives on"
    );
}

#[tokio::test]
async fn a_poll_has_its_limits() {
    let hub = TestHub::new().await;
    let too_long = hub.post("/v1/mailbox", vec![0; (16 << 10) + 1]).await;
    assert_eq!(
        (too_long.status, too_long.code().as_str()),
        (413, "too-long"),
        "16 KiB are enough"
    );
    let key = Person::mai().keys.read;
    let cursor = bantin_model::letter::BoxCursor {
        read_key: key,
        after: 0,
    };
    let many = bantin_model::letter::PollRequest {
        boxes: vec![cursor; 257],
    };
    let answer = hub.post("/v1/mailbox", many.to_bytes()).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (400, "malformed"),
        "256 mailboxes at most"
    );
}

#[tokio::test]
async fn a_segment_comes_whole_or_in_parts_and_is_kept_for_ever() {
    let hub = TestHub::new().await;
    hub.publish(XA, vec![notice("Một tin", "dài hơn một chút")])
        .await;
    let hash = hub.follow(XA).await.heads[2].head.segments[0].hash;
    let path = format!("/v1/segments/{hash}");
    let whole = hub.get(&path, &[]).await;
    assert!(
        whole.header("cache-control").contains("immutable"),
        "its name is its hash"
    );
    assert_eq!(
        whole.header("etag"),
        format!("\"{}\"", &hash.to_string()[..16]),
        "and its tag"
    );
    let size = whole.body.len();
    let part = hub.get(&path, &[("range", "bytes=10-19")]).await;
    assert_eq!(
        (part.status, &part.body),
        (206, &whole.body[10..20].to_vec()),
        "ten bytes of it"
    );
    assert_eq!(
        part.header("content-range"),
        format!("bytes 10-19/{size}"),
        "said as such"
    );
    let tail = hub.get(&path, &[("range", "bytes=-5")]).await;
    assert_eq!(tail.body, whole.body[size - 5..], "its end");
    let outside = hub
        .get(&path, &[("range", &format!("bytes={size}-"))])
        .await;
    assert_eq!(outside.status, 416, "there is nothing behind the end");
    assert_eq!(
        outside.header("content-range"),
        format!("bytes */{size}"),
        "this is how long it is"
    );
    let other = hub
        .get(&path, &[("range", "bytes=0-1"), ("if-range", "\"x\"")])
        .await;
    assert_eq!(
        other.status, 200,
        "part of another file is no use, so all of it comes"
    );
    let same = hub
        .get(&path, &[("if-none-match", &whole.header("etag"))])
        .await;
    assert_eq!(
        (same.status, same.body.len()),
        (304, 0),
        "who has it need not fetch it"
    );
}

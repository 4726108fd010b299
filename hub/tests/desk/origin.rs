//! Who may make an officer's browser do something: the desk's own pages and nobody else.

use bantin_wire::Code;

use super::browser::{Browser, at, office, read};

#[tokio::test]
async fn a_page_of_the_citizens_origin_cannot_use_an_officers_cookie() {
    let hub = office().await;
    let mut hanh = Browser::of(&hub, "hanh").await;
    let own = std::mem::replace(&mut hanh.origin, hub.url(""));
    let said = hanh
        .post(&at("sign_out"), "application/json", b"{}".to_vec())
        .await;
    assert_eq!(
        (said.status, said.failure().code),
        (403, Code::WrongOrigin),
        "the cookie alone is not enough"
    );
    for origin in ["null", "https://desk.example", "http://localhost:1"] {
        hanh.origin = origin.into();
        let said = hanh
            .post(&at("who_am_i"), "application/json", b"{}".to_vec())
            .await;
        assert_eq!(
            said.failure().code,
            Code::WrongOrigin,
            "{origin} is not the desk"
        );
    }
    hanh.origin = own;
    let said = hanh
        .post(&at("who_am_i"), "application/json", b"{}".to_vec())
        .await;
    assert_eq!(said.status, 200, "and she is still signed in");
}

#[tokio::test]
async fn what_does_not_say_where_it_comes_from_is_refused() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let post = || {
        let request = hub.http().post(hub.desk(&at("who_am_i"))).body("{}");
        request
            .header("cookie", &hanh.cookie)
            .header("content-type", "application/json")
    };
    assert_eq!(
        read(post()).await.failure().code,
        Code::WrongOrigin,
        "no Origin, no command"
    );
    let site = |site: &str| {
        post()
            .header("origin", &hanh.origin)
            .header("sec-fetch-site", site)
    };
    assert_eq!(
        read(site("same-site")).await.status,
        403,
        "another port of this machine is same-site"
    );
    assert_eq!(
        read(site("same-origin")).await.status,
        200,
        "the desk's own page"
    );
    let rebound = post()
        .header("host", "evil.example")
        .header("origin", "http://evil.example");
    assert_eq!(
        read(rebound).await.status,
        403,
        "a name that points here by somebody's trick is not us"
    );
    let image = hub
        .http()
        .get(hub.desk(&format!("/desk/blob/{}", "0".repeat(64))));
    let image = image
        .header("cookie", &hanh.cookie)
        .header("sec-fetch-site", "same-site");
    assert_eq!(
        read(image).await.status,
        403,
        "nor may another page show the desk's pictures"
    );
}

#[tokio::test]
async fn only_json_is_a_command() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
    ] {
        let said = hanh.post(&at("who_am_i"), kind, b"{}".to_vec()).await;
        assert_eq!(
            said.failure().code,
            Code::Malformed,
            "a form of any page could send {kind:?}"
        );
    }
    let said = hanh
        .post(
            &at("who_am_i"),
            "application/json; charset=utf-8",
            b"{}".to_vec(),
        )
        .await;
    assert_eq!(said.status, 200, "with its charset it is JSON all the same");
}

#[tokio::test]
async fn every_answer_is_guarded_by_its_headers() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    for path in [
        "/",
        "/nothing.js",
        "/desk/api/who_am_i",
        "/desk/blob/x",
        "/desk/nothing",
    ] {
        let said = hanh.get(path).await;
        let policy = said.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'"),
            "{path} carries the policy"
        );
        assert!(
            !policy.contains("unsafe-inline"),
            "{path} allows nothing inline"
        );
        assert_eq!(said.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            said.header("cross-origin-resource-policy"),
            "same-origin",
            "{path}"
        );
        assert_eq!(
            said.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        if path.starts_with("/desk/") {
            assert_eq!(
                said.header("cache-control"),
                "no-store",
                "{path} stays on no shared computer"
            );
        }
    }
}

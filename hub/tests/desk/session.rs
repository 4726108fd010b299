//! Signing in, and what a session is worth.

use bantin_hub_store::Role;
use bantin_model::id::PlaceId;
use bantin_model::time::Validity;
use bantin_testkit::PASSWORD;
use bantin_wire::Code;
use bantin_wire::desk::publication::{Publish, PublishedList};
use bantin_wire::desk::session::{SignOut, WhoAmI};

use super::browser::{Browser, XA, at_field, form, office};

fn list() -> PublishedList {
    PublishedList {
        place: PlaceId::new(XA).unwrap(),
        offset: 0,
        limit: 10,
    }
}

#[tokio::test]
async fn hanh_signs_in_works_and_signs_out() {
    let hub = office().await;
    let mut hanh = Browser::new(&hub);
    assert_eq!(
        at_field(hanh.give(&WhoAmI {}).await).0,
        Code::SignedOut,
        "nobody is signed in yet"
    );
    let officer = hanh.sign_in("hanh", PASSWORD).await.unwrap();
    assert_eq!(officer.name, "Hạnh", "the desk greets her by name");
    let place = &officer.places[0];
    assert_eq!(place.name, "Bắc Bình", "and names her place");
    assert_eq!(
        place.roles,
        ["publish", "answer", "check-product", "admin"],
        "and what she may do there"
    );
    assert_eq!(
        officer.session_until,
        hub.clock.now().plus(1800),
        "half an hour unless she goes on"
    );
    let again = hanh.give(&WhoAmI {}).await.unwrap();
    assert_eq!(again.login, "hanh", "the cookie is enough from here on");
    hanh.give(&SignOut {}).await.unwrap();
    assert_eq!(
        at_field(hanh.give(&WhoAmI {}).await).0,
        Code::SignedOut,
        "the old cookie is worth nothing"
    );
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let hub = office().await;
    let mut hanh = Browser::new(&hub);
    let body = format!(r#"{{"login":"hanh","password":"{PASSWORD}"}}"#).into_bytes();
    let said = hanh
        .post("/desk/api/sign_in", "application/json", body)
        .await;
    let cookie = said.header("set-cookie").to_owned();
    for part in ["; HttpOnly", "; SameSite=Strict", "; Path=/desk"] {
        assert!(cookie.contains(part), "{part} is there: {cookie}");
    }
    assert!(
        !cookie.contains("Secure"),
        "a desk on plain http could not read a Secure cookie back"
    );
    hanh.sign_in("hanh", PASSWORD).await.unwrap();
    let token = hanh.cookie.split('=').nth(1).unwrap();
    let stored = hub.bytes_below("");
    let found = stored
        .windows(token.len())
        .any(|part| part == token.as_bytes());
    assert!(!found, "no file of the hub holds a token");
}

#[tokio::test]
async fn a_session_ends_when_idle_and_after_a_working_day() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    hub.clock.pass(29 * 60);
    assert!(hanh.give(&WhoAmI {}).await.is_ok(), "she was only at lunch");
    hub.clock.pass(30 * 60);
    assert_eq!(
        at_field(hanh.give(&WhoAmI {}).await).0,
        Code::SignedOut,
        "half an hour idle is over"
    );
    let hanh = Browser::of(&hub, "hanh").await;
    for _ in 0..20 {
        hub.clock.pass(29 * 60);
        hanh.give(&WhoAmI {}).await.unwrap();
    }
    hub.clock.pass(21 * 60);
    assert_eq!(
        at_field(hanh.give(&WhoAmI {}).await).0,
        Code::SignedOut,
        "ten hours are the end"
    );
}

#[tokio::test]
async fn twenty_wrong_passwords_make_the_name_wait_and_nobody_else() {
    let hub = office().await;
    let mut thief = Browser::new(&hub);
    for turn in 1..=20 {
        let failure = thief
            .sign_in("hanh", "mua lúa tháng chín")
            .await
            .unwrap_err();
        assert_eq!(failure.code, Code::SignInWrong, "try {turn} is looked at");
    }
    for name in ["hanh", "hanh"] {
        let failure = Browser::new(&hub)
            .sign_in(name, PASSWORD)
            .await
            .unwrap_err();
        assert_eq!(
            failure.code,
            Code::SignInWait,
            "now even the right password waits, whoever tries"
        );
        assert_eq!(failure.number, Some(60), "and the screen can say how long");
    }
    assert!(
        Browser::new(&hub).sign_in("lam", PASSWORD).await.is_ok(),
        "Lâm is not concerned"
    );
    hub.clock.pass(60);
    assert!(
        Browser::new(&hub).sign_in("hanh", PASSWORD).await.is_ok(),
        "after the wait she is in"
    );
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_treated_like_one_that_does() {
    let hub = office().await;
    let mut browser = Browser::new(&hub);
    for _ in 0..20 {
        let failure = browser.sign_in("khong-co", "x").await.unwrap_err();
        assert_eq!(
            failure.code,
            Code::SignInWrong,
            "the answer does not tell which names exist"
        );
    }
    let failure = browser.sign_in("khong-co", "x").await.unwrap_err();
    assert_eq!(failure.code, Code::SignInWait, "nor does the waiting");
}

#[tokio::test]
async fn wrong_passwords_at_publishing_count_too() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let publish = Publish {
        place: PlaceId::new(XA).unwrap(),
        draft: None,
        form: form(),
        password: "đoán".into(),
        once: "1".into(),
    };
    for _ in 0..20 {
        assert_eq!(
            at_field(hanh.give(&publish).await).0,
            Code::SignInWrong,
            "a guess"
        );
    }
    assert_eq!(
        at_field(hanh.give(&publish).await).0,
        Code::SignInWait,
        "an open desk is no guessing machine"
    );
    let rows = hanh.give(&list()).await.unwrap();
    assert!(rows.is_empty(), "and nothing was published");
}

#[tokio::test]
async fn without_a_grant_that_counts_now_nothing_is_possible() {
    let hub = office().await;
    let lam = Browser::of(&hub, "lam").await;
    assert_eq!(
        at_field(lam.give(&list()).await).0,
        Code::NoGrant,
        "Lâm may sign in and no more"
    );
    let (from, place) = (hub.clock.now(), PlaceId::new(XA).unwrap());
    let valid = Validity {
        from,
        until: Some(from.plus(600)),
    };
    let grant = hub.hub.grant(
        "lam",
        &place,
        Role::Publish,
        "hanh",
        "Quyết định mẫu",
        valid,
    );
    grant.await.unwrap();
    assert!(
        lam.give(&list()).await.is_ok(),
        "a grant counts at once, in the same session"
    );
    let elsewhere = PublishedList {
        place: PlaceId::new("vn-68-23074").unwrap(),
        ..list()
    };
    assert_eq!(
        at_field(lam.give(&elsewhere).await).0,
        Code::NoGrant,
        "for its place only"
    );
    hub.clock.pass(600);
    assert_eq!(
        at_field(lam.give(&list()).await).0,
        Code::NoGrant,
        "and not a second after its end"
    );
}

//! Bad input, from people and from machines: nothing is lost, nobody else is affected, and the message
//! says what is wrong.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use bantin_tests::hub::{HANH, HANH_PASSWORD, PLACE};
use bantin_tests::network::{Fault, Rule};
use bantin_tests::photo;
use bantin_tests::wait::PATIENCE;
use bantin_wire::Code;
use bantin_wire::desk::conversation::QueueList;

use crate::village::{NOTICE_TITLE, Village, write_notice};

/// Sends raw bytes and returns the status of what comes back, if anything does.
fn raw(to: SocketAddr, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(to).expect("the hub listens");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a timeout can be set");
    // The hub may hang up before it has heard all of it.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer);
    text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

fn request(method: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

#[test]
fn junk_on_every_route_is_refused_and_touches_nobody() {
    let village = Village::new();
    let mai = village.phone("Mai");
    mai.sync();
    let hash = "a".repeat(64);
    let junk: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"{}".to_vec(),
        b"\xff\xfe\x00junk".to_vec(),
        vec![0x9f; 4096],
        vec![0xbf; 300_000],
        "<script>alert(1)</script>".into(),
    ];
    let serving = village.serving();
    for path in [
        "/v1/health",
        "/v1/offer",
        "/v1/heads/vn-68-23005",
        "/v1/heads/..%2f..%2fetc",
        "/v1/segments/zz",
        &format!("/v1/segments/{hash}"),
        &format!("/v1/blobs/{hash}"),
        &format!("/v1/attachments/{hash}"),
        "/v1/attachments/../../etc/passwd",
        "/v1/letters",
        "/v1/mailbox",
        "/v2/letters",
        "/../hub.toml",
        "/%00",
        "/desk/api/sign_in",
    ] {
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "JUNK"] {
            for body in &junk {
                let status = raw(serving.citizen, &request(method, path, "", body));
                let right = status.is_none_or(|s| (400..500).contains(&s) || s == 204);
                assert!(
                    right,
                    "{method} {path} with {} bytes: {status:?}",
                    body.len()
                );
                let at_desk = raw(serving.desk, &request(method, path, "", body));
                let right = at_desk.is_none_or(|s| (400..500).contains(&s));
                assert!(right, "at the desk {method} {path}: {at_desk:?}");
            }
        }
    }
    let desk_routes = [
        "queue_list",
        "thread_read",
        "thread_reply",
        "publish",
        "withdraw",
        "nothing",
    ];
    for name in desk_routes {
        for body in &junk {
            let path = format!("/desk/api/{name}");
            let status = raw(serving.desk, &request("POST", &path, "", body)).unwrap_or(400);
            assert!(
                (400..500).contains(&status),
                "{path} without a session: {status}"
            );
        }
    }
    for nonsense in [
        &b"\x16\x03\x01 no TLS here"[..],
        b"GET\r\n\r\n",
        &[b'A'; 100_000],
    ] {
        let status = raw(serving.citizen, nonsense);
        assert!(
            status.is_none_or(|s| (400..500).contains(&s)),
            "no HTTP at all: {status:?}"
        );
    }
    let asked = mai.ask("Có ai ở đó không?", &[]);
    mai.sync();
    assert_eq!(
        village.hanh().opens(&asked).messages.len(),
        1,
        "everybody else goes on as before"
    );
    let doctor = village.hub.run(&["doctor"]).json;
    assert_eq!(doctor["well"], true, "and the hub is well: {doctor}");
}

#[test]
fn twenty_wrong_passwords_make_the_name_wait_and_nobody_else() {
    let village = Village::new();
    let other = ["officer", "add", "ba", "--name", "Bá"];
    village.hub.as_hanh(&other);
    let desk = village.serving().desk();
    for _ in 0..20 {
        let refused = desk
            .sign_in(HANH, "khong phai")
            .expect_err("a wrong password");
        let code = refused.failure.map(|f| f.code);
        assert!(
            matches!(code, Some(Code::SignInWrong | Code::SignInWait)),
            "a wrong password has its message: {code:?}"
        );
    }
    let refused = desk
        .sign_in(HANH, HANH_PASSWORD)
        .expect_err("the name waits");
    let failure = refused.failure.expect("with a message");
    assert_eq!(
        failure.code,
        Code::SignInWait,
        "also with the right password"
    );
    assert!(failure.number.is_some_and(|s| s > 0), "which says how long");
    assert!(
        desk.sign_in("ba", HANH_PASSWORD).is_ok(),
        "another officer is not kept waiting"
    );
}

#[test]
fn a_page_of_another_origin_can_do_nothing_with_an_officers_cookie() {
    let village = Village::new();
    let hanh = village.hanh();
    let list = QueueList {
        open_only: false,
        offset: 0,
        limit: 10,
    };
    let citizen = format!("http://{}", village.serving().citizen);
    for origin in [citizen.as_str(), "null", "http://evil.example"] {
        let refused = hanh
            .desk
            .run_from(&list, origin)
            .expect_err("another origin");
        let code = refused.failure.map(|f| f.code);
        assert_eq!(
            code,
            Some(Code::WrongOrigin),
            "{origin} has no business at the desk"
        );
    }
    assert!(hanh.desk.run(&list).is_ok(), "her own page has");
}

#[test]
fn texts_of_every_kind_arrive_as_written_or_are_refused_at_their_field() {
    let village = Village::new();
    let mai = village.phone("Mai");
    mai.sync();
    let empty = mai.run(&["ask", "  \n "]);
    assert_eq!(
        (empty.code, empty.failure()),
        (Some(6), "empty"),
        "nothing was asked"
    );
    assert_eq!(
        empty.json["failure"]["field"], "text",
        "and the message stands at the field"
    );
    let long = mai.run(&["ask", &"dài ".repeat(25_000)]);
    assert_eq!(
        (long.code, long.failure()),
        (Some(6), "too-long"),
        "100,000 characters are too many"
    );
    assert_eq!(
        long.json["failure"]["number"], 20_000,
        "and it says how many are not"
    );
    assert!(mai.outbox().is_empty(), "neither left anything behind");
    let texts = [
        "\u{202e}đảo ngược\u{202c} \u{200f}مرحبا",
        "Z\u{0351}\u{0343}\u{0317}a\u{036b}\u{0300}l\u{0334}\u{0322}g\u{0489}o\u{0321}",
        "<script>alert('x')</script><img src=x onerror=alert(1)> {{7*7}} '; DROP TABLE letters; --",
        "một dòng\nhai dòng\n\n- một mục\tthẻ",
    ];
    for text in texts {
        let asked = mai.ask(text, &[]);
        mai.sync();
        let thread = village.hanh().opens(&asked);
        assert_eq!(
            thread.messages[0].text, text,
            "word for word, whatever it is"
        );
    }
    let again = ["ask", "Bấm hai lần", "--once", "double-tap"];
    let (first, second) = (mai.ok(&again), mai.ok(&again));
    assert_eq!(
        first["conversation"], second["conversation"],
        "a double tap asks once"
    );
    assert_eq!(mai.inbox().len(), texts.len() + 1, "and nothing came twice");
}

#[test]
fn files_that_are_no_photos_are_refused_by_what_they_are() {
    let village = Village::new();
    let mai = village.phone("Mai");
    mai.sync();
    let files = [
        ("huge.png", photo::huge_png(), "media-too-many-pixels"),
        ("heic.jpg", photo::heic(), "media-heic"),
        ("pdf.jpg", photo::pdf(), "media-kind"),
        (
            "cut.jpg",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(),
            "media-damaged",
        ),
        (
            "large.jpg",
            [&b"\xff\xd8\xff\xe0"[..], &vec![0; 21 << 20]].concat(),
            "media-too-large",
        ),
    ];
    for (name, bytes, code) in files {
        let file = photo::file(mai.files(), name, &bytes);
        let said = mai.run(&["ask", "Có ảnh kèm theo", "--photo", file.to_str().unwrap()]);
        assert_eq!(
            (said.code, said.failure()),
            (Some(6), code),
            "{name}: {said:?}"
        );
    }
    assert!(mai.outbox().is_empty(), "no half letter was left behind");
}

#[test]
fn altered_news_are_never_shown() {
    let village = Village::new();
    village.hanh().publish(&write_notice(village.hub.beside()));
    let mai = village.phone("Mai");
    village
        .network
        .fail(Rule::always("/v1/segments", Fault::Alter));
    let said = mai.try_sync();
    assert_eq!(
        (said.code, said.failure()),
        (Some(4), "not-genuine"),
        "it says why: {said:?}"
    );
    assert!(mai.notices().is_empty(), "nothing altered is shown");
    village.network.mend();
    mai.sync();
    let titles = mai.notices();
    assert!(
        titles.iter().any(|n| n["title"] == NOTICE_TITLE),
        "the genuine news come after that"
    );
}

#[test]
fn a_hub_under_another_root_is_not_followed() {
    let village = Village::new();
    let phone = bantin_tests::phone::Phone::of("Mai");
    let link = format!("{}#root={}", village.network.url(), "0".repeat(64));
    let said = phone.run(&["follow", &link, PLACE]);
    assert_eq!(
        (said.code, said.failure()),
        (Some(4), "root-mismatch"),
        "the pin decides: {said:?}"
    );
    let unknown = phone.run(&["follow", &village.link(), "vn-99"]);
    assert_eq!(
        (unknown.code, unknown.failure()),
        (Some(5), "place-unknown"),
        "{unknown:?}"
    );
}

#[test]
fn a_hub_without_room_refuses_and_the_phone_keeps_the_letter() {
    let mut village = Village::new();
    let mai = village.phone("Mai");
    mai.sync();
    village.serving.take().expect("the hub serves").kill();
    let settings = village.hub.data().join("hub.toml");
    let roomy = std::fs::read_to_string(&settings).unwrap();
    let size = std::fs::metadata(village.hub.data().join("hub.db"))
        .unwrap()
        .len();
    let tight = roomy.replace(
        "[limits]",
        &format!("[limits]\ndatabase_bytes_max = {size}"),
    );
    std::fs::write(&settings, tight).unwrap();
    village.start_hub();
    let asked = mai.ask(&"Đĩa đầy. ".repeat(2_000), &[]);
    let said = mai.try_sync();
    assert_eq!(
        (said.code, said.failure()),
        (Some(7), "disk-full"),
        "Mai hears why: {said:?}"
    );
    assert_eq!(mai.outbox().len(), 1, "and the letter stays with her");
    village.serving.take().expect("the hub serves").kill();
    std::fs::write(&settings, roomy).unwrap();
    village.start_hub();
    mai.sync();
    assert_eq!(
        village.hanh().opens(&asked).messages.len(),
        1,
        "once there is room it arrives"
    );
}

//! Bodies no page of ours sends.

use bantin_wire::Code;

use super::browser::{Browser, at, office};

const COMMANDS: [&str; 16] = [
    "sign_in",
    "sign_out",
    "who_am_i",
    "draft_save",
    "draft_list",
    "draft_read",
    "draft_drop",
    "publish",
    "published_list",
    "published_read",
    "withdraw",
    "queue_list",
    "thread_read",
    "thread_reply",
    "submission_publish",
    "submission_reject",
];

#[tokio::test]
async fn junk_is_malformed_and_breaks_nothing() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for name in COMMANDS {
        for body in [
            "",
            "null",
            "[1]",
            "\"x\"",
            "{\"id\":",
            "\u{0}",
            deep.as_str(),
        ] {
            let said = hanh.post(&at(name), "application/json", body.into()).await;
            assert!(said.status < 500, "{name} survives {:?}", body.get(..9));
            // Commands without fields read an empty list or object alike; what counts is that they live.
            if said.status != 200 {
                assert_eq!(
                    said.failure().code,
                    Code::Malformed,
                    "{name} says what was wrong"
                );
            }
        }
    }
    let said = hanh
        .post(&at("publish"), "application/json", vec![b' '; 9 << 20])
        .await;
    assert_eq!(
        said.failure().code,
        Code::TooLong,
        "a body beyond all bounds is not read"
    );
    let said = hanh
        .post(&at("nothing"), "application/json", b"{}".to_vec())
        .await;
    assert_eq!(
        (said.status, said.failure().code),
        (404, Code::NotFound),
        "no such command"
    );
    assert_eq!(
        hanh.get(&at("publish")).await.status,
        405,
        "a command is never a mere look"
    );
    assert_eq!(hanh.get("/desk/blob/xyz").await.status, 404, "no such file");
    assert_eq!(
        hanh.get("/desk/attachment/x/y").await.status,
        404,
        "no such attachment"
    );
}

#[tokio::test]
async fn without_a_session_every_command_is_signed_out() {
    let hub = office().await;
    let nobody = Browser::new(&hub);
    for name in COMMANDS.into_iter().skip(2) {
        let said = nobody
            .post(&at(name), "application/json", b"{}".to_vec())
            .await;
        assert_eq!(
            (said.status, said.failure().code),
            (401, Code::SignedOut),
            "{name} needs an officer"
        );
    }
    let said = nobody.post("/desk/upload", "image/jpeg", vec![1; 64]).await;
    assert_eq!(said.failure().code, Code::SignedOut, "so does an upload");
}

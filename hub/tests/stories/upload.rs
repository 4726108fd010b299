//! A photo over a bad line: it goes on where it was cut, and nothing else passes for it.

use bantin_model::letter::{AttachmentKind, Verb};
use bantin_testkit::{Person, TestHub};

const XA: &str = "vn-68-23005";

fn photo() -> (String, Vec<u8>) {
    let file: Vec<u8> = (0..300_000u32).map(|n| (n % 251) as u8).collect();
    let (attachment, sealed) = Person::mai().attach(AttachmentKind::Jpeg, &file);
    (format!("/v1/attachments/{}", attachment.hash), sealed)
}

#[tokio::test]
async fn an_upload_goes_on_where_it_was_cut() {
    let hub = TestHub::new().await;
    let (path, sealed) = photo();
    let total = sealed.len();
    let nothing = hub.head(&path).await;
    assert_eq!(
        (nothing.status, nothing.header("upload-offset").as_str()),
        (404, "0"),
        "not here"
    );
    let range = format!("bytes 0-99999/{total}");
    let first = hub
        .put(
            &path,
            sealed[..100_000].to_vec(),
            &[("content-range", &range)],
        )
        .await;
    assert_eq!(
        (first.status, first.header("upload-offset").as_str()),
        (202, "100000"),
        "a part"
    );
    let part = hub.head(&path).await;
    assert_eq!(
        part.header("upload-offset"),
        "100000",
        "what arrived is remembered"
    );
    let wrong = format!("bytes 50000-{}/{total}", total - 1);
    let gap = hub
        .put(
            &path,
            sealed[50_000..].to_vec(),
            &[("content-range", &wrong)],
        )
        .await;
    assert_eq!(
        (gap.status, gap.header("upload-offset").as_str()),
        (409, "100000"),
        "not there"
    );
    let rest = format!("bytes 100000-{}/{total}", total - 1);
    let done = hub
        .put(
            &path,
            sealed[100_000..].to_vec(),
            &[("content-range", &rest)],
        )
        .await;
    assert_eq!(done.status, 204, "the rest makes it whole");
    assert_eq!(hub.head(&path).await.status, 204, "and it is here");
    assert_eq!(
        hub.put(&path, sealed, &[]).await.status,
        204,
        "sending it again harms nothing"
    );
}

#[tokio::test]
async fn other_bytes_do_not_pass_for_it() {
    let hub = TestHub::new().await;
    let (path, sealed) = photo();
    let mut altered = sealed.clone();
    altered[7] ^= 1;
    let answer = hub.put(&path, altered, &[]).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (422, "not-genuine"),
        "the hash decides"
    );
    assert_eq!(
        hub.head(&path).await.header("upload-offset"),
        "0",
        "and nothing of it stays"
    );
    assert_eq!(
        hub.put(&path, sealed, &[]).await.status,
        204,
        "the real one is welcome"
    );
}

#[tokio::test]
async fn impossible_uploads_are_refused_before_they_cost_anything() {
    let hub = TestHub::new().await;
    let (path, sealed) = photo();
    let huge = [("content-range", "bytes 0-9/99999999999")];
    let answer = hub.put(&path, vec![0; 10], &huge).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (413, "media-too-large"),
        "over the limit"
    );
    for range in [
        "bytes 5-4/10",
        "bytes 0-10/10",
        "bytes x-y/z",
        "bytes */10",
        "0-1/2",
    ] {
        let answer = hub
            .put(&path, vec![0; 10], &[("content-range", range)])
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (400, "malformed"),
            "{range}"
        );
    }
    for name in [
        "xyz",
        "..%2f..%2fhub.toml",
        &"A".repeat(64),
        &"0".repeat(63),
    ] {
        let answer = hub
            .put(&format!("/v1/attachments/{name}"), sealed.clone(), &[])
            .await;
        assert_eq!(answer.status, 404, "{name} names no attachment");
    }
}

#[tokio::test]
async fn what_no_letter_names_has_a_bound_and_a_letter_makes_room() {
    let hub = TestHub::builder()
        .config(|config| config.limits.orphan_bytes_max = 400_000)
        .start()
        .await;
    let mut mai = Person::mai();
    let mut letter = mai.letter(Verb::Question, "Hai ảnh.");
    let file = vec![7; 300_000];
    for _ in 0..2 {
        let (attachment, sealed) = mai.attach(AttachmentKind::Jpeg, &file);
        let path = format!("/v1/attachments/{}", attachment.hash);
        assert_eq!(
            hub.put(&path, sealed, &[]).await.status,
            204,
            "there is room"
        );
        letter.attachments.push(attachment);
    }
    let (third, sealed) = mai.attach(AttachmentKind::Jpeg, &file);
    let path = format!("/v1/attachments/{}", third.hash);
    let refused = hub.put(&path, sealed.clone(), &[]).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (507, "disk-full"),
        "nobody can fill the disk with what nobody asked for"
    );
    mai.send(&hub, XA, &letter).await;
    assert_eq!(
        hub.put(&path, sealed, &[]).await.status,
        204,
        "what a letter names does not count"
    );
}

//! A letter is acknowledged when it is safe, once, whatever the network does.

use bantin_model::letter::{
    AttachmentKind, LetterId, Receipt, ReceiptKey, ReceiptStep, Signer, Verb,
};
use bantin_testkit::{Person, TestHub};

const XA: &str = "vn-68-23005";

/// The receipt key as a phone knows it: from the delegation in the feed above.
async fn receipt_key(hub: &TestHub) -> ReceiptKey {
    let verified = hub.follow(XA).await;
    let trusted = verified.heads.last().unwrap();
    let (key, place) = (trusted.keys.receipt, trusted.head.place.clone());
    ReceiptKey {
        key,
        place,
        signer: Signer::Hub,
    }
}

async fn letters(hub: &TestHub) -> usize {
    hub.hub.open_letters().await.unwrap();
    let id = Person::mai().keys.id();
    hub.hub.store.letters_of(&id).await.unwrap().len()
}

#[tokio::test]
async fn mais_letter_sent_three_times_at_once_is_one_letter() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Nhà tôi có được hỗ trợ không?");
    let (id, bytes) = mai.seal(&hub, XA, &letter);
    let send = || hub.post("/v1/letters", bytes.clone());
    let (a, b, c) = tokio::join!(send(), send(), send());
    let key = receipt_key(&hub).await;
    for answer in [a, b, c] {
        assert_eq!(answer.status, 200, "each sending is acknowledged");
        let receipt = Receipt::verify(&answer.body, std::slice::from_ref(&key))
            .unwrap()
            .receipt;
        assert_eq!(
            receipt.letter, id,
            "the receipt names the ciphertext's hash"
        );
        assert_eq!(
            receipt.step,
            ReceiptStep::Accepted,
            "and claims no more than that it is here"
        );
    }
    assert_eq!(
        letters(&hub).await,
        1,
        "three sendings have the effect of one"
    );
    hub.clock.pass(3600);
    let later = hub.post("/v1/letters", bytes).await;
    let receipt = Receipt::verify(&later.body, &[key]).unwrap().receipt;
    assert_eq!(
        receipt.at.0,
        hub.clock.now().0 - 3600,
        "a later receipt tells the first moment"
    );
    assert_eq!(
        mai.replies(&hub, XA).await.len(),
        1,
        "and Mai hears of one delivery"
    );
}

#[tokio::test]
async fn many_people_at_once_are_all_kept() {
    let hub = TestHub::new().await;
    let names = [
        "Mai",
        "Thu",
        "Bá",
        "Y Thương",
        "K'Brếu",
        "Sùng",
        "Lò",
        "Vàng",
    ];
    let mut sent = Vec::new();
    for name in names {
        let mut person = Person::new(name);
        let letter = person.letter(Verb::Question, "Xin hỏi.");
        sent.push((person.keys.id(), person.seal(&hub, XA, &letter).1));
    }
    let posts = sent
        .iter()
        .map(|(_, bytes)| hub.post("/v1/letters", bytes.clone()));
    for answer in futures::future::join_all(posts).await {
        assert_eq!(
            answer.status, 200,
            "nobody is turned away because others write too"
        );
    }
    hub.hub.open_letters().await.unwrap();
    for (id, _) in sent {
        let kept = hub.hub.store.conversation(&id).await.unwrap();
        assert!(kept.is_some(), "each has a conversation of their own");
    }
}

#[tokio::test]
async fn a_letter_accepted_before_the_power_went_is_opened_after() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Đường vào bản bị sạt.");
    let (id, bytes) = mai.seal(&hub, XA, &letter);
    // Accepted, and the hub dies before it is opened.
    let other = bantin_hub::Hub::open(&hub.path).await.unwrap();
    other.accept_letter(&bytes).await.unwrap();
    let hub = hub.restart().await;
    hub.hub.open_letters().await.unwrap();
    let replies = mai.replies(&hub, XA).await;
    assert_eq!(
        replies[0].reply.re,
        Some(id),
        "what was accepted is delivered at the next start"
    );
}

#[tokio::test]
async fn a_letter_waits_for_its_attachments() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    let (photo, sealed) = mai.attach(AttachmentKind::Jpeg, b"a photo of the road");
    let mut letter = mai.letter(Verb::Question, "Xem ảnh.");
    letter.attachments.push(photo.clone());
    let (_, bytes) = mai.seal(&hub, XA, &letter);
    let early = hub.post("/v1/letters", bytes.clone()).await;
    assert_eq!(
        (early.status, early.code().as_str()),
        (409, "not-found"),
        "the photo is not here"
    );
    let put = hub
        .put(&format!("/v1/attachments/{}", photo.hash), sealed, &[])
        .await;
    assert_eq!(put.status, 204, "the photo comes");
    assert_eq!(
        hub.post("/v1/letters", bytes).await.status,
        200,
        "now all of the letter is here"
    );
    hub.hub.open_letters().await.unwrap();
    let opened = hub
        .hub
        .open_attachment(&mai.keys.id(), &photo.hash)
        .await
        .unwrap();
    assert_eq!(
        opened.bytes, b"a photo of the road",
        "an officer sees what Mai sent"
    );
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_a_reason() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "x");
    let (_, good) = mai.seal(&hub, XA, &letter);
    let elsewhere = TestHub::new().await;
    let (_, stranger) = mai.seal(&elsewhere, XA, &letter);
    let cases = [
        (Vec::new(), 400, "malformed", "nothing"),
        (vec![0xff; 100], 400, "malformed", "noise"),
        (
            good[..good.len() - 1].to_vec(),
            400,
            "malformed",
            "a letter cut short",
        ),
        (
            [good.clone(), vec![0]].concat(),
            400,
            "malformed",
            "a letter with something behind it",
        ),
        (
            vec![0; (64 << 10) + 1],
            413,
            "too-long",
            "more than a letter may have",
        ),
        (
            stranger,
            422,
            "no-agency-key",
            "a letter to an agency that is not here",
        ),
    ];
    for (bytes, status, code, what) in cases {
        let answer = hub.post("/v1/letters", bytes).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{what}"
        );
    }
    assert_eq!(letters(&hub).await, 0, "none of it was kept");
}

#[tokio::test]
async fn an_altered_letter_is_put_aside_and_harms_nobody() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    let letter = mai.letter(Verb::Question, "Câu hỏi.");
    let (_, good) = mai.seal(&hub, XA, &letter);
    let mut bad = good.clone();
    let last = bad.len() - 1;
    bad[last] ^= 1;
    let answer = hub.post("/v1/letters", bad.clone()).await;
    assert_eq!(
        answer.status, 200,
        "from outside it is a letter, and its carrier is told it is here"
    );
    mai.send(&hub, XA, &letter).await;
    hub.hub.open_letters().await.unwrap();
    let aside = hub.hub.store.quarantined().await.unwrap();
    assert_eq!(
        aside[0].id,
        LetterId::of(&bad),
        "the altered one is put aside, by its hash"
    );
    assert_eq!(
        letters(&hub).await,
        1,
        "Mai's own letter is opened all the same"
    );
}

#[tokio::test]
async fn a_full_disk_is_said_and_what_was_accepted_stays() {
    let hub = TestHub::builder()
        .config(|config| config.limits.database_bytes_max = Some(700 << 10))
        .start()
        .await;
    let mut accepted = 0;
    let full = loop {
        let mut person = Person::new(Box::leak(format!("người {accepted}").into_boxed_str()));
        let letter = person.letter(Verb::Question, &"ơ".repeat(15_000));
        let (_, bytes) = person.seal(&hub, XA, &letter);
        let answer = hub.post("/v1/letters", bytes).await;
        match answer.status {
            200 => accepted += 1,
            _ => break answer,
        }
        assert!(accepted < 100, "the limit must be reached");
    };
    assert_eq!(
        (full.status, full.code().as_str()),
        (507, "disk-full"),
        "no room is said as such"
    );
    assert!(accepted > 0, "some had room");
    let mut ba = Person::ba();
    let letter = ba.letter(Verb::Question, &"ơ".repeat(15_000));
    let (_, bytes) = ba.seal(&hub, XA, &letter);
    let again = hub.post("/v1/letters", bytes).await;
    assert_eq!(
        again.status, 507,
        "the next one is told the same: the database itself is not broken"
    );
    assert_eq!(
        hub.get(&format!("/v1/heads/{XA}"), &[]).await.status,
        200,
        "reading goes on"
    );
    let unopened = hub.hub.store.unopened(1000, 0).await.unwrap().len();
    assert!(unopened <= accepted, "what was refused was not half kept");
}

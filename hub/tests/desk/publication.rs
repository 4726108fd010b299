//! Hạnh publishes, corrects and withdraws; a phone verifies what she said.

use bantin_model::feed::Op;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::record::{Article, Body, Record};
use bantin_model::sign::{Envelope, PayloadType};
use bantin_testkit::{PASSWORD, TestHub};
use bantin_wire::Code;
use bantin_wire::desk::publication::*;

use super::browser::{Browser, XA, at_field, form, office, photo, sound, text};

pub fn publish(form: NoticeForm, once: &str) -> Publish {
    let place = PlaceId::new(XA).unwrap();
    Publish {
        place,
        draft: None,
        form,
        password: PASSWORD.into(),
        once: once.into(),
    }
}

/// The articles of the commune as Mai's phone has them: from the link's root down to each leaf.
pub async fn on_the_phone(hub: &TestHub) -> Vec<(Record, Article)> {
    let verified = hub.follow(XA).await;
    let feed = verified.heads.last().unwrap();
    let mut leaves: std::collections::BTreeMap<Hash, Vec<u8>> = Default::default();
    for listed in &feed.head.segments {
        for op in Op::split(&hub.segment(&listed.hash).await).unwrap() {
            match op.into() {
                Op::Put(leaf) => {
                    leaves.insert(Record::leaf_hash(&leaf), leaf);
                }
                Op::Drop(hash) => {
                    leaves.remove(&hash);
                }
            }
        }
    }
    assert_eq!(
        leaves.len() as u64,
        feed.head.count,
        "the segments give what the head counts"
    );
    let records = leaves
        .values()
        .map(|leaf| Record::from_bytes(leaf).unwrap());
    let articles = records.filter_map(|record| match record.body().unwrap() {
        Body::Article(article) => Some((record, article)),
        _ => None,
    });
    articles.collect()
}

#[tokio::test]
async fn a_notice_in_two_languages_with_picture_and_sound_reaches_the_phone() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let picture = hanh.upload("image/jpeg", photo(1800, 1200)).await.unwrap();
    let voice = hanh.upload("audio/wav", sound()).await.unwrap();
    let mut english = text("en", "Free schooling", "From this school year.");
    english.machine = true;
    let mut notice = form();
    notice.texts.insert(0, english);
    notice.texts[1].reviewed = true;
    notice.urgent = true;
    notice.pictures = vec![PictureForm {
        blob: picture.blob,
        alt: "Lớp học".into(),
    }];
    notice.audio = vec![AudioForm {
        blob: voice.blob,
        lang: "vi".into(),
        machine: false,
    }];
    let id = hanh.give(&publish(notice, "a")).await.unwrap();

    let phone = on_the_phone(&hub).await;
    let (record, article) = &phone[0];
    assert_eq!(
        (record.id, record.revision),
        (id, 1),
        "the phone verified this very notice"
    );
    assert_eq!(
        article.texts[0].lang.as_str(),
        "vi",
        "Vietnamese first, in whatever order it was typed"
    );
    let reviewer = article.texts[0].reviewed_by.as_deref();
    assert_eq!(
        reviewer,
        Some("Uỷ ban nhân dân xã Bắc Bình (mẫu)"),
        "an office read it over, never a person"
    );
    let picture = &article.pictures[0];
    assert!(
        picture.width <= 960 && picture.full.is_some(),
        "small for the list, large to look at"
    );
    for blob in record.blobs() {
        let answer = hub.get(&format!("/v1/blobs/{}", blob.hash), &[]).await;
        assert_eq!(
            Hash::of(&answer.body),
            blob.hash,
            "anybody may fetch what was published"
        );
    }
    let row = hub.hub.store.record(&id).await.unwrap().unwrap();
    let officer = hub.hub.store.officer("hanh").await.unwrap().unwrap();
    let envelope = Envelope::from_bytes(&row.signed.unwrap(), 1 << 20).unwrap();
    let signed = envelope.verified(PayloadType::Record, &[officer.sign_key], 1);
    assert_eq!(
        signed.unwrap(),
        row.bytes,
        "the archive holds Hạnh's own signature over it"
    );
    let listed = hanh
        .give(&PublishedList {
            place: row.place,
            offset: 0,
            limit: 10,
        })
        .await
        .unwrap();
    assert_eq!(
        listed[0].languages,
        ["vi", "en"],
        "her list shows both languages"
    );
    assert!(listed[0].audio, "and that it can be listened to");
}

#[tokio::test]
async fn a_double_click_publishes_once() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let click = publish(form(), "one act");
    let (first, second) = tokio::join!(hanh.give(&click), hanh.give(&click));
    assert_eq!(
        first.unwrap(),
        second.unwrap(),
        "both clicks are told the same record"
    );
    assert_eq!(on_the_phone(&hub).await.len(), 1, "and there is one");
    hanh.give(&publish(form(), "another act")).await.unwrap();
    assert_eq!(
        on_the_phone(&hub).await.len(),
        2,
        "a second notice is another act"
    );
}

#[tokio::test]
async fn a_correction_keeps_the_record_and_a_withdrawal_ends_it() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let picture = hanh.upload("image/jpeg", photo(400, 300)).await.unwrap();
    let mut first = form();
    first.pictures = vec![PictureForm {
        blob: picture.blob,
        alt: "Trường".into(),
    }];
    let id = hanh.give(&publish(first, "1")).await.unwrap();
    let mut back = hanh.give(&PublishedRead { id }).await.unwrap();
    assert_eq!(back.corrects, Some(id), "the form knows what it corrects");
    hanh.give(&publish(back.clone(), "2")).await.unwrap();
    assert_eq!(
        on_the_phone(&hub).await[0].0.revision,
        1,
        "publishing the same again changes nothing"
    );
    back.texts[0].title = "Miễn học phí (sửa)".into();
    hanh.give(&publish(back, "3")).await.unwrap();
    let (record, article) = on_the_phone(&hub).await.remove(0);
    assert_eq!(
        (record.id, record.revision),
        (id, 2),
        "a correction is the next revision"
    );
    assert_eq!(article.pictures.len(), 1, "its picture came along");

    let mut end = Withdraw {
        id,
        reason: String::new(),
        password: PASSWORD.into(),
    };
    assert_eq!(
        at_field(hanh.give(&end).await),
        (Code::Empty, "reason".into()),
        "the archive wants a reason"
    );
    end.reason = "Sai số liệu".into();
    end.password = "đoán".into();
    assert_eq!(
        at_field(hanh.give(&end).await).0,
        Code::SignInWrong,
        "and the password again"
    );
    end.password = PASSWORD.into();
    hanh.give(&end).await.unwrap();
    assert!(
        on_the_phone(&hub).await.is_empty(),
        "it is gone from the phone's set"
    );
    assert_eq!(
        at_field(hanh.give(&end).await),
        (Code::NotFound, "id".into()),
        "once"
    );
}

#[tokio::test]
async fn drafts_wait_at_the_hub_and_go_when_published() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let place = PlaceId::new(XA).unwrap();
    let half = NoticeForm {
        texts: vec![text("vi", "Nửa chừng", "")],
        ..NoticeForm::default()
    };
    let save = DraftSave {
        id: None,
        place: place.clone(),
        form: half.clone(),
    };
    let id = hanh.give(&save).await.unwrap();
    let again = DraftSave {
        id: Some(id.clone()),
        ..save
    };
    assert_eq!(
        hanh.give(&again).await.unwrap(),
        id,
        "saving again is the same draft"
    );
    let list = hanh.give(&DraftList {}).await.unwrap();
    assert_eq!(
        (list.len(), list[0].by.as_str()),
        (1, "Hạnh"),
        "a colleague sees whose it is"
    );
    assert_eq!(
        hanh.give(&DraftRead { id: id.clone() }).await.unwrap(),
        half,
        "what was typed stays"
    );
    let lam = Browser::of(&hub, "lam").await;
    assert_eq!(
        at_field(lam.give(&DraftRead { id: id.clone() }).await).0,
        Code::NoGrant,
        "Lâm may not look"
    );
    assert!(
        lam.give(&DraftList {}).await.unwrap().is_empty(),
        "nor see that there is one"
    );
    let done = Publish {
        draft: Some(id.clone()),
        ..publish(form(), "d")
    };
    hanh.give(&done).await.unwrap();
    assert_eq!(
        at_field(hanh.give(&DraftRead { id }).await).0,
        Code::NotFound,
        "published is no draft"
    );
}

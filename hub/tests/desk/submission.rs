//! Thu submits her rượu cần; Hạnh checks and publishes it, or sends it back.

use bantin_hub_store::Role;
use bantin_model::id::{PlaceId, RecordId};
use bantin_model::letter::{AttachmentKind, ProductDraft, ReplyVerb, Verb};
use bantin_model::record::{Body, Record};
use bantin_model::time::Validity;
use bantin_testkit::{PASSWORD, Person, TestHub};
use bantin_wire::Code;
use bantin_wire::desk::conversation::*;

use super::browser::{Browser, XA, at_field, office, photo};

async fn submitted(hub: &TestHub, thu: &mut Person) -> RecordId {
    let id = RecordId::new(hub.clock.now(), [7; 10]);
    let mut letter = thu.letter(Verb::SubmitProduct, "");
    letter.product = Some(ProductDraft {
        id,
        name: "Rượu cần nhà Thu".into(),
        group: 2,
        maker: "Hộ chị Thu".into(),
        season_months: vec![1, 2, 12],
        ..ProductDraft::default()
    });
    for width in [64, 96] {
        let (attachment, sealed) = thu.attach(AttachmentKind::Jpeg, &photo(width, 48));
        hub.put(&format!("/v1/attachments/{}", attachment.hash), sealed, &[])
            .await;
        letter.attachments.push(attachment);
    }
    thu.send(hub, XA, &letter).await;
    hub.hub.open_letters().await.unwrap();
    id
}

fn certificate() -> CertificateSeen {
    CertificateSeen {
        number: "MẪU-01".into(),
        issued_by: "Tỉnh (mẫu)".into(),
        issued: bantin_model::time::Seconds(1_700_000_000),
        expires: bantin_model::time::Seconds(1_800_000_000),
        stars: 3,
    }
}

#[tokio::test]
async fn thus_product_is_checked_and_published() {
    let hub = office().await;
    let mut thu = Person::thu();
    let record = submitted(&hub, &mut thu).await;
    let id = thu.keys.id().to_string();
    let hanh = Browser::of(&hub, "hanh").await;
    let thread = hanh.give(&ThreadRead { id: id.clone() }).await.unwrap();
    assert!(
        thread.actions.contains(&"publish-product".into()),
        "Hạnh can publish it: {:?}",
        thread.actions
    );
    let mut product = thread.submission.expect("the thread shows the product");
    assert_eq!(
        (product.record, product.group.as_str()),
        (record, "drinks"),
        "as Thu described it"
    );
    product.price = "350.000 đồng một ghè".into();

    let mut give = SubmissionPublish {
        id: id.clone(),
        product,
        certificate: Some(certificate()),
        password: PASSWORD.into(),
        once: "1".into(),
    };
    give.product.name = "x".repeat(100_000);
    assert_eq!(
        at_field(hanh.give(&give).await),
        (Code::TooLong, "name".into()),
        "the screen can point at it"
    );
    give.product.name = "Rượu cần nhà Thu <b>".into();
    give.product.stars = Some(3);
    give.certificate = None;
    let unseen = at_field(hanh.give(&give).await);
    assert_eq!(
        unseen,
        (Code::Empty, "certificate".into()),
        "stars need a certificate an officer has seen"
    );
    give.certificate = Some(CertificateSeen {
        stars: 6,
        ..certificate()
    });
    assert_eq!(
        at_field(hanh.give(&give).await),
        (Code::NotAllowed, "certificate.stars".into()),
        "five are most"
    );
    give.certificate = Some(certificate());
    let (first, second) = tokio::join!(hanh.give(&give), hanh.give(&give));
    assert_eq!(
        (first.unwrap(), second.unwrap()),
        (record, record),
        "a double click publishes the one record"
    );

    let row = hub.hub.store.record(&record).await.unwrap().unwrap();
    let Body::Product(shown) = Record::from_bytes(&row.bytes).unwrap().body().unwrap() else {
        panic!("it is a product");
    };
    assert_eq!(row.revision, 1, "published once");
    assert_eq!(row.officer.as_deref(), Some("hanh"), "by Hạnh");
    assert_eq!(shown.pictures.len(), 2, "with both photos of the letter");
    assert_eq!(
        shown.stars(hub.clock.now()),
        Some(3),
        "and the stars of its certificate"
    );
    assert_eq!(
        shown.texts[0].title, "Rượu cần nhà Thu <b>",
        "a name is words"
    );
    let replies = thu.replies(&hub, XA).await;
    let published: Vec<_> = replies
        .iter()
        .filter(|one| one.reply.verb == ReplyVerb::Published)
        .collect();
    assert_eq!(published.len(), 1, "Thu is told once");
    assert_eq!(published[0].reply.record, Some(record), "and where to look");
}

#[tokio::test]
async fn a_product_is_sent_back_with_the_reason_by_somebody_who_may() {
    let hub = office().await;
    let mut thu = Person::thu();
    let record = submitted(&hub, &mut thu).await;
    let id = thu.keys.id().to_string();
    let valid = Validity {
        from: hub.clock.now(),
        until: None,
    };
    let place = PlaceId::new(XA).unwrap();
    hub.hub
        .grant("lam", &place, Role::Answer, "hanh", "Quyết định mẫu", valid)
        .await
        .unwrap();
    let lam = Browser::of(&hub, "lam").await;
    let thread = lam.give(&ThreadRead { id: id.clone() }).await.unwrap();
    assert!(
        !thread.actions.contains(&"publish-product".into()),
        "who answers letters checks no products"
    );
    let mut back = SubmissionReject {
        id: id.clone(),
        text: "Chưa có ảnh nhãn.".into(),
        once: "1".into(),
    };
    assert_eq!(
        at_field(lam.give(&back).await).0,
        Code::NoGrant,
        "nor sends them back"
    );
    let give = SubmissionPublish {
        id: id.clone(),
        product: thread.submission.unwrap(),
        certificate: None,
        password: PASSWORD.into(),
        once: "2".into(),
    };
    assert_eq!(
        at_field(lam.give(&give).await).0,
        Code::NoGrant,
        "nor publishes them"
    );

    let hanh = Browser::of(&hub, "hanh").await;
    back.text = " ".into();
    assert_eq!(
        at_field(hanh.give(&back).await),
        (Code::Empty, "text".into()),
        "Thu needs the reason"
    );
    back.text = "Chưa có ảnh nhãn.".into();
    hanh.give(&back).await.unwrap();
    let replies = thu.replies(&hub, XA).await;
    let last = &replies.last().unwrap().reply;
    assert_eq!(
        (last.verb, last.text.as_str()),
        (ReplyVerb::Rejected, "Chưa có ảnh nhãn."),
        "and gets it"
    );
    assert!(
        hub.hub.store.record(&record).await.unwrap().is_none(),
        "nothing was published"
    );
}

#[tokio::test]
async fn a_question_is_no_product() {
    let hub = office().await;
    let mut mai = Person::mai();
    mai.ask(&hub, XA, "Bao giờ họp thôn?").await;
    hub.hub.open_letters().await.unwrap();
    let hanh = Browser::of(&hub, "hanh").await;
    let id = mai.keys.id().to_string();
    let back = SubmissionReject {
        id,
        text: "Không".into(),
        once: "1".into(),
    };
    assert_eq!(
        at_field(hanh.give(&back).await).0,
        Code::WrongState,
        "there is nothing to send back"
    );
}

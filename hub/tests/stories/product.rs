//! Thu submits her rượu cần with two photos; Hạnh checks it; it is in the catalogue.

use bantin_hub::conversation::CheckedProduct;
use bantin_hub_store::Once;
use bantin_model::id::{Lang, RecordId};
use bantin_model::letter::{AttachmentKind, ProductDraft, ReplyVerb, Verb};
use bantin_model::record::{Body, Group, Kind, Method, Product, Record, Text};
use bantin_testkit::{PASSWORD, Person, TestHub};

const XA: &str = "vn-68-23074";

fn photo(colour: u8) -> Vec<u8> {
    let pixels = vec![colour; 64 * 48 * 3];
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 80);
    encoder
        .encode(&pixels, 64, 48, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    jpeg
}

fn product() -> Product {
    Product {
        group: Group(2),
        texts: vec![Text {
            lang: Lang::vietnamese(),
            title: "Rượu cần nhà Thu".into(),
            summary: String::new(),
            body: "Ủ bằng men lá.".into(),
            who: String::new(),
            todo: String::new(),
            ask: "Gọi về xã.".into(),
            method: Method::Human,
            made_by: None,
            reviewed_by: None,
        }],
        maker: "Hộ chị Thu".into(),
        village: "Thôn 2".into(),
        price: "350.000 đồng một ghè".into(),
        price_date: "2026-11-20".into(),
        season: vec![1, 2, 12],
        available: true,
        certificate: None,
        pictures: Vec::new(),
        sample: true,
    }
}

#[tokio::test]
async fn thus_product_is_checked_and_published_once() {
    let hub = TestHub::new().await;
    hub.hire_hanh(XA).await;
    let mut thu = Person::thu();
    let id = RecordId::new(hub.clock.now(), [7; 10]);
    let mut letter = thu.letter(Verb::SubmitProduct, "");
    letter.product = Some(ProductDraft {
        id,
        name: "Rượu cần nhà Thu".into(),
        group: 2,
        ..ProductDraft::default()
    });
    for colour in [40, 200] {
        let (attachment, sealed) = thu.attach(AttachmentKind::Jpeg, &photo(colour));
        let path = format!("/v1/attachments/{}", attachment.hash);
        assert_eq!(
            hub.put(&path, sealed, &[]).await.status,
            204,
            "a photo goes first"
        );
        letter.attachments.push(attachment);
    }
    thu.send(&hub, XA, &letter).await;
    hub.hub.open_letters().await.unwrap();

    let conversation = thu.keys.id();
    let thread = hub.hub.thread(&conversation).await.unwrap();
    let submitted = hub.hub.submitted(&thread).await.unwrap().unwrap();
    assert_eq!(
        submitted.draft.name, "Rượu cần nhà Thu",
        "Hạnh sees what Thu wrote"
    );
    let photos = submitted.photos.iter().map(|photo| photo.hash).collect();
    let checked = CheckedProduct {
        product: product(),
        photos,
        text: "Đã đăng.".into(),
    };
    let signer = hub.hub.signer("hanh", PASSWORD).await.unwrap();
    let at = hub.clock.now();
    let once = || {
        Some(Once {
            key: "hanh/p".into(),
            result: String::new(),
            at,
        })
    };
    for _ in 0..2 {
        let record = hub
            .hub
            .publish_product(&conversation, checked.clone(), &signer, once())
            .await
            .unwrap();
        assert_eq!(record, id, "it becomes the record that Thu's draft names");
    }
    let place = bantin_model::id::PlaceId::new(XA).unwrap();
    let rows = hub
        .hub
        .store
        .records(&place, &[Kind::PRODUCT], 0, 10)
        .await
        .unwrap();
    assert_eq!(rows.len(), 1, "a double click publishes once");
    let Body::Product(published) = Record::from_bytes(&rows[0].bytes).unwrap().body().unwrap()
    else {
        panic!("a product");
    };
    assert_eq!(published.pictures.len(), 2, "with both photos");
    let thumb = published.pictures[0].thumb;
    let blob = hub.get(&format!("/v1/blobs/{}", thumb.hash), &[]).await;
    assert_eq!(
        (blob.status, blob.header("content-type").as_str()),
        (200, "image/jpeg"),
        "shown"
    );
    assert_eq!(
        bantin_model::id::Hash::of(&blob.body),
        thumb.hash,
        "and it is what the record names"
    );
    let verbs: Vec<ReplyVerb> = thu
        .replies(&hub, XA)
        .await
        .into_iter()
        .map(|opened| opened.reply.verb)
        .collect();
    assert_eq!(
        verbs,
        [ReplyVerb::Delivered, ReplyVerb::Published],
        "Thu hears of it once"
    );
}

#[tokio::test]
async fn what_is_only_uploaded_is_nobodys_to_fetch() {
    let hub = TestHub::new().await;
    let picture = hub.hub.add_picture(photo(90), "thử".into()).await.unwrap();
    let answer = hub
        .get(&format!("/v1/blobs/{}", picture.thumb.hash), &[])
        .await;
    assert_eq!(
        answer.status, 404,
        "a picture is public only once a published record names it"
    );
}

#[tokio::test]
async fn a_submission_replaces_nothing_that_is_not_its_own() {
    let hub = TestHub::new().await;
    hub.hire_hanh(XA).await;
    let signer = hub.hub.signer("hanh", PASSWORD).await.unwrap();
    let place = bantin_model::id::PlaceId::new(XA).unwrap();
    let kinds = [Kind::AGENCY, Kind::PRODUCT];
    let submitted = async |person: &mut Person, id: RecordId| {
        let mut letter = person.letter(Verb::SubmitProduct, "");
        letter.product = Some(ProductDraft {
            id,
            name: "Rượu cần".into(),
            group: 2,
            ..ProductDraft::default()
        });
        person.send(&hub, XA, &letter).await;
        hub.hub.open_letters().await.unwrap();
        let checked = CheckedProduct {
            product: product(),
            photos: Vec::new(),
            text: String::new(),
        };
        hub.hub
            .publish_product(&person.keys.id(), checked, &signer, None)
            .await
    };
    let hers = RecordId::new(hub.clock.now(), [7; 10]);
    submitted(&mut Person::thu(), hers).await.unwrap();
    let before = hub.hub.store.records(&place, &kinds, 0, 10).await.unwrap();
    assert_eq!(before.len(), 2, "the agency and Thu's product");
    for (who, row) in ["kẻ lạ", "kẻ khác"].into_iter().zip(&before) {
        let refused = submitted(&mut Person::new(who), row.id).await.unwrap_err();
        assert_eq!(refused.failure().field.as_deref(), Some("id"), "{refused}");
    }
    let after = hub.hub.store.records(&place, &kinds, 0, 10).await.unwrap();
    assert_eq!(before, after, "both are as they were");
}

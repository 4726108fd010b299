//! What a letter and a reply may hold; the error names the field.

use bantin_model::id::{Lang, RecordId};
use bantin_model::letter::*;
use bantin_model::time::Seconds;

use crate::cast::*;

fn check(why: &str, change: impl FnOnce(&mut Letter), expected: Result<(), LetterError>) {
    let mut letter = question();
    change(&mut letter);
    assert_eq!(letter.validate(), expected, "{why}");
    if expected.is_err() {
        let sealed = seal(&letter, &mai(), &hanh().seal.public(), &mut rng(20));
        assert!(
            matches!(sealed, Err(SealError::Contents(_))),
            "never sealed: {why}"
        );
    }
}

#[test]
fn a_letter_is_held_to_its_limits() {
    use LetterError::{Missing, OutOfRange, TooLong};
    let long = |chars: usize| "ệ".repeat(chars);
    check(
        "characters count, not bytes",
        |l| l.text = long(20_000),
        Ok(()),
    );
    check(
        "100,000 characters are too many",
        |l| l.text = long(100_000),
        Err(TooLong {
            field: "text",
            got: 100_000,
            limit: 20_000,
        }),
    );
    check(
        "white space is no question",
        |l| l.text = " \n\t".into(),
        Err(Missing("text")),
    );
    check("seq starts at 1", |l| l.seq = 0, Err(OutOfRange("seq")));
    check("no rating", |l| l.verb = Verb::Rate, Err(Missing("rating")));
    check(
        "six stars do not exist",
        |l| (l.verb, l.rating) = (Verb::Rate, Some(6)),
        Err(OutOfRange("rating")),
    );
    check(
        "a rating needs no comment",
        |l| {
            (l.verb, l.rating, l.text) = (Verb::Rate, Some(5), String::new());
        },
        Ok(()),
    );
    check(
        "no product",
        |l| l.verb = Verb::SubmitProduct,
        Err(Missing("product")),
    );
    check(
        "which product?",
        |l| l.verb = Verb::WithdrawProduct,
        Err(Missing("about")),
    );
    check(
        "a name is one line",
        |l| l.written_for = Some(long(201)),
        Err(TooLong {
            field: "written_for",
            got: 201,
            limit: 200,
        }),
    );
    check(
        "a contact is short",
        |l| l.contact = Some(long(501)),
        Err(TooLong {
            field: "contact",
            got: 501,
            limit: 500,
        }),
    );
    check(
        "a newer verb is kept",
        |l| (l.verb, l.text) = (Verb::Unknown(99), String::new()),
        Ok(()),
    );
    check(
        "a newer format is not guessed at",
        |l| l.format = 2,
        Err(LetterError::Format(2)),
    );
    check(
        "HTML and right-to-left marks are only text",
        |l| {
            l.text = "<script>alert(1)</script>\u{202e}Z\u{0489}\u{0489}".into();
        },
        Ok(()),
    );
}

#[test]
fn attachments_are_few_and_bounded() {
    let photo = question_with_photo().0.attachments.remove(0);
    check(
        "a photo alone is a question",
        |l| {
            l.text.clear();
            l.attachments.push(photo.clone());
        },
        Ok(()),
    );
    let error = LetterError::TooMany {
        field: "attachments",
        got: 25,
        limit: 24,
    };
    check(
        "25 photos are too many",
        |l| l.attachments = vec![photo.clone(); 25],
        Err(error),
    );
    check(
        "26 MiB are too large",
        |l| {
            let mut video = photo.clone();
            video.bytes = ATTACHMENT_BYTES_MAX + 1;
            l.attachments.push(video);
        },
        Err(LetterError::OutOfRange("attachments.bytes")),
    );
}

#[test]
fn thus_product_is_held_to_its_limits() {
    let check = |why: &str, change: fn(&mut ProductDraft), field: Option<&str>| {
        let mut draft = product();
        change(&mut draft);
        let named = draft.validate().err().map(|e| match e {
            LetterError::Missing(field) | LetterError::OutOfRange(field) => field,
            LetterError::TooLong { field, .. } | LetterError::TooMany { field, .. } => field,
            LetterError::Format(_) => "format",
        });
        assert_eq!(named, field, "{why}");
    };
    check("Thu's rượu cần is fine", |_| {}, None);
    check(
        "a product has a name",
        |p| p.name = "  ".into(),
        Some("product.name"),
    );
    check(
        "there are six groups",
        |p| p.group = 7,
        Some("product.group"),
    );
    check(
        "stars end at five",
        |p| p.stars = Some(6),
        Some("product.stars"),
    );
    check(
        "no 13th month",
        |p| p.season_months = vec![13],
        Some("product.season_months"),
    );
    check(
        "months ascend",
        |p| p.season_months = vec![2, 1],
        Some("product.season_months"),
    );
    check(
        "a long story",
        |p| p.story = "à".repeat(5001),
        Some("product.story"),
    );
    check(
        "a certificate has a number",
        |p| {
            p.certificate.as_mut().unwrap().number.clear();
        },
        Some("product.certificate.number"),
    );
    check(
        "it ends after it begins",
        |p| {
            p.certificate.as_mut().unwrap().expires = Seconds(0);
        },
        Some("product.certificate.expires"),
    );
}

#[test]
fn thu_submits_her_product_and_hanh_reads_it() {
    let mut letter = Letter::new(&thu(), Verb::SubmitProduct, 1, NOW, Lang::vietnamese(), "");
    letter.product = Some(product());
    letter.topic = Some(3);
    letter.about = Some(RecordId::new(NOW, [1; 10]));
    letter.written_for = Some("Bá giúp chị Thu".into());
    letter.contact = Some("Nhà văn hóa bản".into());
    let (_, sealed) = seal(&letter, &thu(), &hanh().seal.public(), &mut rng(21)).unwrap();
    let opened = open(&sealed, &hanh().seal).unwrap();
    assert_eq!(opened.letter, letter, "every field arrives");
    let json = serde_json::to_string(&opened.letter.product).unwrap();
    let back: Option<ProductDraft> = serde_json::from_str(&json).unwrap();
    assert_eq!(back, letter.product, "and passes through the desk's JSON");
}

#[test]
fn a_letter_too_big_for_a_carrier_is_refused_before_it_is_saved() {
    let mut letter = question();
    letter.text = "🌾".repeat(20_000);
    let error = seal(&letter, &mai(), &hanh().seal.public(), &mut rng(22)).unwrap_err();
    assert!(
        matches!(error, SealError::TooBig { .. }),
        "80,000 bytes do not fit: {error}"
    );
}

#[test]
fn keys_of_another_conversation_do_not_seal_a_letter() {
    let error = seal(&question(), &thu(), &hanh().seal.public(), &mut rng(23)).unwrap_err();
    assert_eq!(
        error,
        SealError::OtherConversation,
        "one letter cannot link two conversations"
    );
}

#[test]
fn a_useless_public_key_is_an_error_and_not_a_weak_seal() {
    let zero = SealPublic([0; 32]);
    let error = seal(&question(), &mai(), &zero, &mut rng(24)).unwrap_err();
    assert_eq!(
        error,
        SealError::BadKey,
        "the zero point would give a secret everybody knows"
    );
}

#[test]
fn a_reply_needs_what_its_verb_says() {
    let base = Reply::new(ReplyVerb::Working, 1, None, NOW, "UBND xã");
    assert_eq!(base.validate(), Ok(()), "working needs no words");
    for (verb, missing) in [
        (ReplyVerb::Answered, "text"),
        (ReplyVerb::NeedsInfo, "text"),
        (ReplyVerb::OutOfScope, "text"),
        (ReplyVerb::Rejected, "text"),
        (ReplyVerb::Published, "record"),
    ] {
        let reply = Reply {
            verb,
            ..base.clone()
        };
        assert_eq!(
            reply.validate(),
            Err(LetterError::Missing(missing)),
            "{verb} needs {missing}"
        );
    }
    let nobody = Reply {
        by: " ".into(),
        ..base
    };
    assert_eq!(
        nobody.validate(),
        Err(LetterError::Missing("by")),
        "somebody replies"
    );
}

#[test]
fn codes_keep_what_they_do_not_know() {
    for code in 0..=255u8 {
        assert_eq!(
            Verb::from_code(code).code(),
            code,
            "verb {code} is relayed as it came"
        );
        assert_eq!(
            ReplyVerb::from_code(code).code(),
            code,
            "reply verb {code} too"
        );
        let kind = AttachmentKind::from_code(code);
        assert_eq!(
            kind.to_string().parse(),
            Ok(kind),
            "kind {code} survives JSON"
        );
    }
    for kind in AttachmentKind::KNOWN {
        let same = AttachmentKind::of_media_type(kind.media_type());
        assert_eq!(same, Some(*kind), "each kind has a media type of its own");
    }
    assert_eq!(
        AttachmentKind::of_media_type("text/html"),
        None,
        "pages are not attachments"
    );
}

//! What an officer types: a fault names its field, and words stay words whatever they look like.

use bantin_model::id::{Hash, RecordId};
use bantin_wire::Code;
use bantin_wire::desk::publication::*;

use super::browser::{Browser, at_field, form, office, text};
use super::publication::{on_the_phone, publish};

/// Makes a form one that cannot be published.
type Spoil = fn(&mut NoticeForm);

#[tokio::test]
async fn a_fault_names_its_field() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let cases: [(Spoil, Code, &str); 14] = [
        (
            |f| f.texts[0].body = "ữ".repeat(100_000),
            Code::TooLong,
            "texts.0.body",
        ),
        (
            |f| f.texts.push(text("en", &"x".repeat(201), "")),
            Code::TooLong,
            "texts.1.title",
        ),
        (
            |f| f.texts[0].todo = "x".repeat(4_001),
            Code::TooLong,
            "texts.0.todo",
        ),
        (
            |f| f.texts[0].title = " \u{202e}\n".into(),
            Code::Empty,
            "texts.0.title",
        ),
        (|f| f.texts[0].lang = "en".into(), Code::Empty, "texts.vi"),
        (
            |f| f.texts.push(text("vi", "x", "y")),
            Code::NotAllowed,
            "texts.1.lang",
        ),
        (
            |f| f.texts.push(text("<b>", "x", "y")),
            Code::NotAllowed,
            "texts.1.lang",
        ),
        (|f| f.kind = "product".into(), Code::NotAllowed, "kind"),
        (|f| f.topic = "other".into(), Code::NotAllowed, "topic"),
        (|f| f.sources.clear(), Code::Empty, "sources"),
        (
            |f| f.sources[0].url = Some("javascript:alert(1)".into()),
            Code::NotAllowed,
            "sources.0.url",
        ),
        (
            |f| f.sources[0].date = "hôm qua".into(),
            Code::NotAllowed,
            "sources.0.date",
        ),
        (
            |f| {
                f.pictures.push(PictureForm {
                    blob: Hash::default(),
                    alt: "x".into(),
                })
            },
            Code::NotFound,
            "pictures.0.blob",
        ),
        (
            |f| f.corrects = Some(RecordId::default()),
            Code::NotFound,
            "corrects",
        ),
    ];
    for (at, (spoil, code, field)) in cases.into_iter().enumerate() {
        let mut wrong = form();
        spoil(&mut wrong);
        let refused = at_field(hanh.give(&publish(wrong, &at.to_string())).await);
        assert_eq!(
            refused,
            (code, field.to_owned()),
            "the screen can point at {field}"
        );
    }
    assert!(
        on_the_phone(&hub).await.is_empty(),
        "nothing of it was published"
    );
}

#[tokio::test]
async fn whatever_words_look_like_they_stay_words() {
    let hub = office().await;
    let hanh = Browser::of(&hub, "hanh").await;
    let zalgo = format!("m{}uỗi", "\u{0310}\u{0332}\u{0489}".repeat(30));
    for (at, words) in [
        "<script>alert(1)</script>",
        "</textarea><img src=x onerror=x>",
        zalgo.as_str(),
        "عسل",
        "{{7*7}}",
        "'; --",
    ]
    .into_iter()
    .enumerate()
    {
        let mut odd = form();
        let one = &mut odd.texts[0];
        for field in [
            &mut one.title,
            &mut one.summary,
            &mut one.body,
            &mut one.who,
            &mut one.todo,
            &mut one.ask,
        ] {
            *field = words.into();
        }
        odd.sources[0].name = words.into();
        let id = hanh.give(&publish(odd, &format!("w{at}"))).await.unwrap();
        let kept = hanh.give(&PublishedRead { id }).await.unwrap();
        assert_eq!(
            kept.texts[0].title, kept.texts[0].body,
            "{words:?} is the same in every field"
        );
        let letters = |text: &str| text.chars().filter(|c| c.is_ascii()).collect::<String>();
        assert_eq!(
            letters(&kept.texts[0].title),
            letters(words),
            "{words:?} is kept as it was typed"
        );
        assert_eq!(
            kept.sources[0].name, kept.texts[0].title,
            "{words:?} in a source too"
        );
    }
}

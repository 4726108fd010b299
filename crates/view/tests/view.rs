//! What people see: Mai reads in Chăm or Vietnamese, Thu's certificate lapses, a form is refused at its
//! field, a wrong clock cannot reorder a conversation.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use bantin_media::MediaError;
use bantin_model::id::{Lang, PlaceId, RecordId};
use bantin_model::letter::{
    ConversationKeys, ConversationSeed, LetterId, OpenedReply, Receipt, ReceiptKey, ReceiptStep,
    Reply, ReplyVerb, Signer,
};
use bantin_model::record::{
    Article, Body, Certificate, Group, Kind, Method, Product, Record, Text, Topic, Urgency,
};
use bantin_model::sign::SecretKey;
use bantin_model::time::{Seconds, Validity};
use bantin_search::{Limits, Query};
use bantin_view::{
    Act, Context, Directory, FeedMark, Marks, Reader, SentLetter, Thread, close_act, hit, judged,
    media_failure, notice_card, notice_order, notice_page, passage, product_act, product_page,
    question_act, rate_act, reply_act,
};
use bantin_wire::Code;
use bantin_wire::ipc::conversation::Question;
use bantin_wire::ipc::device::Settings;
use bantin_wire::ipc::notice::Genuine;
use bantin_wire::ipc::product::ProductForm;
use bantin_wire::ipc::search::Found;

const NOW: Seconds = Seconds(1_795_323_600);

fn commune() -> PlaceId {
    PlaceId::new("vn-68-23074").unwrap()
}

fn reader(language: &str) -> Reader {
    let settings = Settings {
        language: language.into(),
        ..Settings::default()
    };
    Reader::new(&settings, NOW, 420)
}

fn text(lang: &str, title: &str) -> Text {
    Text {
        lang: Lang::new(lang).unwrap(),
        title: title.into(),
        summary: String::new(),
        body: "Bà con đến nhà văn hoá.\n\nMang theo giấy tờ.".into(),
        who: String::new(),
        todo: String::new(),
        ask: String::new(),
        method: Method::Human,
        made_by: None,
        reviewed_by: None,
    }
}

fn notice(number: u8, urgency: Urgency, until: Option<Seconds>) -> (Record, Article) {
    let article = Article {
        topic: Topic(2),
        urgency,
        texts: vec![text("vi", "Tiêm phòng"), text("en", "Vaccination")],
        audio: vec![],
        pictures: vec![],
        sources: vec![],
        heritage: None,
        sample: true,
    };
    let id = RecordId::derived(NOW, &[number]);
    let mut record = Record::new(id, Kind::NOTICE, commune(), NOW, &article);
    record.in_force = Some(Validity {
        from: Seconds(0),
        until,
    });
    (record, article)
}

#[test]
fn a_missing_language_falls_back_to_vietnamese_and_says_so() {
    let (record, article) = notice(1, Urgency::NORMAL, None);
    let directory = Directory::default();
    let cham = reader("cjm-Cham");
    let page = |reader: &Reader| {
        let context = Context {
            reader,
            directory: &directory,
            held: &|_| false,
        };
        notice_page(
            &record,
            &article,
            Marks::default(),
            FeedMark::default(),
            &context,
        )
    };
    let fallen = page(&cham);
    assert_eq!(
        (fallen.text.lang.as_str(), fallen.text.wanted),
        ("vi", false),
        "said, not hidden"
    );
    assert_eq!(
        fallen.languages,
        ["vi", "en"],
        "what there is, Vietnamese first"
    );
    assert_eq!(
        fallen.card.summary, "Bà con đến nhà văn hoá.",
        "the first line stands in"
    );
    assert_eq!(
        fallen.authenticity.state,
        Genuine::Old,
        "a head past its expiry is shown as old"
    );
    let asked = page(&cham.preferring(Some("en")));
    assert_eq!(
        (asked.text.lang.as_str(), asked.text.wanted),
        ("en", true),
        "as asked"
    );
}

#[test]
fn a_hit_shows_the_text_that_matched() {
    let (record, article) = notice(1, Urgency::NORMAL, None);
    let (vietnamese, directory) = (reader("vi"), Directory::default());
    let found = |typed: &str| {
        let context = Context {
            reader: &vietnamese,
            directory: &directory,
            held: &|_| false,
        };
        let card = notice_card(&record, &article, Marks::default(), &context);
        let query = Query::parse(typed, Limits::default());
        let body = Body::Article(article.clone());
        hit(Found::Notice { card }, passage(&body, &query, &vietnamese))
    };
    let own = found("tiem");
    assert!(
        own.snippet.starts_with("Tiêm phòng") && own.marks == [(0, 5)],
        "the text the reader reads comes first: {own:?}"
    );
    let other = found("vaccination");
    assert!(
        other.snippet.starts_with("Vaccination") && !other.marks.is_empty(),
        "a text in another language is shown if only it has the word: {other:?}"
    );
    let none = found("trau");
    assert!(
        none.snippet.starts_with("Tiêm phòng") && none.marks.is_empty(),
        "without a match it is the reader's own text, nothing marked: {none:?}"
    );
}

#[test]
fn urgent_news_lead_only_while_they_are_in_force() {
    let (lasting, a) = notice(1, Urgency::URGENT, None);
    let (over, b) = notice(2, Urgency::URGENT, Some(NOW));
    let (newer, c) = notice(3, Urgency::NORMAL, None);
    let newer = Record {
        issued_at: NOW.plus(60),
        ..newer
    };
    let mut order = [
        (notice_order(&over, &b, NOW), over.id),
        (notice_order(&newer, &c, NOW), newer.id),
        (notice_order(&lasting, &a, NOW), lasting.id),
    ];
    order.sort();
    let order = order.map(|(_, id)| id);
    assert_eq!(
        order,
        [lasting.id, newer.id, over.id],
        "urgent, then newest"
    );
    let (directory, reader) = (Directory::default(), reader("vi"));
    let context = Context {
        reader: &reader,
        directory: &directory,
        held: &|_| false,
    };
    let card = notice_card(&over, &b, Marks::default(), &context);
    assert!(!card.urgent, "what is over is not shown in red");
}

#[test]
fn stars_and_certificate_stop_counting_offline_too() {
    let product = Product {
        group: Group(2),
        texts: vec![text("vi", "Rượu cần")],
        maker: "Hộ bà Thu".into(),
        village: "Thôn 2".into(),
        price: "250.000 đồng".into(),
        price_date: "2026-11-01".into(),
        season: vec![],
        available: true,
        certificate: Some(Certificate {
            number: "12".into(),
            issued_by: "UBND".into(),
            valid: Validity {
                from: Seconds(0),
                until: Some(NOW.plus(86_400)),
            },
            stars: 3,
        }),
        pictures: vec![],
        sample: false,
    };
    let record = Record::new(
        RecordId::derived(NOW, b"p"),
        Kind::PRODUCT,
        commune(),
        NOW,
        &product,
    );
    let directory = Directory::default();
    let page = |now| {
        let reader = Reader {
            now,
            ..reader("vi")
        };
        let context = Context {
            reader: &reader,
            directory: &directory,
            held: &|_| false,
        };
        product_page(&record, &product, FeedMark::default(), &context)
    };
    let today = page(NOW);
    assert_eq!(today.card.stars, Some(3), "it counts today");
    assert!(
        today.certificate.unwrap().ends_soon,
        "and its end is announced"
    );
    let later = page(NOW.plus(86_400));
    assert_eq!(
        later.card.stars, None,
        "a lapsed certificate gives no stars"
    );
    assert!(
        !later.certificate.unwrap().valid,
        "and is said to have lapsed"
    );
    assert_eq!(
        judged(Seconds(5), NOW, false),
        NOW,
        "a clock set back revives nothing"
    );
    assert_eq!(
        judged(NOW.plus(9_999_999), NOW, true),
        NOW,
        "nor does a wrong one age anything"
    );
}

#[test]
fn a_form_is_refused_at_its_field() {
    let at = |failure: bantin_wire::Failure| (failure.code, failure.field.unwrap_or_default());
    let asks = |question: Question| at(question_act(&question).unwrap_err());
    let text = || "Khi nào sửa đường?".to_owned();
    let empty = Question::default();
    assert_eq!(asks(empty), (Code::Empty, "text".into()));
    let topic = Question {
        text: text(),
        topic: "thuế".into(),
        ..Question::default()
    };
    assert_eq!(asks(topic), (Code::NotAllowed, "topic".into()));
    let contact = Some("x".repeat(501));
    let contact = Question {
        text: text(),
        contact,
        ..Question::default()
    };
    assert_eq!(asks(contact), (Code::TooLong, "contact".into()));
    let photos: Vec<String> = (0..9).map(|n| n.to_string()).collect();
    assert_eq!(
        at(reply_act("", &photos).unwrap_err()),
        (Code::TooMany, "photos".into())
    );
    assert!(
        reply_act("", &photos[..1]).is_ok(),
        "a photo alone is a full reply"
    );
    assert_eq!(
        at(rate_act(6, "").unwrap_err()),
        (Code::NotAllowed, "rating".into())
    );
    let form = ProductForm {
        name: "Rượu cần".into(),
        group: "drinks".into(),
        ..ProductForm::default()
    };
    let submits = |form: &ProductForm| at(product_act(form, RecordId::default()).unwrap_err());
    assert_eq!(submits(&form), (Code::Empty, "maker".into()));
    let form = ProductForm {
        maker: "Hộ bà Thu".into(),
        ..form
    };
    assert_eq!(submits(&form), (Code::Empty, "photos".into()));
    let form = ProductForm {
        season: vec![13],
        ..form
    };
    assert_eq!(submits(&form), (Code::NotAllowed, "season".into()));
}

#[test]
fn every_refused_photo_has_its_own_message() {
    let code = |error: MediaError| media_failure(error.code(), 20_000_000).code;
    assert_eq!(code(MediaError::Heic), Code::MediaHeic);
    assert_eq!(code(MediaError::Pdf), Code::MediaKind);
    assert_eq!(code(MediaError::Damaged), Code::MediaDamaged);
    assert_eq!(
        code(MediaError::TooManyPixels {
            width: 65_535,
            height: 65_535
        }),
        Code::MediaTooManyPixels
    );
    let large = MediaError::TooLarge {
        bytes: 21_000_000,
        limit_bytes: 20_000_000,
    };
    let failure = media_failure(large.code(), 20_000_000);
    assert_eq!(
        (failure.code, failure.number),
        (Code::MediaTooLarge, Some(20_000_000)),
        "with its limit"
    );
}

/// Mai's conversation, with a phone clock two years slow.
fn thread(letters: Vec<(Act, u32)>, replies: Vec<Reply>) -> Thread {
    let keys = ConversationKeys::from_seed(&ConversationSeed::from_bytes([3; 32]));
    let slow = Seconds(NOW.0 - 63_072_000);
    let hub = SecretKey::from_seed([4; 32]);
    let known = [ReceiptKey {
        key: hub.public(),
        place: commune(),
        signer: Signer::Hub,
    }];
    let (mut sent, mut receipts) = (Vec::new(), Vec::new());
    for ((act, replies_before), seq) in letters.into_iter().zip(1u32..) {
        let letter = act.letter(
            &keys,
            seq,
            slow.plus(u64::from(seq)),
            Lang::vietnamese(),
            vec![],
        );
        let id = LetterId::of(&seq.to_be_bytes());
        let receipt = Receipt::issue(id, ReceiptStep::Accepted, NOW, commune(), &hub);
        receipts.push(Receipt::verify(&receipt, &known).unwrap());
        let (saved_at, refused, photos) = (slow, false, vec![]);
        sent.push(SentLetter {
            id,
            letter,
            saved_at,
            replies_before,
            refused,
            photos,
        });
    }
    let opened = |(reply, n): (Reply, u8)| OpenedReply {
        id: bantin_model::id::Hash::of(&[n]),
        signed_by: hub.public(),
        reply,
    };
    Thread {
        id: keys.id(),
        agency: commune(),
        claim_code: String::new(),
        letters: sent,
        receipts,
        replies: replies.into_iter().zip(0u8..).map(opened).collect(),
        replies_read: 0,
        claimed_at: None,
    }
}

fn question(text: &str) -> Act {
    let text = text.to_owned();
    question_act(&Question {
        text,
        ..Question::default()
    })
    .unwrap()
}

#[test]
fn a_slow_clock_cannot_reorder_a_conversation() {
    let (first, second) = (
        LetterId::of(&1u32.to_be_bytes()),
        LetterId::of(&2u32.to_be_bytes()),
    );
    let says = |verb, re| Reply::new(verb, 1, Some(re), NOW, "Văn phòng");
    let mut talk = thread(
        vec![
            (question("Sửa đường?"), 0),
            (reply_act("Từ suối lên", &[]).unwrap(), 1),
        ],
        vec![says(ReplyVerb::NeedsInfo, first)],
    );
    let status = |talk: &Thread| serde_json::to_string(&talk.status()).unwrap();
    assert_eq!(
        status(&talk),
        "\"working\"",
        "her detail came after the office asked"
    );
    assert_eq!(talk.actions(), ["reply", "close"]);
    talk.replies.push(OpenedReply {
        id: bantin_model::id::Hash::of(&[9]),
        signed_by: talk.replies[0].signed_by,
        reply: says(ReplyVerb::Answered, second),
    });
    assert_eq!(status(&talk), "\"answered\"");
    assert_eq!(talk.actions(), ["rate", "close", "reopen"]);
    assert!(talk.unread(), "nobody has read the answer");
    talk.letters.push(SentLetter {
        replies_before: 2,
        ..talk.letters[1].clone()
    });
    talk.letters[2].letter = close_act().letter(
        &ConversationKeys::from_seed(&ConversationSeed::from_bytes([3; 32])),
        3,
        Seconds(0),
        Lang::vietnamese(),
        vec![],
    );
    assert_eq!(
        status(&talk),
        "\"closed\"",
        "closing comes last, whatever the clock says"
    );
    assert!(talk.actions().contains(&"reopen".to_owned()));
    let mut late = says(ReplyVerb::Delivered, second);
    late.status = Some(bantin_model::conversation::Status::Answered);
    talk.replies.push(OpenedReply {
        id: bantin_model::id::Hash::of(&[10]),
        signed_by: talk.replies[0].signed_by,
        reply: late,
    });
    talk.letters[2].id = LetterId::of(b"close");
    talk.receipts.clear();
    assert_eq!(
        status(&talk),
        "\"closed\"",
        "a proof about an older letter does not undo the newer one"
    );
}

#[test]
fn what_no_hub_has_is_only_saved() {
    let mut talk = thread(vec![(question("Sửa đường?"), 0)], vec![]);
    talk.receipts.clear();
    assert_eq!(talk.status(), None, "never a false sent");
    assert!(talk.waits(&talk.letters[0]), "it waits");
    assert_eq!(talk.title(), "Sửa đường?", "and is found by its words");
}

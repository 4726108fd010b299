//! Mai asks, Hạnh asks back and answers; Mai reads it in her mailbox.

use bantin_hub_store::Role;
use bantin_model::id::PlaceId;
use bantin_model::letter::{AttachmentKind, ReplyVerb, Verb};
use bantin_model::time::Validity;
use bantin_testkit::{Person, TestHub};
use bantin_wire::Code;
use bantin_wire::desk::conversation::*;

use super::browser::{Browser, XA, at_field, office, photo};

fn queue(open_only: bool) -> QueueList {
    QueueList {
        open_only,
        offset: 0,
        limit: 50,
    }
}

fn say(id: &str, verb: &str, text: &str, once: &str) -> ThreadReply {
    ThreadReply {
        id: id.into(),
        verb: verb.into(),
        text: text.into(),
        once: once.into(),
    }
}

async fn asked(hub: &TestHub, mai: &mut Person) -> String {
    mai.ask(
        hub,
        XA,
        "Con tôi có được miễn học phí không?\nCháu học lớp 3.",
    )
    .await;
    hub.hub.open_letters().await.unwrap();
    mai.keys.id().to_string()
}

fn verbs(replies: &[bantin_model::letter::OpenedReply]) -> Vec<ReplyVerb> {
    replies.iter().map(|opened| opened.reply.verb).collect()
}

#[tokio::test]
async fn a_question_goes_back_and_forth_until_it_is_answered() {
    let hub = office().await;
    let mut mai = Person::mai();
    let id = asked(&hub, &mut mai).await;
    let hanh = Browser::of(&hub, "hanh").await;
    let rows = hanh.give(&queue(true)).await.unwrap();
    assert_eq!(
        rows[0].title, "Con tôi có được miễn học phí không?",
        "the queue shows the first words"
    );
    assert!(rows[0].unopened, "nobody has looked at it");
    assert_eq!(rows[0].kind, "question", "it is a question");
    let due_at = rows[0]
        .due_at
        .expect("a clock runs from the first letter on");
    let left_s = i64::try_from(due_at.since(hub.clock.now())).unwrap();
    assert_eq!(rows[0].left_s, Some(left_s), "and shows what is left of it");
    assert_eq!(
        verbs(&mai.replies(&hub, XA).await),
        [ReplyVerb::Delivered],
        "Mai knows that it arrived"
    );

    let thread = hanh.give(&ThreadRead { id: id.clone() }).await.unwrap();
    assert!(
        thread.messages[0].citizen && thread.messages[0].text.contains("lớp 3"),
        "Hạnh reads it"
    );
    assert_eq!(
        thread.actions,
        ["ask", "answer", "working", "forward", "out-of-scope"],
        "and sees what she can do"
    );
    assert!(
        thread.deadline_basis.is_some_and(|basis| !basis.is_empty()),
        "and by which rule it is due"
    );
    assert_eq!(
        verbs(&mai.replies(&hub, XA).await),
        [ReplyVerb::Opened],
        "Mai is told that it was opened"
    );
    hanh.give(&ThreadRead { id: id.clone() }).await.unwrap();
    assert!(mai.replies(&hub, XA).await.is_empty(), "once");

    hanh.give(&say(&id, "needs-info", "Cháu học trường nào?", "1"))
        .await
        .unwrap();
    let asked_back = mai.replies(&hub, XA).await.remove(0).reply;
    assert_eq!(
        asked_back.text, "Cháu học trường nào?",
        "Mai reads the question in her mailbox"
    );
    assert_eq!(
        asked_back.by, "Uỷ ban nhân dân xã Bắc Bình (mẫu)",
        "from the office, not from a person"
    );
    let more = mai.letter(Verb::Reply, "Trường xã.");
    mai.send(&hub, XA, &more).await;
    hub.hub.open_letters().await.unwrap();
    let answer = say(
        &id,
        "answered",
        "Có. Mời chị mang giấy khai sinh đến xã.",
        "2",
    );
    hanh.give(&answer).await.unwrap();
    hanh.give(&answer).await.unwrap();
    let replies = mai.replies(&hub, XA).await;
    let answers = replies
        .iter()
        .filter(|one| one.reply.verb == ReplyVerb::Answered)
        .count();
    assert_eq!(answers, 1, "a double click answers once");
    assert!(
        hanh.give(&queue(true)).await.unwrap().is_empty(),
        "nothing is owed any more"
    );
    let settled = &hanh.give(&queue(false)).await.unwrap()[0];
    assert_eq!(
        (settled.status.as_str(), settled.left_s),
        ("answered", None),
        "the clock has stopped"
    );
    let thread = hanh.give(&ThreadRead { id }).await.unwrap();
    let by: Vec<&str> = thread
        .messages
        .iter()
        .map(|message| message.by.as_str())
        .collect();
    assert_eq!(by, ["", "Hạnh", "", "Hạnh"], "colleagues see who said what");
}

#[tokio::test]
async fn an_overdue_question_says_so() {
    let hub = office().await;
    let mut mai = Person::mai();
    asked(&hub, &mut mai).await;
    hub.clock.pass(60 * 86_400);
    let hanh = Browser::of(&hub, "hanh").await;
    let row = hanh.give(&queue(true)).await.unwrap().remove(0);
    assert!(
        row.left_s.is_some_and(|left| left < 0),
        "what is late is negative: {:?}",
        row.left_s
    );
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_at_its_field() {
    let hub = office().await;
    let mut mai = Person::mai();
    let id = asked(&hub, &mut mai).await;
    let hanh = Browser::of(&hub, "hanh").await;
    for (verb, text, once, expected) in [
        (
            "answered",
            "x".repeat(100_000),
            "1",
            (Code::TooLong, "text"),
        ),
        (
            "answered",
            "🍯".repeat(20_000),
            "2",
            (Code::TooLong, "text"),
        ),
        ("answered", " \n".into(), "3", (Code::Empty, "text")),
        ("published", "x".into(), "4", (Code::NotAllowed, "verb")),
        ("opened", "x".into(), "5", (Code::NotAllowed, "verb")),
        ("answered", "x".into(), "", (Code::Empty, "once")),
    ] {
        let refused = at_field(hanh.give(&say(&id, verb, &text, once)).await);
        assert_eq!(refused, (expected.0, expected.1.to_owned()), "{verb}");
    }
    let refused = at_field(hanh.give(&say("zz", "answered", "x", "6")).await);
    assert_eq!(
        refused,
        (Code::NotFound, "id".into()),
        "there is no such conversation"
    );
    hanh.give(&say(&id, "answered", "Có.", "7")).await.unwrap();
    let late = at_field(hanh.give(&say(&id, "needs-info", "Sao?", "8")).await);
    assert_eq!(
        late.0,
        Code::WrongState,
        "after the answer nothing is asked back"
    );
    let odd = "<script>alert(1)</script> \u{0310}\u{0332} عسل";
    hanh.give(&say(&id, "answered", odd, "9")).await.unwrap();
    let replies = mai.replies(&hub, XA).await;
    assert!(
        replies
            .last()
            .unwrap()
            .reply
            .text
            .starts_with("<script>alert(1)</script>"),
        "words stay words"
    );
}

#[tokio::test]
async fn letters_are_read_only_with_a_grant_for_their_place() {
    let hub = office().await;
    let mut mai = Person::mai();
    let mut letter = mai.letter(Verb::Question, "Xem ảnh");
    let (attachment, sealed) = mai.attach(AttachmentKind::Jpeg, &photo(64, 48));
    let hash = attachment.hash;
    hub.put(&format!("/v1/attachments/{hash}"), sealed, &[])
        .await;
    let (script, sealed) = mai.attach(AttachmentKind::Jpeg, b"<html><script>alert(1)</script>");
    let bad = script.hash;
    hub.put(&format!("/v1/attachments/{bad}"), sealed, &[])
        .await;
    letter.attachments.extend([attachment, script]);
    mai.send(&hub, XA, &letter).await;
    hub.hub.open_letters().await.unwrap();
    let id = mai.keys.id().to_string();

    let lam = Browser::of(&hub, "lam").await;
    let file = format!("/desk/attachment/{id}/{hash}");
    assert!(
        lam.give(&queue(false)).await.unwrap().is_empty(),
        "Lâm's queue is empty"
    );
    assert_eq!(
        at_field(lam.give(&ThreadRead { id: id.clone() }).await).0,
        Code::NoGrant,
        "no reading"
    );
    assert_eq!(
        at_field(lam.give(&say(&id, "working", "", "1")).await).0,
        Code::NoGrant,
        "no answering"
    );
    assert_eq!(
        lam.get(&file).await.failure().code,
        Code::NoGrant,
        "no looking at photos"
    );
    assert_eq!(
        Browser::new(&hub).get(&file).await.failure().code,
        Code::SignedOut,
        "nor without a session"
    );
    let valid = Validity {
        from: hub.clock.now(),
        until: None,
    };
    let place = PlaceId::new(XA).unwrap();
    hub.hub
        .grant(
            "lam",
            &place,
            Role::CheckProduct,
            "hanh",
            "Quyết định mẫu",
            valid,
        )
        .await
        .unwrap();
    assert!(
        lam.give(&queue(false)).await.unwrap().is_empty(),
        "who checks products sees no questions"
    );
    assert_eq!(
        at_field(lam.give(&ThreadRead { id: id.clone() }).await).0,
        Code::NoGrant,
        "nor reads them"
    );

    let hanh = Browser::of(&hub, "hanh").await;
    let seen = hanh.get(&file).await;
    assert_eq!(
        (seen.status, seen.header("content-type")),
        (200, "image/jpeg"),
        "Hạnh sees the photo"
    );
    assert_eq!(
        seen.header("content-disposition"),
        "inline",
        "on her screen"
    );
    assert_eq!(seen.body, photo(64, 48), "opened");
    let saved = hanh.get(&format!("/desk/attachment/{id}/{bad}")).await;
    assert_eq!(
        saved.header("content-type"),
        "application/octet-stream",
        "a page dressed as a photo is none"
    );
    assert_eq!(
        saved.header("content-disposition"),
        "attachment",
        "it can be saved, never shown"
    );
    assert_eq!(
        saved.header("x-content-type-options"),
        "nosniff",
        "whatever the browser thinks"
    );
}

#[tokio::test]
async fn hanh_passes_a_question_on_and_mai_is_told() {
    let hub = office().await;
    let mut mai = Person::mai();
    let id = asked(&hub, &mut mai).await;
    let hanh = Browser::of(&hub, "hanh").await;
    let choices = hanh.give(&AgencyList { id: id.clone() }).await.unwrap();
    let places: Vec<&str> = choices.iter().map(|choice| choice.place.as_str()).collect();
    assert!(
        places.contains(&"vn-68") && !places.contains(&XA),
        "she can choose any agency but her own: {places:?}"
    );
    let pass = |to: &str, text: &str, once: &str| ThreadForward {
        id: id.clone(),
        to: PlaceId::new(to).unwrap(),
        text: text.into(),
        once: once.into(),
    };
    let long = "x".repeat(1_001);
    for (to, text, once, expected) in [
        (XA, "Vì…", "1", (Code::NotAllowed, "to")),
        ("vn-40", "Vì…", "2", (Code::NoAgencyKey, "to")),
        ("vn-68", " \n", "3", (Code::Empty, "text")),
        ("vn-68", long.as_str(), "4", (Code::TooLong, "text")),
        ("vn-68", "Vì…", "", (Code::Empty, "once")),
    ] {
        let refused = at_field(hanh.give(&pass(to, text, once)).await);
        assert_eq!(refused, (expected.0, expected.1.to_owned()), "{to} {text}");
    }
    let why = "Học phí do tỉnh quyết định.";
    hanh.give(&pass("vn-68", why, "5")).await.unwrap();
    let told = mai.replies(&hub, XA).await;
    let last = &told.last().unwrap().reply;
    assert_eq!(
        (last.verb, last.text.as_str()),
        (ReplyVerb::Forwarded, why),
        "Mai reads why"
    );
    let thread = hub.hub.thread(&mai.keys.id()).await.unwrap();
    assert_eq!(
        (thread.row.place.as_str(), thread.trail.len()),
        ("vn-68", 1),
        "it lies on the province's desk, with the way it came"
    );
    let again = hanh.give(&pass("vn-68", why, "5")).await;
    assert!(
        again.is_err(),
        "and Hạnh, who works for the commune, reads and passes it no more"
    );
}

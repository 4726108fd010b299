//! Mai asks, Hạnh answers, and only the two of them know what.

use bantin_hub::conversation::{Message, Say};
use bantin_hub_store::QueueFilter;
use bantin_model::conversation::Status;
use bantin_model::id::PlaceId;
use bantin_model::letter::{BoxCursor, PollRequest, PollResponse, ReadKey, ReplyVerb, Verb};
use bantin_model::time::Seconds;
use bantin_testkit::{Person, TestHub};

const XA: &str = "vn-68-23005";

fn verbs(replies: &[bantin_model::letter::OpenedReply]) -> Vec<ReplyVerb> {
    replies.iter().map(|opened| opened.reply.verb).collect()
}

async fn status(hub: &TestHub, person: &Person) -> Status {
    hub.hub.open_letters().await.unwrap();
    hub.hub
        .store
        .conversation(&person.keys.id())
        .await
        .unwrap()
        .unwrap()
        .status
}

#[tokio::test]
async fn a_question_its_detail_its_answer_and_the_end() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    let id = mai.keys.id();
    let question = mai
        .ask(&hub, XA, "Hộ nghèo có được hỗ trợ giống không?")
        .await;
    assert_eq!(
        status(&hub, &mai).await,
        Status::Received,
        "the agency has it"
    );
    let delivered = mai.replies(&hub, XA).await;
    assert_eq!(
        verbs(&delivered),
        [ReplyVerb::Delivered],
        "Mai knows that it arrived"
    );
    assert_eq!(
        delivered[0].reply.re,
        Some(question),
        "and which letter did"
    );
    assert!(
        delivered[0].reply.due_at.is_some(),
        "and until when an answer is due"
    );

    hub.hub.opened_by_officer(&id).await.unwrap();
    hub.hub.opened_by_officer(&id).await.unwrap();
    assert_eq!(
        verbs(&mai.replies(&hub, XA).await),
        [ReplyVerb::Opened],
        "opened is said once"
    );

    hub.hub
        .say(
            &id,
            &Say::words(ReplyVerb::NeedsInfo, "Gia đình ở thôn nào?"),
        )
        .await
        .unwrap();
    assert_eq!(
        status(&hub, &mai).await,
        Status::NeedsInfo,
        "the agency waits for Mai"
    );
    let row = hub.hub.store.conversation(&id).await.unwrap().unwrap();
    assert_eq!(row.due_at, None, "and meanwhile the clock waits too");
    let detail = mai.letter(Verb::Reply, "Thôn 2.");
    mai.send(&hub, XA, &detail).await;
    assert_eq!(
        status(&hub, &mai).await,
        Status::Working,
        "the detail lets work go on"
    );
    hub.hub
        .say(
            &id,
            &Say::words(ReplyVerb::Answered, "Có, mang sổ hộ nghèo đến xã."),
        )
        .await
        .unwrap();
    let replies = mai.replies(&hub, XA).await;
    let answer = &replies.last().unwrap().reply;
    assert_eq!(
        answer.text, "Có, mang sổ hộ nghèo đến xã.",
        "Mai reads the answer"
    );
    assert_eq!(answer.status, Some(Status::Answered), "and its state");

    let mut rate = mai.letter(Verb::Rate, "Cảm ơn cán bộ.");
    rate.rating = Some(5);
    mai.send(&hub, XA, &rate).await;
    let close = mai.letter(Verb::Close, "");
    mai.send(&hub, XA, &close).await;
    assert_eq!(status(&hub, &mai).await, Status::Closed, "Mai closes");
    let row = hub.hub.store.conversation(&id).await.unwrap().unwrap();
    assert_eq!(row.rating, Some(5), "her rating counts");
    let reopen = mai.letter(Verb::Reopen, "Xã nói chưa có giống.");
    mai.send(&hub, XA, &reopen).await;
    assert_eq!(
        status(&hub, &mai).await,
        Status::Reopened,
        "and she may open it again"
    );

    let said: Vec<bool> = hub
        .hub
        .thread(&id)
        .await
        .unwrap()
        .messages
        .iter()
        .map(|message| matches!(message, Message::Letter { .. }))
        .collect();
    assert_eq!(
        said.len(),
        7,
        "the thread has five letters and two answers: {said:?}"
    );
}

#[tokio::test]
async fn reading_deletes_nothing_and_the_wrong_key_reads_nothing() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    mai.ask(&hub, XA, "Có lịch họp thôn chưa?").await;
    hub.hub.open_letters().await.unwrap();
    assert_eq!(
        mai.replies(&hub, XA).await.len(),
        1,
        "the first phone reads"
    );
    assert_eq!(
        mai.replies(&hub, XA).await.len(),
        0,
        "its cursor has moved on"
    );
    let mut second_phone = Person::mai();
    assert_eq!(
        second_phone.replies(&hub, XA).await.len(),
        1,
        "a second phone reads the same"
    );
    let request = PollRequest {
        boxes: vec![BoxCursor {
            read_key: ReadKey::from_bytes([9; 32]),
            after: 0,
        }],
    };
    let answer = hub.post("/v1/mailbox", request.to_bytes()).await;
    let pages = PollResponse::from_bytes(&answer.body, &request).unwrap();
    assert!(
        pages.boxes[0].entries.is_empty(),
        "a mailbox that is not there looks empty"
    );
}

#[tokio::test]
async fn one_poll_asks_for_every_conversation_of_a_phone() {
    let hub = TestHub::new().await;
    let mut people = [Person::mai(), Person::thu(), Person::ba()];
    for person in &mut people {
        person.ask(&hub, XA, "Xin hỏi.").await;
    }
    hub.hub.open_letters().await.unwrap();
    let boxes = people.iter().map(|p| BoxCursor {
        read_key: p.keys.read.clone(),
        after: 0,
    });
    let request = PollRequest {
        boxes: boxes.collect(),
    };
    let answer = hub.post("/v1/mailbox", request.to_bytes()).await;
    let pages = PollResponse::from_bytes(&answer.body, &request).unwrap();
    assert!(
        pages.boxes.iter().all(|page| page.entries.len() == 1),
        "one page for each, in order"
    );
}

#[tokio::test]
async fn a_mailbox_larger_than_an_answer_is_read_in_turns() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    let id = mai.keys.id();
    mai.ask(&hub, XA, "Xin hỏi.").await;
    hub.hub.open_letters().await.unwrap();
    for _ in 0..100 {
        hub.hub
            .say(&id, &Say::words(ReplyVerb::Working, "ơ".repeat(19_000)))
            .await
            .unwrap();
    }
    let mut got = Vec::new();
    for _ in 0..10 {
        let replies = mai.replies(&hub, XA).await;
        if replies.is_empty() {
            break;
        }
        got.extend(replies);
    }
    assert_eq!(got.len(), 101, "every entry comes, over several answers");
    let seqs: Vec<u32> = got.iter().map(|opened| opened.reply.seq).collect();
    assert_eq!(
        seqs,
        (1..=101).collect::<Vec<u32>>(),
        "in order and each once"
    );
}

#[tokio::test]
async fn entries_stay_for_the_retention_and_no_longer() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    mai.ask(&hub, XA, "Một").await;
    hub.hub.open_letters().await.unwrap();
    hub.clock.pass(399 * Seconds::DAY);
    assert_eq!(
        hub.hub.expire_mail().await.unwrap(),
        0,
        "the promise is 400 days"
    );
    hub.clock.pass(2 * Seconds::DAY);
    assert_eq!(
        hub.hub.expire_mail().await.unwrap(),
        1,
        "then it is let go of"
    );
    let again = mai.letter(Verb::Reply, "Hai");
    mai.send(&hub, XA, &again).await;
    hub.hub.open_letters().await.unwrap();
    let mut other = Person::mai();
    other.replies(&hub, XA).await;
    let replies = mai.replies(&hub, XA).await;
    assert_eq!(
        replies.len(),
        1,
        "a cursor never comes twice, so nobody misses what is new"
    );
}

#[tokio::test]
async fn an_answer_named_once_is_said_once() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    mai.ask(&hub, XA, "Xin hỏi.").await;
    hub.hub.open_letters().await.unwrap();
    let at = hub.clock.now();
    let once = Some(bantin_hub_store::Once {
        key: "hanh/a".into(),
        result: String::new(),
        at,
    });
    let say = Say {
        once,
        ..Say::words(ReplyVerb::Answered, "Có.")
    };
    let id = mai.keys.id();
    let (a, b) = tokio::join!(hub.hub.say(&id, &say), hub.hub.say(&id, &say));
    assert!(
        a.is_ok() && b.is_ok(),
        "a double click is no error: {a:?} {b:?}"
    );
    let replies = mai.replies(&hub, XA).await;
    assert_eq!(
        verbs(&replies),
        [ReplyVerb::Delivered, ReplyVerb::Answered],
        "and answers once"
    );
    let wrong = hub
        .hub
        .say(&id, &Say::words(ReplyVerb::NeedsInfo, "Thêm?"))
        .await
        .unwrap_err();
    assert_eq!(
        wrong.failure().code,
        bantin_wire::Code::WrongState,
        "an answered one asks no more"
    );
}

#[tokio::test]
async fn the_queue_shows_what_is_due_first() {
    let hub = TestHub::new().await;
    let (mut mai, mut ba) = (Person::mai(), Person::ba());
    ba.ask(&hub, XA, "Hỏi trước.").await;
    hub.hub.open_letters().await.unwrap();
    hub.clock.pass(3 * Seconds::DAY);
    mai.ask(&hub, XA, "Hỏi sau.").await;
    hub.hub.open_letters().await.unwrap();
    let places = vec![PlaceId::new(XA).unwrap()];
    let all = QueueFilter {
        places: places.clone(),
        open_only: false,
        offset: 0,
        limit: 10,
    };
    let titles = |items: Vec<bantin_hub::conversation::QueueItem>| {
        items.into_iter().map(|item| item.title).collect::<Vec<_>>()
    };
    let queue = titles(hub.hub.queue(&all).await.unwrap());
    assert_eq!(
        queue,
        ["Hỏi trước.", "Hỏi sau."],
        "the earlier deadline stands first"
    );
    hub.hub
        .say(&ba.keys.id(), &Say::words(ReplyVerb::Answered, "Rồi."))
        .await
        .unwrap();
    let queue = titles(hub.hub.queue(&all).await.unwrap());
    assert_eq!(
        queue,
        ["Hỏi sau.", "Hỏi trước."],
        "what is answered stands last"
    );
    let open = QueueFilter {
        open_only: true,
        ..all
    };
    assert_eq!(
        titles(hub.hub.queue(&open).await.unwrap()),
        ["Hỏi sau."],
        "or not at all"
    );
}

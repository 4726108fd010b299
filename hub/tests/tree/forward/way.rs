//! The way of a conversation: beside, upwards and back, within one hub, and on Mai's phone.

use bantin_hub::conversation::{Message, Say};
use bantin_model::conversation::Status;
use bantin_model::letter::{AttachmentKind, ConversationId, ReplyVerb, Verb};
use bantin_testkit::{Person, TestHub};
use bantin_wire::ipc::conversation::Question;

use super::{OTHER, Village, WHY, asked, pass, place};
use crate::cast::{TINH, TOP, XA, verbs};
use crate::phone::{link, phone};

#[tokio::test]
async fn mais_question_goes_to_the_commune_beside_hers() {
    let village = Village::new().await;
    let (xa, other) = (&village.tree.commune, &village.other);
    let mut mai = Person::mai();
    let (photo, sealed) = mai.attach(AttachmentKind::Jpeg, &[7; 100_000]);
    xa.put(&format!("/v1/attachments/{}", photo.hash), sealed, &[])
        .await;
    let mut letter = mai.letter(Verb::Question, "Cầu bên kia suối hỏng.");
    letter.attachments.push(photo.clone());
    let id = mai.send(xa, XA, &letter).await;
    xa.hub.open_letters().await.unwrap();
    let names: Vec<String> = xa
        .hub
        .agencies()
        .await
        .unwrap()
        .iter()
        .map(|a| a.place.to_string())
        .collect();
    assert_eq!(
        names,
        [TOP, TINH, XA, OTHER],
        "the commune knows those above it and the one beside it"
    );
    xa.hub.pass_on(&mai.keys.id(), &pass(OTHER)).await.unwrap();
    village.round().await;

    let there = village.thread(other, &mai).await;
    assert_eq!(there.messages.len(), 1, "the letter is there, once");
    assert_eq!(
        (there.row.status, there.row.passed_to.clone()),
        (Status::Forwarded, None),
        "as something passed on to them, and theirs to answer"
    );
    assert!(
        there.row.due_at.is_some(),
        "their own time runs from its coming"
    );
    let hop = &there.trail[0];
    assert_eq!(
        (hop.from.as_str(), hop.to.as_str(), hop.reason.as_str()),
        (XA, OTHER, WHY),
        "they see where it came from and why"
    );
    let file = other.hub.open_attachment(&mai.keys.id(), &photo.hash).await;
    assert_eq!(file.unwrap().bytes.len(), 100_000, "with its photo");
    let here = village.thread(xa, &mai).await;
    assert_eq!(
        (here.row.passed_to.clone(), here.row.due_at, here.can.len()),
        (Some(place(OTHER)), None, 0),
        "at Mai's commune nobody owes an answer, and nobody can give one"
    );

    let say = Say::words(ReplyVerb::Answered, "Tuần sau chúng tôi sửa.");
    other.hub.say(&mai.keys.id(), &say).await.unwrap();
    village.round().await;
    let replies = mai.read(xa, XA).await;
    assert_eq!(
        verbs(&replies),
        [
            ReplyVerb::Delivered,
            ReplyVerb::Forwarded,
            ReplyVerb::Delivered,
            ReplyVerb::Answered
        ],
        "Mai's phone, which follows only her own commune, sees the whole way and believes the answer"
    );
    assert_eq!(replies[1].reply.text, WHY, "and is told why");
    assert!(
        replies.iter().all(|opened| opened.reply.re == Some(id)),
        "all of it about the letter that her phone knows"
    );
    let office = other.hub.office(&place(OTHER)).await.unwrap();
    assert_eq!(replies[3].reply.by, office, "under the name of who answers");

    // What Mai writes next finds its way by itself, and comes but once.
    let more = mai.letter(Verb::Reopen, "Vẫn chưa thấy ai.");
    mai.send(xa, XA, &more).await;
    xa.hub.open_letters().await.unwrap();
    village.round().await;
    village.round().await;
    let there = village.thread(other, &mai).await;
    assert_eq!(
        there.row.status,
        Status::Reopened,
        "they hear that she asks again"
    );
    assert_eq!(
        there.messages.len(),
        3,
        "question, answer, and her new words"
    );
}

#[tokio::test]
async fn it_goes_on_upwards_and_comes_back_to_where_it_began() {
    let village = Village::new().await;
    let (xa, other, province) = (
        &village.tree.commune,
        &village.other,
        &village.tree.province,
    );
    let mut mai = asked(&village, "Ai sửa cầu?").await;
    let id = mai.keys.id();
    xa.hub.pass_on(&id, &pass(OTHER)).await.unwrap();
    village.round().await;
    other.hub.pass_on(&id, &pass(TINH)).await.unwrap();
    village.round().await;
    let there = village.thread(province, &mai).await;
    let way: Vec<&str> = there.trail.iter().map(|hop| hop.to.as_str()).collect();
    assert_eq!(way, [OTHER, TINH], "the province sees the whole way");
    let more = mai.letter(Verb::Reply, "Cầu Ông Tầm.");
    mai.send(xa, XA, &more).await;
    xa.hub.open_letters().await.unwrap();
    village.round().await;
    village.round().await;
    let there = village.thread(province, &mai).await;
    assert_eq!(
        there.messages.len(),
        2,
        "what Mai adds goes the same way, through both, to who has it now"
    );
    province.hub.pass_on(&id, &pass(XA)).await.unwrap();
    village.round().await;
    let here = village.thread(xa, &mai).await;
    assert_eq!(
        (here.row.passed_to.clone(), here.row.hops),
        (None, 3),
        "it is her own commune's again"
    );
    let words: Vec<_> = here
        .messages
        .iter()
        .filter(|said| matches!(said, Message::Letter { .. }))
        .collect();
    assert_eq!(words.len(), 2, "and what she wrote is there once");
    let say = Say::words(ReplyVerb::Answered, "Xã sẽ sửa.");
    xa.hub.say(&id, &say).await.unwrap();
    village.round().await;
    let replies = mai.read(xa, XA).await;
    let passed = replies
        .iter()
        .filter_map(|opened| opened.reply.forwarded_to.clone());
    assert_eq!(
        passed.collect::<Vec<_>>(),
        [place(OTHER), place(TINH), place(XA)],
        "Mai sees each step of the way"
    );
    let last = replies.last().unwrap();
    assert_eq!(last.reply.text, "Xã sẽ sửa.", "and the answer in the end");
}

#[tokio::test]
async fn within_one_hub_it_changes_hands_and_nothing_travels() {
    let hub = TestHub::new().await;
    let mut mai = Person::mai();
    let id = mai.keys.id();
    mai.ask(&hub, XA, "Cầu bên kia suối hỏng.").await;
    hub.hub.open_letters().await.unwrap();
    hub.hub.pass_on(&id, &pass(OTHER)).await.unwrap();
    let row = hub.hub.thread(&id).await.unwrap().row;
    assert_eq!(
        (row.place.as_str(), row.passed_to.clone()),
        (OTHER, None),
        "it lies on the other agency's desk"
    );
    assert!(row.due_at.is_some(), "and their time begins");
    let say = Say::words(ReplyVerb::Answered, "Tuần sau.");
    hub.hub.say(&id, &say).await.unwrap();
    let more = mai.letter(Verb::Reopen, "Chưa thấy ai.");
    mai.send(&hub, XA, &more).await;
    hub.hub.open_letters().await.unwrap();
    let thread = hub.hub.thread(&id).await.unwrap();
    assert_eq!(
        (thread.row.place.as_str(), thread.row.status),
        (OTHER, Status::Reopened),
        "what Mai writes to where she began comes to who has it"
    );
    assert_eq!(
        verbs(&mai.read(&hub, XA).await),
        [
            ReplyVerb::Delivered,
            ReplyVerb::Forwarded,
            ReplyVerb::Answered,
            ReplyVerb::Delivered
        ],
        "and her phone believes the other agency from the step on that proves its key"
    );
}

#[tokio::test]
async fn mais_phone_shows_the_way_and_keeps_believing_the_next_agency() {
    let village = Village::new().await;
    let (xa, other) = (&village.tree.commune, &village.other);
    let dir = tempfile::TempDir::new().unwrap();
    let mai = phone(&village.tree, dir.path()).await;
    mai.follow(&link(xa).await, &place(XA)).await.unwrap();
    mai.sync().await.unwrap();
    let question = Question {
        topic: "policy".into(),
        text: "Cầu bên kia suối hỏng.".into(),
        ..Question::default()
    };
    let id = mai.ask(&question, "tap").await.unwrap();
    mai.sync().await.unwrap();
    xa.hub.open_letters().await.unwrap();
    let conversation = ConversationId::from_hex(&id).unwrap();
    xa.hub.pass_on(&conversation, &pass(OTHER)).await.unwrap();
    mai.sync().await.unwrap();
    let page = mai.conversation(&id).await.unwrap();
    let step = page.messages.last().unwrap();
    let name = "Uỷ ban nhân dân xã Đông Giang (mẫu)";
    assert_eq!(
        (
            step.verb.as_str(),
            step.passed_to.as_deref(),
            step.text.as_str()
        ),
        ("forwarded", Some(name), WHY),
        "Mai reads where it went and why, by a name that no feed of hers holds"
    );
    assert_eq!(page.card.agency, name, "the list names who has it now");
    assert_eq!(page.card.due_at, None, "what her commune promised is over");
    for words in ["Tuần sau.", "Đã sửa xong."] {
        village.round().await;
        let say = Say::words(ReplyVerb::Answered, words);
        other.hub.say(&conversation, &say).await.unwrap();
        village.round().await;
        // The second time the step that proves the key is not read again.
        mai.sync().await.unwrap();
        let page = mai.conversation(&id).await.unwrap();
        let answer = page.messages.last().unwrap();
        assert_eq!(
            (answer.text.as_str(), answer.by.as_str()),
            (words, name),
            "the next agency's answer stands in the same conversation, under its name"
        );
    }
    assert!(
        mai.conversation(&id).await.unwrap().card.status == "answered",
        "and it is answered"
    );
}

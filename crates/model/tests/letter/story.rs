//! Mai asks, Hạnh answers; carriers between them learn nothing.

use bantin_model::conversation::Status;
use bantin_model::letter::*;

use crate::cast::*;

#[test]
fn mai_asks_and_hanh_answers() {
    let (mai, hanh) = (mai(), hanh());
    let (letter, photo) = question_with_photo();
    let (id, sealed) = seal(&letter, &mai, &hanh.seal.public(), &mut rng(1)).unwrap();

    let carried = SealedLetter::read(&sealed).unwrap();
    assert_eq!(
        carried.id, id,
        "the carrier and the phone name the letter alike"
    );
    assert_eq!(
        carried.mailbox,
        mai.mailbox(),
        "the carrier knows where the reply goes"
    );
    assert_eq!(
        carried.agency_key,
        hanh.seal.public().id(),
        "and to which key it is sealed"
    );
    assert_eq!(
        carried.attachments[0].bytes,
        photo.len() as u64,
        "and how much belongs to it"
    );

    let opened = open(&sealed, &hanh.seal).unwrap();
    assert_eq!(opened.letter, letter, "Hạnh reads exactly what Mai wrote");
    assert_eq!(
        opened.conversation,
        mai.id(),
        "proven by the conversation's key"
    );
    let key = &opened.letter.attachments[0].key;
    assert_eq!(
        decrypt(&photo, key).unwrap(),
        vec![0xd8; 5000],
        "and sees her photo"
    );

    let reply = answer(id);
    let entry = seal_reply(
        &reply,
        opened.mailbox,
        &opened.letter.seal,
        &hanh.sign,
        &mut rng(2),
    )
    .unwrap();
    let appended = MailEntry::verify(&entry, &hanh.sign_keys()).unwrap();
    assert_eq!(
        appended.mailbox,
        mai.mailbox(),
        "any hub can file it under its mailbox"
    );
    let read = open_reply(&entry, &mai, &hanh.sign_keys()).unwrap();
    assert_eq!(read.reply, reply, "Mai reads exactly what Hạnh wrote");
    assert_eq!(
        read.reply.status,
        Some(Status::Answered),
        "with the state it brings"
    );
    assert_eq!(read.id, appended.id, "and every copy of it has one name");
}

#[test]
fn a_carrier_finds_nothing_of_mai_outside() {
    let letter = question();
    let (_, sealed) = seal(&letter, &mai(), &hanh().seal.public(), &mut rng(3)).unwrap();
    let holds = |needle: &[u8]| sealed.windows(needle.len()).any(|w| w == needle);
    assert!(
        !holds(mai().sign.public().as_bytes()),
        "her conversation key is inside the seal"
    );
    assert!(
        !holds(mai().seal.public().as_bytes()),
        "so is the key for replies"
    );
    assert!(
        !holds(mai().read.to_bytes()),
        "the read key never travels with a letter"
    );
    assert!(
        !holds("bản Cà Lon".as_bytes()),
        "and not a word of the text can be read"
    );
}

#[test]
fn a_question_of_200_vietnamese_characters_takes_at_most_640_bytes() {
    let letter = question();
    let chars = letter.text.chars().count();
    assert!(
        (200..=240).contains(&chars),
        "the text is about 200 characters, it has {chars}"
    );
    let (_, sealed) = seal(&letter, &mai(), &hanh().seal.public(), &mut rng(4)).unwrap();
    assert!(
        sealed.len() <= 640,
        "at 50 kbit/s every byte counts: {} bytes",
        sealed.len()
    );
}

#[test]
fn sealing_twice_gives_two_letters_and_retrying_gives_one() {
    let agency = hanh().seal.public();
    let mut rng = rng(5);
    let first = seal(&question(), &mai(), &agency, &mut rng).unwrap();
    let second = seal(&question(), &mai(), &agency, &mut rng).unwrap();
    assert_ne!(
        first.0, second.0,
        "the seal is random, so nobody can guess an identity beforehand"
    );
    assert_eq!(
        LetterId::of(&first.1),
        first.0,
        "the identity is the hash of the bytes sent again"
    );
}

#[test]
fn only_the_addressed_agency_opens_a_letter() {
    let (_, sealed) = seal(&question(), &mai(), &hanh().seal.public(), &mut rng(6)).unwrap();
    assert_eq!(
        open(&sealed, &stranger().seal).unwrap_err(),
        SealError::OtherReceiver,
        "another agency's key does not fit"
    );
}

#[test]
fn a_reply_is_read_only_with_its_conversation_and_only_from_its_agency() {
    let (mai, hanh) = (mai(), hanh());
    let reply = answer(LetterId::default());
    let seal_as = |signer: &Agency| {
        let to = mai.seal.public();
        seal_reply(&reply, mai.mailbox(), &to, &signer.sign, &mut rng(7)).unwrap()
    };
    let entry = seal_as(&hanh);
    assert_eq!(
        open_reply(&entry, &thu(), &hanh.sign_keys()).unwrap_err(),
        SealError::OtherReceiver,
        "Thu's phone does not take Mai's reply"
    );
    let forged = seal_as(&stranger());
    assert!(
        matches!(
            open_reply(&forged, &mai, &hanh.sign_keys()),
            Err(SealError::Signature(_))
        ),
        "a reply by another agency is not shown as Hạnh's"
    );
}

#[test]
fn an_agency_cannot_sign_another_agencys_reply_as_its_own() {
    use bantin_model::sign::{Envelope, PayloadType};
    let (mai, hanh, thief) = (mai(), hanh(), stranger());
    let to = mai.seal.public();
    let entry = seal_reply(
        &answer(LetterId::default()),
        mai.mailbox(),
        &to,
        &hanh.sign,
        &mut rng(8),
    )
    .unwrap();
    let payload = Envelope::from_bytes(&entry, MAIL_ENTRY_BYTES_MAX)
        .unwrap()
        .payload;
    let stolen = Envelope::seal(PayloadType::Reply, payload.to_vec(), &[&thief.sign]).to_bytes();
    assert_eq!(
        open_reply(&stolen, &mai, &thief.sign_keys()).unwrap_err(),
        SealError::Broken,
        "the seal names its signer, so the stolen ciphertext does not open under another name"
    );
}

#[test]
fn one_request_polls_all_mailboxes() {
    let ask = |keys: &ConversationKeys, after| BoxCursor {
        read_key: keys.read.clone(),
        after,
    };
    let request = PollRequest {
        boxes: vec![ask(&mai(), 0), ask(&thu(), 4)],
    };
    assert_eq!(
        PollRequest::from_bytes(&request.to_bytes()).unwrap(),
        request,
        "it comes back whole"
    );
    assert_eq!(
        request.boxes[0].read_key.mailbox(),
        mai().mailbox(),
        "the read key leads to the address on the letters"
    );
    let item = |cursor| MailItem {
        cursor,
        bytes: vec![cursor as u8; 3].into(),
    };
    let page = |entries, more| BoxPage { entries, more };
    let response = |second| PollResponse {
        boxes: vec![page(vec![item(1), item(2)], false), second],
    };
    let good = response(page(vec![item(5)], true));
    assert_eq!(
        PollResponse::from_bytes(&good.to_bytes(), &request).unwrap(),
        good,
        "pages come in the order of the request"
    );
    for (bad, why) in [
        (
            response(page(vec![item(4)], false)),
            "an entry the phone already has",
        ),
        (
            response(page(vec![item(6), item(5)], false)),
            "entries out of order",
        ),
        (
            response(page(vec![], true)),
            "more without progress would be asked for ever",
        ),
        (PollResponse::default(), "a mailbox without its page"),
    ] {
        assert!(
            PollResponse::from_bytes(&bad.to_bytes(), &request).is_err(),
            "{why}"
        );
    }
    let many = PollRequest {
        boxes: vec![ask(&mai(), 0); POLL_BOXES_MAX + 1],
    };
    assert!(
        PollRequest::from_bytes(&many.to_bytes()).is_err(),
        "257 mailboxes are too many"
    );
}

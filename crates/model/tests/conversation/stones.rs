//! The path of five stones never shows what nobody proved.

use bantin_model::conversation::{Stones, Who, stones};
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::*;
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;

fn letter() -> LetterId {
    LetterId::of(b"Mai's question")
}

fn place(id: &str) -> PlaceId {
    PlaceId::new(id).unwrap()
}

fn receipt(signer: Signer, step: ReceiptStep, at: u64) -> VerifiedReceipt {
    VerifiedReceipt {
        receipt: Receipt {
            format: FORMAT,
            letter: letter(),
            step,
            at: Seconds(at),
            place: place("vn-68"),
        },
        signer,
        key: PublicKey::default(),
    }
}

fn reply(verb: ReplyVerb, at: u64) -> OpenedReply {
    OpenedReply {
        id: Hash::default(),
        signed_by: PublicKey::default(),
        reply: Reply::new(verb, 1, Some(letter()), Seconds(at), "UBND xã"),
    }
}

fn lit(stones: &Stones) -> [Option<u64>; 5] {
    let all = [
        &stones.saved,
        &stones.accepted,
        &stones.delivered,
        &stones.opened,
        &stones.answered,
    ];
    all.map(|stone| stone.as_ref().map(|proof| proof.at.0))
}

fn path(receipts: &[VerifiedReceipt], replies: &[OpenedReply]) -> [Option<u64>; 5] {
    lit(&stones(letter(), Some(Seconds(1)), receipts, replies))
}

#[test]
fn each_step_lights_with_its_proof() {
    use ReceiptStep::{Accepted, Delivered, Opened};
    let hub = receipt(Signer::Hub, Accepted, 2);
    let delivered = receipt(Signer::Agency, Delivered, 3);
    let opened = receipt(Signer::Agency, Opened, 4);
    let all = [hub, delivered, opened];
    assert_eq!(
        path(&[], &[]),
        [Some(1), None, None, None, None],
        "saved here, nothing more"
    );
    assert_eq!(
        path(&all[..1], &[]),
        [Some(1), Some(2), None, None, None],
        "a hub has it"
    );
    assert_eq!(
        path(&all[..2], &[]),
        [Some(1), Some(2), Some(3), None, None],
        "the agency has it"
    );
    assert_eq!(
        path(&all, &[]),
        [Some(1), Some(2), Some(3), Some(4), None],
        "an officer opened it"
    );
    let answered = path(&all, &[reply(ReplyVerb::Answered, 5)]);
    assert_eq!(
        answered,
        [Some(1), Some(2), Some(3), Some(4), Some(5)],
        "and answered"
    );
}

#[test]
fn a_neighbours_phone_lights_nothing() {
    for step in [
        ReceiptStep::Accepted,
        ReceiptStep::Delivered,
        ReceiptStep::Opened,
    ] {
        let carried = path(&[receipt(Signer::Relay, step, 2)], &[]);
        assert_eq!(
            carried,
            [Some(1), None, None, None, None],
            "a relay's {step} proves no step"
        );
    }
}

#[test]
fn a_hub_on_the_way_cannot_speak_for_the_agency() {
    for step in [
        ReceiptStep::Delivered,
        ReceiptStep::Opened,
        ReceiptStep::Unknown(9),
    ] {
        let claimed = path(&[receipt(Signer::Hub, step, 2)], &[]);
        assert_eq!(
            claimed,
            [Some(1), None, None, None, None],
            "a hub's {step} is not believed"
        );
    }
}

#[test]
fn what_the_agency_proves_implies_what_came_before() {
    let delivered = path(&[receipt(Signer::Agency, ReceiptStep::Delivered, 7)], &[]);
    assert_eq!(
        delivered,
        [Some(1), Some(7), Some(7), None, None],
        "delivered, hence accepted"
    );
    let answered = stones(letter(), None, &[], &[reply(ReplyVerb::Rejected, 9)]);
    assert_eq!(
        lit(&answered),
        [None, Some(9), Some(9), Some(9), Some(9)],
        "answered, hence all but saved: a conversation brought back by its code was not saved here"
    );
    assert_eq!(
        answered.delivered.unwrap().who,
        Who::Office("UBND xã".into()),
        "and it says who proved it"
    );
    for verb in [
        ReplyVerb::NeedsInfo,
        ReplyVerb::Working,
        ReplyVerb::Forwarded,
    ] {
        let asked = path(&[], &[reply(verb, 8)]);
        assert_eq!(
            asked,
            [Some(1), Some(8), Some(8), Some(8), None],
            "{verb}: somebody read it"
        );
    }
}

#[test]
fn other_letters_and_unknown_words_prove_nothing() {
    let mut other = receipt(Signer::Agency, ReceiptStep::Opened, 2);
    other.receipt.letter = LetterId::of(b"Thu's product");
    let mut general = reply(ReplyVerb::Answered, 3);
    general.reply.re = None;
    let dark = [Some(1), None, None, None, None];
    assert_eq!(
        path(&[other], &[general]),
        dark,
        "only what names this letter counts"
    );
    assert_eq!(
        path(&[], &[reply(ReplyVerb::Unknown(99), 4)]),
        dark,
        "a newer verb is shown as text"
    );
    assert_eq!(
        path(&[], &[reply(ReplyVerb::Closed, 4)]),
        dark,
        "closing answers nothing"
    );
}

#[test]
fn order_and_repetition_change_nothing() {
    let mut receipts = vec![
        receipt(Signer::Hub, ReceiptStep::Accepted, 2),
        receipt(Signer::Hub, ReceiptStep::Accepted, 6),
        receipt(Signer::Agency, ReceiptStep::Opened, 5),
        receipt(Signer::Agency, ReceiptStep::Delivered, 4),
    ];
    let expected = [Some(1), Some(2), Some(4), Some(5), None];
    assert_eq!(
        path(&receipts, &[]),
        expected,
        "the earliest proof of each step stands"
    );
    receipts.reverse();
    assert_eq!(path(&receipts, &[]), expected, "in whatever order it came");
    receipts.extend(receipts.clone());
    assert_eq!(path(&receipts, &[]), expected, "however often");
}

#[test]
fn stones_travel_to_the_window_as_json() {
    let replies = [reply(ReplyVerb::Answered, 3)];
    let before = stones(letter(), Some(Seconds(1)), &[], &replies);
    let json = serde_json::to_string(&before).unwrap();
    assert_eq!(
        serde_json::from_str::<Stones>(&json).unwrap(),
        before,
        "{json}"
    );
    assert!(
        json.contains(r#""saved":{"at":1,"who":"this-device"}"#),
        "with plain names: {json}"
    );
}

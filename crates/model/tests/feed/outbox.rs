//! What a phone makes of the receipts that a hub hands it for its letters.

use bantin_model::letter::{LetterId, Receipt, ReceiptKey, ReceiptStep, Signer};
use bantin_model::sign::SecretKey;
use bantin_model::sync::{
    Apply, Effect, Event, Outgoing, Request, Session, Start, Summary, Trouble,
};

use crate::country::{NOW, knows_nothing, place};

/// Mai sends one letter; she follows Phan Sơn and knows its hub's key. Gives how many steps were written down.
fn send(receipt: &[u8]) -> (usize, Summary) {
    let letter = LetterId::of(b"a letter");
    let mut session = Session::new(Start {
        outbox: vec![Outgoing {
            letter,
            attachments: vec![],
        }],
        receipt_keys: vec![ReceiptKey {
            key: phan_son().public(),
            place: place("phan-son"),
            signer: Signer::Hub,
        }],
        ..knows_nothing()
    });
    let (mut events, mut steps) = (vec![Event::Begin], 0);
    while let Some(event) = events.pop() {
        for effect in session.step(event, NOW) {
            match effect {
                Effect::Open(_) => panic!("no news come"),
                Effect::Finish(summary) => return (steps, summary),
                Effect::Apply(apply) => {
                    assert!(matches!(*apply, Apply::Receipt(_)), "only a letter is sent");
                    steps += 1;
                    events.insert(0, Event::Applied);
                }
                Effect::Request(Request::Letter(letter)) => {
                    let bytes = receipt.to_vec();
                    events.insert(0, Event::LetterAnswered { letter, bytes });
                }
                Effect::Request(request) => events.insert(
                    0,
                    Event::Failed {
                        request,
                        trouble: Trouble::Offline,
                    },
                ),
            }
        }
    }
    panic!("a session without anything under way must have finished");
}

fn phan_son() -> SecretKey {
    SecretKey::from_seed([0xa2; 32])
}

/// "I have it", said in the name of a place by whoever holds a key.
fn accepted(at: &str, key: &SecretKey) -> Vec<u8> {
    let letter = LetterId::of(b"a letter");
    Receipt::issue(letter, ReceiptStep::Accepted, NOW, place(at), key)
}

#[test]
fn the_word_of_a_known_hub_counts() {
    let (steps, summary) = send(&accepted("phan-son", &phan_son()));
    assert_eq!(
        (steps, summary.letters_accepted),
        (1, 1),
        "it has the letter"
    );
    assert!(!summary.troubles.contains(&Trouble::NotGenuine));
}

#[test]
fn a_carrier_that_the_phone_cannot_know_proves_nothing_and_is_no_forger() {
    // She reaches the hub of a hamlet below the place that she follows.
    let hamlet = SecretKey::from_seed([0xb1; 32]);
    let (steps, summary) = send(&accepted("ban-mon", &hamlet));
    assert_eq!(
        (steps, summary.letters_accepted),
        (0, 0),
        "nothing is proved"
    );
    assert!(
        !summary.troubles.contains(&Trouble::NotGenuine),
        "an honest hub is not called a liar"
    );
}

#[test]
fn who_speaks_in_the_name_of_a_known_hub_without_its_key_is_called_a_liar() {
    let thief = SecretKey::from_seed([0xee; 32]);
    for lie in [accepted("phan-son", &thief), b"nonsense".to_vec()] {
        let (steps, summary) = send(&lie);
        assert_eq!(
            (steps, summary.letters_accepted),
            (0, 0),
            "no step is shown"
        );
        assert!(summary.troubles.contains(&Trouble::NotGenuine));
    }
}

//! Hạnh's agency passes Mai's question on: the next agency reads Mai's words and can prove that they are
//! hers; nobody else reads them, and nobody can make them up.

use bantin_model::id::PlaceId;
use bantin_model::letter::*;
use bantin_model::sign::SecretKey;
use minicbor::Decode;

use crate::cast::*;

fn hop(from: &Agency, to: &Agency) -> Hop {
    Hop {
        from: from.place.clone(),
        to: to.place.clone(),
        at: NOW,
        reason: "Đường này do xã bạn quản lý.".into(),
        by: "UBND xã (mẫu)".into(),
    }
}

fn forward(original: Original, hops: usize) -> Forward {
    Forward {
        format: 1,
        original,
        trail: vec![hop(&hanh(), &stranger()); hops],
        replies: 2,
        later: false,
    }
}

/// Mai's question as Hạnh's hub opened it.
fn original() -> Original {
    let (letter, _) = question_with_photo();
    let (_, sealed) = seal(&letter, &mai(), &hanh().seal.public(), &mut rng(1)).unwrap();
    open_original(&sealed, &hanh().seal).unwrap().0
}

fn passed_on(forward: &Forward) -> Result<Vec<u8>, SealError> {
    let to = stranger().seal.public();
    seal_forward(forward, &to, &hanh().sign, &mut rng(2)).map(|(_, bytes)| bytes)
}

#[test]
fn the_next_agency_reads_what_mai_wrote_and_who_passed_it_on() {
    let original = original();
    let sealed = passed_on(&forward(original.clone(), 1)).unwrap();
    let carried = SealedLetter::read(&sealed).unwrap();
    assert_eq!(
        (
            carried.mailbox,
            carried.forwarded,
            carried.attachments.len()
        ),
        (mai().mailbox(), true, 1),
        "to a carrier it is a letter to the next agency, answered to Mai's mailbox, with her photo"
    );
    let came = open_forward(&sealed, &stranger().seal).unwrap();
    assert_eq!(came.letter.letter.text, QUESTION, "Mai's words, exactly");
    assert_eq!(came.letter.conversation, mai().id(), "proven to be hers");
    assert_eq!(
        came.letter.id, original.id,
        "under the name her phone knows"
    );
    assert_eq!(
        came.id,
        LetterId::of(&sealed),
        "while it travels under its own"
    );
    assert!(
        came.signed_by(hanh().sign_keys()),
        "passed on by Hạnh's agency"
    );
    assert!(
        !came.signed_by(stranger().sign_keys()),
        "and by nobody else"
    );
    assert!(
        open_forward(&sealed, &hanh().seal).is_err(),
        "the one that passed it on cannot open it again"
    );
    assert!(
        open(&sealed, &stranger().seal).is_err(),
        "and it never passes for a letter written to the next agency"
    );
    let again = passed_on(&forward(came.forward.original, 2)).unwrap();
    assert!(
        open_forward(&again, &stranger().seal).is_ok(),
        "what came can be passed on once more"
    );
}

#[test]
fn no_agency_puts_words_into_mais_mouth() {
    let other = Letter {
        text: "Cháu không cần nữa.".into(),
        ..question_with_photo().0
    };
    let made_up = Original {
        letter: bantin_model::cbor::to_vec(&other).into(),
        ..original()
    };
    assert_eq!(
        passed_on(&forward(made_up, 1)).unwrap_err(),
        SealError::InnerSignature,
        "other words need another signature of Mai's"
    );
    let elsewhere = Original {
        sealed_to: stranger().seal.public(),
        ..original()
    };
    assert_eq!(
        passed_on(&forward(elsewhere, 1)).unwrap_err(),
        SealError::InnerSignature,
        "nor did she write them to anybody else"
    );
    let thief = SecretKey::from_seed([9; 32]);
    let to = stranger().seal.public();
    let (_, bytes) = seal_forward(&forward(original(), 1), &to, &thief, &mut rng(3)).unwrap();
    let came = open_forward(&bytes, &stranger().seal).unwrap();
    assert!(
        !came.signed_by(hanh().sign_keys()),
        "who only got hold of the words is not the agency"
    );
}

#[test]
fn every_altered_bit_and_every_cut_is_refused() {
    let sealed = passed_on(&forward(original(), 1)).unwrap();
    let secret = stranger().seal;
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(
            open_forward(&changed, &secret).is_err(),
            "bit {bit} was flipped"
        );
    }
    for len in 0..sealed.len() {
        assert!(
            open_forward(&sealed[..len], &secret).is_err(),
            "cut to {len} bytes"
        );
    }
}

#[test]
fn the_way_is_short_and_every_step_has_a_reason() {
    assert!(passed_on(&forward(original(), HOPS_MAX)).is_ok(), "eight");
    assert!(
        matches!(
            passed_on(&forward(original(), HOPS_MAX + 1)).unwrap_err(),
            SealError::Contents(LetterError::TooMany { .. })
        ),
        "a ninth agency is one too many"
    );
    assert!(
        passed_on(&forward(original(), 0)).is_err(),
        "no step at all"
    );
    let mut silent = forward(original(), 1);
    silent.trail[0].reason = " ".into();
    assert!(passed_on(&silent).is_err(), "Mai is owed a reason");
}

/// The reply as yesterday's phones read it.
#[derive(Decode)]
#[cbor(map)]
struct OldReply {
    #[n(1)]
    verb: ReplyVerb,
    #[n(6)]
    text: String,
    #[n(12)]
    forwarded_to: Option<PlaceId>,
}

#[test]
fn an_older_phone_reads_that_it_was_passed_on() {
    let mut reply = Reply::new(ReplyVerb::Forwarded, 2, None, NOW, "UBND xã (mẫu)");
    reply.text = "Đường này do xã bạn quản lý.".into();
    reply.forwarded_to = Some(stranger().place);
    reply.passed = Some(vec![1, 2, 3].into());
    reply.validate().unwrap();
    let bytes = bantin_model::cbor::to_vec(&reply);
    let old: OldReply = bantin_model::cbor::from_slice(&bytes, LETTER_BYTES_MAX).unwrap();
    assert_eq!(
        (old.verb, old.text.as_str(), old.forwarded_to),
        (
            ReplyVerb::Forwarded,
            "Đường này do xã bạn quản lý.",
            Some(stranger().place)
        ),
        "it skips the proof it does not know and shows the rest"
    );
}

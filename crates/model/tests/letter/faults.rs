//! Altered, cut, extended and random bytes; fields of a newer version.

use bantin_model::cbor;
use bantin_model::letter::*;
use bantin_model::sign::{Envelope, PayloadType, SecretKey, SignError};
use proptest::prelude::*;

use crate::cast::*;

fn sealed_letter() -> Vec<u8> {
    let (letter, _) = question_with_photo();
    seal(&letter, &mai(), &hanh().seal.public(), &mut rng(30))
        .unwrap()
        .1
}

fn mail_entry() -> Vec<u8> {
    let reply = answer(LetterId::of(b"letter"));
    let to = mai().seal.public();
    seal_reply(&reply, mai().mailbox(), &to, &hanh().sign, &mut rng(31)).unwrap()
}

fn receipt() -> Vec<u8> {
    let letter = LetterId::of(b"letter");
    Receipt::issue(
        letter,
        ReceiptStep::Delivered,
        NOW,
        hanh().place,
        &hanh().sign,
    )
}

/// Every single bit and every length of `bytes` must be refused by `opens`.
fn refuses_every_change(what: &str, bytes: &[u8], opens: impl Fn(&[u8]) -> bool) {
    assert!(opens(bytes), "{what}: the unchanged bytes open");
    let mut changed = bytes.to_vec();
    for bit in 0..bytes.len() * 8 {
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(
            !opens(&changed),
            "{what}: bit {} of byte {} was flipped",
            bit % 8,
            bit / 8
        );
        changed[bit / 8] ^= 1 << (bit % 8);
    }
    for len in 0..bytes.len() {
        assert!(!opens(&bytes[..len]), "{what}: cut to {len} bytes");
    }
    for extra in [0x00, 0xa0, 0xff] {
        changed.push(extra);
        assert!(!opens(&changed), "{what}: a byte {extra:#x} came on top");
        changed.pop();
    }
}

#[test]
fn no_changed_letter_opens() {
    let secret = hanh().seal;
    refuses_every_change("letter", &sealed_letter(), |b| open(b, &secret).is_ok());
}

#[test]
fn no_changed_reply_opens() {
    let (mai, keys) = (mai(), hanh().sign_keys());
    refuses_every_change("reply", &mail_entry(), |b| {
        open_reply(b, &mai, &keys).is_ok()
    });
}

#[test]
fn no_changed_reply_is_appended() {
    let keys = hanh().sign_keys();
    refuses_every_change("mail entry", &mail_entry(), |b| {
        MailEntry::verify(b, &keys).is_ok()
    });
}

#[test]
fn no_changed_receipt_is_believed() {
    let keys = hanh().receipt_keys();
    refuses_every_change("receipt", &receipt(), |b| Receipt::verify(b, &keys).is_ok());
}

#[test]
fn a_receipt_proves_only_the_place_of_its_key() {
    let (hanh, other) = (hanh(), stranger());
    let letter = LetterId::of(b"letter");
    let lie = Receipt::issue(
        letter,
        ReceiptStep::Opened,
        NOW,
        hanh.place.clone(),
        &other.sign,
    );
    let both = [hanh.receipt_keys(), other.receipt_keys()].concat();
    assert_eq!(
        Receipt::verify(&lie, &both).unwrap_err(),
        ReceiptError::OtherPlace,
        "a neighbouring commune cannot say that Hạnh opened the letter"
    );
    assert_eq!(
        Receipt::verify(&lie, &hanh.receipt_keys()).unwrap_err(),
        ReceiptError::Signature(SignError::NotEnough {
            valid: 0,
            needed: 1
        }),
        "and an unknown key says nothing at all"
    );
    let good = Receipt::verify(&receipt(), &both).unwrap();
    assert_eq!(
        good.receipt.step,
        ReceiptStep::Delivered,
        "Hạnh's own hub is believed"
    );
    assert_eq!(good.signer, Signer::Agency, "in the role its key has");
}

#[test]
fn a_receipt_step_of_a_newer_version_is_kept() {
    let step = ReceiptStep::Unknown(9);
    let bytes = Receipt::issue(LetterId::default(), step, NOW, hanh().place, &hanh().sign);
    let read = Receipt::verify(&bytes, &hanh().receipt_keys()).unwrap();
    assert_eq!(
        read.receipt.step, step,
        "an old phone keeps it and lights nothing"
    );
}

/// The map of `bytes` with one more field at its end.
fn with_field_9(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    assert_eq!(out[0] & 0xe0, 0xa0, "a map of fewer than 24 fields");
    out[0] += 1;
    out.extend([9, 0x61, b'x']);
    out
}

#[test]
fn a_carrier_relays_fields_and_suites_it_does_not_know() {
    let newer = with_field_9(&sealed_letter());
    let carried = SealedLetter::read(&newer).unwrap();
    assert_eq!(
        carried.id,
        LetterId::of(&newer),
        "its identity covers the unknown field too"
    );
    assert_eq!(
        open(&newer, &hanh().seal).unwrap_err(),
        SealError::Broken,
        "but a field that was not there when it was sealed breaks the seal"
    );
    // Field 1 is the suite, the second entry of the map.
    let mut other_suite = sealed_letter();
    assert_eq!(&other_suite[1..5], &[0, 1, 1, 1], "format 1, suite 1");
    other_suite[4] = 7;
    let carried = SealedLetter::read(&other_suite).unwrap();
    assert_eq!(carried.suite, 7, "a later suite is carried");
    assert_eq!(
        open(&other_suite, &hanh().seal).unwrap_err(),
        SealError::Suite(7),
        "and not guessed"
    );
}

#[test]
fn the_outside_has_one_form_only() {
    let sealed = sealed_letter();
    let mut long_header = vec![0xb8, sealed[0] & 0x1f];
    long_header.extend(&sealed[1..]);
    let mut long_key = vec![sealed[0], 0x18, 0];
    long_key.extend(&sealed[2..]);
    let mut swapped = sealed.clone();
    swapped[1..5].copy_from_slice(&[1, 1, 0, 1]);
    // The encapsulated key and the ciphertext are not authenticated by the seal's data.
    let enc_at = sealed.windows(3).position(|w| w == [4, 0x58, 32]).unwrap() + 1;
    let mut long_enc = sealed.clone();
    long_enc.splice(enc_at..=enc_at + 1, [0x59, 0, 32]);
    let ct_at = enc_at + 35;
    assert_eq!(
        &sealed[ct_at - 1..=ct_at],
        &[5, 0x59],
        "field 5 with a two-byte length"
    );
    let mut long_ct = sealed.clone();
    long_ct.splice(ct_at..=ct_at, [0x5a, 0, 0]);
    let mut indefinite = vec![0xbf];
    indefinite.extend(&sealed[1..]);
    indefinite.push(0xff);
    for (bytes, why) in [
        (long_header, "a map header longer than needed"),
        (long_key, "a key longer than needed"),
        (swapped, "keys out of order"),
        (indefinite, "a map without length"),
        (long_enc, "an encapsulated key with a longer length"),
        (long_ct, "a ciphertext with a longer length"),
    ] {
        assert_eq!(
            SealedLetter::read(&bytes).unwrap_err(),
            SealError::NotDeterministic,
            "{why} would give the same letter a second identity"
        );
    }
}

#[test]
fn a_carrier_keeps_its_limits() {
    let huge = vec![0; LETTER_BYTES_MAX + 1];
    assert!(
        matches!(SealedLetter::read(&huge), Err(SealError::Cbor(_))),
        "64 KiB are the limit"
    );
    let mut two = sealed_letter();
    two[2] = 2;
    assert_eq!(
        SealedLetter::read(&two).unwrap_err(),
        SealError::Format(2),
        "a later format"
    );
}

#[test]
fn payloads_do_not_pass_for_one_another() {
    let key = SecretKey::from_seed([1; 32]);
    let keys = [ReceiptKey {
        key: key.public(),
        place: hanh().place,
        signer: Signer::Agency,
    }];
    let payload = Envelope::from_bytes(&receipt(), RECEIPT_BYTES_MAX)
        .unwrap()
        .payload;
    let as_reply = Envelope::seal(PayloadType::Reply, payload.to_vec(), &[&key]).to_bytes();
    assert_eq!(
        Receipt::verify(&as_reply, &keys).unwrap_err(),
        ReceiptError::Signature(SignError::WrongType),
        "the type is signed"
    );
}

/// Random text in random places, as CBOR may be hostile in ways that random bytes are not.
fn cborish() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof![
        any::<u64>().prop_map(|n| cbor::to_vec(&n)),
        any::<String>().prop_map(|s| cbor::to_vec(&s)),
        any::<Vec<u8>>().prop_map(|b| cbor::to_vec(&minicbor::bytes::ByteVec::from(b))),
        any::<Vec<u8>>(),
        Just(vec![0x9f; 40]),
        Just(vec![0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ];
    prop::collection::vec(value, 0..8).prop_map(|values| {
        let mut out = vec![0xa0 + values.len() as u8];
        for (key, value) in values.into_iter().enumerate() {
            out.push(key as u8);
            out.extend(value);
        }
        out
    })
}

proptest! {
    #[test]
    fn junk_is_refused_without_a_panic(bytes in prop_oneof![any::<Vec<u8>>(), cborish()]) {
        prop_assert!(open(&bytes, &hanh().seal).is_err());
        let _ = SealedLetter::read(&bytes);
        prop_assert!(open_reply(&bytes, &mai(), &hanh().sign_keys()).is_err());
        prop_assert!(Receipt::verify(&bytes, &hanh().receipt_keys()).is_err());
        let _ = PollRequest::from_bytes(&bytes);
        let _ = PollResponse::from_bytes(&bytes, &PollRequest { boxes: vec![] });
        let _ = cbor::from_slice::<Letter>(&bytes, LETTER_BYTES_MAX);
        let _ = cbor::from_slice::<Reply>(&bytes, LETTER_BYTES_MAX);
    }

    #[test]
    fn junk_signed_by_the_agency_is_refused_without_a_panic(bytes in cborish()) {
        let hanh = hanh();
        let entry = Envelope::seal(PayloadType::Reply, bytes.clone(), &[&hanh.sign]).to_bytes();
        prop_assert!(open_reply(&entry, &mai(), &hanh.sign_keys()).is_err());
        let receipt = Envelope::seal(PayloadType::Receipt, bytes, &[&hanh.sign]).to_bytes();
        prop_assert!(Receipt::verify(&receipt, &hanh.receipt_keys()).is_err());
    }

    #[test]
    fn any_text_goes_there_and_back(text in "\\PC{1,300}", seq in 1u32.., seed: [u8; 32]) {
        let keys = ConversationKeys::from_seed(&ConversationSeed::from_bytes(seed));
        let lang = bantin_model::id::Lang::vietnamese();
        let mut letter = Letter::new(&keys, Verb::Reply, seq, NOW, lang, text);
        letter.text.push('.');
        let (_, sealed) = seal(&letter, &keys, &hanh().seal.public(), &mut rng(32)).unwrap();
        prop_assert_eq!(open(&sealed, &hanh().seal).unwrap().letter, letter.clone());
        let mut reply = answer(LetterId::of(&sealed));
        reply.text = letter.text;
        let entry = seal_reply(&reply, keys.mailbox(), &keys.seal.public(), &hanh().sign, &mut rng(33));
        let read = open_reply(&entry.unwrap(), &keys, &hanh().sign_keys()).unwrap();
        prop_assert_eq!(read.reply, reply);
    }
}

//! Keys around letters: receipts of a key that was rotated away, replies of a retired agency key.

use bantin_model::id::{Hash, Lang};
use bantin_model::letter::{
    ConversationKeys, ConversationSeed, Letter, LetterId, Receipt, ReceiptError, ReceiptKey,
    ReceiptStep, Reply, ReplyVerb, SealError, SealPublic, SealSecret, Signer, Verb, open,
    open_reply, seal, seal_reply,
};
use bantin_model::record::Agency;
use bantin_model::sign::{PublicKey, SecretKey};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::country::{NOW, for_ever, place};
use crate::phone::COMMUNE;

fn mai() -> ConversationKeys {
    ConversationKeys::from_seed(&ConversationSeed::from_bytes([0x11; 32]))
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([7; 32])
}

fn answer(sign: &SecretKey) -> Vec<u8> {
    let keys = mai();
    let mut reply = Reply::new(ReplyVerb::Answered, 1, None, NOW, "UBND xã");
    reply.text = "Tháng sau sửa đường.".into();
    let public: SealPublic = keys.seal.public();
    seal_reply(&reply, keys.mailbox(), &public, sign, &mut rng()).unwrap()
}

fn agency(sign: &SecretKey, former: Vec<PublicKey>) -> Agency {
    Agency {
        names: [(Lang::vietnamese(), "UBND xã Đông Giang".to_owned())].into(),
        seal_key: SealSecret::from_bytes([0xa1; 32]).public(),
        sign_key: sign.public(),
        valid: for_ever(),
        contact: Default::default(),
        former,
    }
}

#[test]
fn a_receipt_counts_only_by_a_key_that_is_let_speak_for_its_place() {
    let (old, new) = (SecretKey::from_seed([1; 32]), SecretKey::from_seed([2; 32]));
    let letter = LetterId(Hash::of(b"thu"));
    let issue =
        |key: &SecretKey| Receipt::issue(letter, ReceiptStep::Accepted, NOW, place(COMMUNE), key);
    let known = |key: &SecretKey, id: &str| ReceiptKey {
        key: key.public(),
        place: place(id),
        signer: Signer::Hub,
    };
    let now = [known(&new, COMMUNE)];
    assert!(Receipt::verify(&issue(&new), &now).is_ok());
    assert!(
        Receipt::verify(&issue(&old), &now).is_err(),
        "a stolen receipt key lights no step after the phone knows the new one"
    );
    let elsewhere = [known(&new, "vn-68-23005")];
    assert_eq!(
        Receipt::verify(&issue(&new), &elsewhere).unwrap_err(),
        ReceiptError::OtherPlace,
        "the neighbour's hub proves nothing for this one"
    );
}

#[test]
fn replies_of_a_former_key_count_only_while_the_agency_says_so() {
    let (old, new) = (SecretKey::from_seed([3; 32]), SecretKey::from_seed([4; 32]));
    let entry = answer(&old);
    let rotated: Vec<PublicKey> = agency(&new, vec![old.public()]).reply_keys().collect();
    assert!(
        open_reply(&entry, &mai(), &rotated).is_ok(),
        "after a rotation a recovered mailbox still opens what the old key signed"
    );
    let stolen: Vec<PublicKey> = agency(&new, vec![]).reply_keys().collect();
    assert!(
        open_reply(&entry, &mai(), &stolen).is_err(),
        "a stolen key is left out: nobody new believes it"
    );
    let flood: Vec<PublicKey> = (0..200)
        .map(|n| SecretKey::from_seed([n; 32]).public())
        .collect();
    assert_eq!(
        agency(&new, flood).reply_keys().count(),
        1 + Agency::FORMER_MAX,
        "the list has a limit also for a reader"
    );
}

#[test]
fn a_letter_to_a_retired_key_opens_with_that_key_and_no_other() {
    let (old, new) = (
        SealSecret::from_bytes([0xa1; 32]),
        SealSecret::from_bytes([0xa3; 32]),
    );
    let keys = mai();
    let letter = Letter::new(
        &keys,
        Verb::Question,
        1,
        NOW,
        Lang::vietnamese(),
        "Khi nào?",
    );
    let (_, bytes) = seal(&letter, &keys, &old.public(), &mut rng()).unwrap();
    assert_eq!(
        open(&bytes, &old).unwrap().letter.text,
        "Khi nào?",
        "a phone that has not synced yet loses nothing"
    );
    let refused: Result<_, SealError> = open(&bytes, &new);
    assert!(
        refused.is_err(),
        "the new key opens only what is sealed to it"
    );
}

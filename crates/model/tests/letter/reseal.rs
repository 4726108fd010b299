//! An agency that opened a letter cannot pass it off as written to somebody else: HPKE has no sender,
//! so only the signature inside protects the person here.

use bantin_model::id::KeyId;
use bantin_model::letter::*;
use bantin_model::sign::{PayloadType, pae};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as Dh;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};

use crate::cast::*;

const INFO: &[u8] = b"bantin letter v1";
/// Where the fields of a letter without attachments lie.
const AGENCY: std::ops::Range<usize> = 7..15;
const MAILBOX: std::ops::Range<usize> = 18..50;
const ENC: std::ops::Range<usize> = 53..85;
const CT: usize = 89;

/// The outside without encapsulated key and ciphertext.
fn aad(sealed: &[u8]) -> Vec<u8> {
    [&[0xa4], &sealed[1..MAILBOX.end]].concat()
}

/// Opens `sealed` as Hạnh's dishonest colleague would, changes its outside and seals the very same
/// inside again to `to`.
fn sealed_again(sealed: &[u8], to: &Agency, mailbox: MailboxId) -> Vec<u8> {
    sealed_with(sealed, to, mailbox, |_, _| ())
}

/// The same with `edit` of the inside, which is given the new outside too.
fn sealed_with(
    sealed: &[u8],
    to: &Agency,
    mailbox: MailboxId,
    edit: impl FnOnce(&mut Vec<u8>, &[u8]),
) -> Vec<u8> {
    let secret = <Dh as Kem>::PrivateKey::from_bytes(hanh().seal.to_bytes()).unwrap();
    let enc = <Dh as Kem>::EncappedKey::from_bytes(&sealed[ENC]).unwrap();
    let mut inner = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Dh>(
        &OpModeR::Base,
        &secret,
        &enc,
        INFO,
        &sealed[CT..],
        &aad(sealed),
    )
    .unwrap();
    let public = to.seal.public();
    let mut again = sealed.to_vec();
    again[AGENCY].copy_from_slice(KeyId::of(public.as_bytes()).as_bytes());
    again[MAILBOX].copy_from_slice(mailbox.0.as_bytes());
    edit(&mut inner, &aad(&again));
    let public = <Dh as Kem>::PublicKey::from_bytes(public.as_bytes()).unwrap();
    let (enc, ct) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Dh>(
        &OpModeS::Base,
        &public,
        INFO,
        &inner,
        &aad(&again),
        &mut rng(51),
    )
    .unwrap();
    again[ENC].copy_from_slice(&enc.to_bytes());
    again[CT..].copy_from_slice(&ct);
    again
}

#[test]
fn a_letter_sealed_again_keeps_its_addressee_and_its_mailbox() {
    let (_, sealed) = seal(&question(), &mai(), &hanh().seal.public(), &mut rng(50)).unwrap();
    let same = sealed_again(&sealed, &hanh(), mai().mailbox());
    assert!(
        open(&same, &hanh().seal).is_ok(),
        "the attack itself works when nothing is changed"
    );
    let moved = sealed_again(&sealed, &stranger(), mai().mailbox());
    assert_eq!(
        open(&moved, &stranger().seal).unwrap_err(),
        SealError::InnerSignature,
        "Mai did not write to the other agency"
    );
    let diverted = sealed_again(&sealed, &hanh(), thu().mailbox());
    assert_eq!(
        open(&diverted, &hanh().seal).unwrap_err(),
        SealError::InnerSignature,
        "nor did she ask for the answer in another mailbox"
    );
}

#[test]
fn a_letter_that_nobody_could_answer_is_refused() {
    let (_, sealed) = seal(&question(), &mai(), &hanh().seal.public(), &mut rng(52)).unwrap();
    let with_key = |key: [u8; 32]| {
        let edit = |inner: &mut Vec<u8>, aad: &[u8]| {
            // The letter's bytes lie behind map, key and a length of two bytes; the signature behind them.
            let end = 5 + usize::from(u16::from_be_bytes([inner[3], inner[4]]));
            let own = mai().seal.public();
            let at = inner.windows(32).position(|part| part == own.as_bytes());
            let at = at.unwrap();
            inner[at..at + 32].copy_from_slice(&key);
            let agency = hanh().seal.public();
            let payload = [&agency.0[..], aad, &inner[5..end]].concat();
            let signature = mai().sign.sign(&pae(PayloadType::Letter, &payload));
            inner[end + 3..end + 67].copy_from_slice(&signature);
        };
        open(
            &sealed_with(&sealed, &hanh(), mai().mailbox(), edit),
            &hanh().seal,
        )
    };
    assert!(
        with_key(thu().seal.public().0).is_ok(),
        "the forgery itself works with a key that can be used"
    );
    assert_eq!(
        with_key([0; 32]).unwrap_err(),
        SealError::BadKey,
        "nothing can be sealed to this key, so no agency could ever answer"
    );
}

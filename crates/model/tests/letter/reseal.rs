//! An agency that opened a letter cannot pass it off as written to somebody else: HPKE has no sender,
//! so only the signature inside protects the person here.

use bantin_model::id::KeyId;
use bantin_model::letter::*;
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
    let secret = <Dh as Kem>::PrivateKey::from_bytes(hanh().seal.to_bytes()).unwrap();
    let enc = <Dh as Kem>::EncappedKey::from_bytes(&sealed[ENC]).unwrap();
    let inner = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Dh>(
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

//! The one HPKE suite of this version, as two functions.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;

use super::{SealPublic, SealSecret};

/// The key encapsulation of suite 1.
pub(super) type Dh = X25519HkdfSha256;

/// Bytes that the authentication tag adds.
pub(super) const TAG_BYTES: usize = 16;

/// Seals `plaintext` to `to`: the encapsulated key and the ciphertext. `None` for a public key
/// that is no usable point.
pub(super) fn seal(
    to: &SealPublic,
    info: &[u8],
    aad: &[u8],
    plaintext: &[u8],
    rng: &mut impl CryptoRng,
) -> Option<([u8; 32], Vec<u8>)> {
    let to = <Dh as Kem>::PublicKey::from_bytes(&to.0).ok()?;
    let (enc, ct) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Dh>(
        &OpModeS::Base,
        &to,
        info,
        plaintext,
        aad,
        rng,
    )
    .ok()?;
    Some((enc.to_bytes().into(), ct))
}

/// Whether anything can be sealed to this key: on some points every secret agrees on nothing.
pub(super) fn is_usable(key: &SealPublic) -> bool {
    let secret = <Dh as Kem>::PrivateKey::from_bytes(&[1; 32]);
    let point = <Dh as Kem>::EncappedKey::from_bytes(&key.0);
    matches!((secret, point), (Ok(secret), Ok(point)) if Dh::decap(&secret, None, &point).is_ok())
}

/// Opens what [`seal`] made; `None` if anything does not fit.
pub(super) fn open(
    secret: &SealSecret,
    enc: &[u8; 32],
    info: &[u8],
    aad: &[u8],
    ct: &[u8],
) -> Option<Vec<u8>> {
    let secret = <Dh as Kem>::PrivateKey::from_bytes(secret.to_bytes()).ok()?;
    let enc = <Dh as Kem>::EncappedKey::from_bytes(enc).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Dh>(
        &OpModeR::Base,
        &secret,
        &enc,
        info,
        ct,
        aad,
    )
    .ok()
}

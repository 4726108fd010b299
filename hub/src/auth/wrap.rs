//! An officer's signing key, wrapped by a key that only the password gives: the database alone cannot
//! sign in anybody's name.
//!
//! Layout: version 1, memory in KiB, passes, lanes (each four little-endian bytes), 16 bytes of salt,
//! then ChaCha20-Poly1305 of the seed under a zero nonce: each salt, hence each key, is used once.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use zeroize::Zeroizing;

use super::hasher;
use crate::chance;
use crate::config::PasswordCost;
use bantin_model::sign::SecretKey;

const VERSION: u8 = 1;
const SALT_BYTES: usize = 16;
const HEAD_BYTES: usize = 1 + 12 + SALT_BYTES;

/// Why a key cannot be unwrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// Not what [`wrap`] makes.
    #[error("the wrapped key is damaged")]
    Damaged,
    /// Another password.
    #[error("the password is another one")]
    Password,
}

/// Wraps a signing key.
pub fn wrap(key: &SecretKey, password: &str, cost: PasswordCost) -> Result<Vec<u8>, WrapError> {
    let mut out = vec![VERSION];
    for number in [cost.memory_kib, cost.passes, cost.lanes] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(&chance::bytes::<SALT_BYTES>());
    let cipher = cipher(password, &out)?;
    let payload = Payload {
        msg: key.seed(),
        aad: &out,
    };
    let sealed = cipher
        .encrypt(&Nonce::default(), payload)
        .map_err(|_| WrapError::Damaged)?;
    out.extend(sealed);
    Ok(out)
}

/// Unwraps it with the same password.
pub fn unwrap(wrapped: &[u8], password: &str) -> Result<SecretKey, WrapError> {
    let (head, sealed) = wrapped
        .split_at_checked(HEAD_BYTES)
        .ok_or(WrapError::Damaged)?;
    if head.first() != Some(&VERSION) {
        return Err(WrapError::Damaged);
    }
    let cipher = cipher(password, head)?;
    let payload = Payload {
        msg: sealed,
        aad: head,
    };
    let seed = cipher
        .decrypt(&Nonce::default(), payload)
        .map_err(|_| WrapError::Password)?;
    let seed = Zeroizing::new(seed);
    let seed = <[u8; 32]>::try_from(seed.as_slice()).map_err(|_| WrapError::Damaged)?;
    Ok(SecretKey::from_seed(seed))
}

fn cipher(password: &str, head: &[u8]) -> Result<ChaCha20Poly1305, WrapError> {
    let number = |at: usize| {
        let bytes = head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map(u32::from_le_bytes).ok_or(WrapError::Damaged)
    };
    let cost = PasswordCost {
        memory_kib: number(1)?,
        passes: number(5)?,
        lanes: number(9)?,
    };
    let salt = head
        .get(HEAD_BYTES - SALT_BYTES..)
        .ok_or(WrapError::Damaged)?;
    let mut key = Zeroizing::new([0u8; 32]);
    hasher(cost)
        .hash_password_into(password.as_bytes(), salt, key.as_mut())
        .map_err(|_| WrapError::Damaged)?;
    Ok(ChaCha20Poly1305::new((&*key).into()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    const CHEAP: PasswordCost = PasswordCost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    #[test]
    fn only_hanhs_password_gives_her_key_back() {
        let key = SecretKey::from_seed([7; 32]);
        let wrapped = wrap(&key, "mua lúa tháng mười", CHEAP).unwrap();
        let again = unwrap(&wrapped, "mua lúa tháng mười").unwrap();
        assert_eq!(again.public(), key.public(), "the same key comes back");
        assert_eq!(
            unwrap(&wrapped, "mua lúa tháng chín").unwrap_err(),
            WrapError::Password,
            "a stolen database signs nothing"
        );
        let mut cheaper = wrapped.clone();
        cheaper[1] = 16;
        assert!(
            unwrap(&cheaper, "mua lúa tháng mười").is_err(),
            "the cost is authenticated"
        );
        assert!(
            !wrapped.windows(32).any(|part| part == key.seed()),
            "the seed itself is nowhere in what is stored"
        );
    }
}

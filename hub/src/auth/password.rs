//! Hashing and checking passwords. Both take tens of milliseconds by intention: call them off the
//! async threads.

use argon2::password_hash::phc::PasswordHash;
use argon2::{PasswordHasher, PasswordVerifier};

use super::hasher;
use crate::chance;
use crate::config::PasswordCost;

/// The shortest password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 10;

/// The PHC string of a password; none if it is too short to be one.
pub fn hash(password: &str, cost: PasswordCost) -> Option<String> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return None;
    }
    let salt: [u8; 16] = chance::bytes();
    let hash = hasher(cost)
        .hash_password_with_salt(password.as_bytes(), &salt)
        .ok()?;
    Some(hash.to_string())
}

/// Whether the password is the one hashed. The cost is the one written in the hash.
pub fn verify(password: &str, hash: &str, cost: PasswordCost) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        hasher(cost)
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const CHEAP: PasswordCost = PasswordCost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    #[test]
    fn hanh_signs_in_with_her_own_password_only() {
        let hash = hash("mua lúa tháng mười", CHEAP).unwrap();
        assert!(
            verify("mua lúa tháng mười", &hash, CHEAP),
            "her password opens the desk"
        );
        assert!(
            !verify("mua lua thang muoi", &hash, CHEAP),
            "tones are part of a password"
        );
        assert!(
            !verify("mua lúa tháng mười", "not a hash", CHEAP),
            "a damaged hash opens nothing"
        );
        assert_eq!(
            super::hash("ngắn", CHEAP),
            None,
            "four characters are no password"
        );
    }
}

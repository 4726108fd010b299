//! Argon2id with the operator's parameters.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::config::PasswordCost;

/// Argon2id at this cost; the default cost if the given one is impossible.
pub fn hasher(cost: PasswordCost) -> Argon2<'static> {
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

//! Passwords of officers and the signing keys they protect.

mod cost;
mod password;
mod wrap;

pub use cost::hasher;
pub use password::{PASSWORD_CHARS_MIN, hash, verify};
pub use wrap::{WrapError, unwrap, wrap};

//! Relays: a device that passes on what it holds over a local network. Both ends are here: what the
//! device in the middle needs to answer with, and a sync that goes through somebody else's device.
//!
//! A relay is trusted with nothing. News prove themselves, letters are sealed, its receipts light no
//! step, and it can neither refuse a letter for good nor say anything about this device's clock.

mod card;
mod held;
mod pass;
mod way;

pub use held::Held;
pub(crate) use way::{Via, Way};

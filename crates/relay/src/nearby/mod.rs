//! Relays find one another by multicast DNS: the service `_bantin._tcp.local.`. What is announced proves
//! nothing; it only says where to ask. Where a network lets no multicast through, the QR code remains.

mod announce;
mod browse;

pub(crate) use announce::Announcement;
pub use browse::{Found, find};

/// The service.
const SERVICE: &str = "_bantin._tcp.local.";
/// TXT: version of the protocol.
const VERSION_KEY: &str = "v";
/// TXT: first eight bytes of the root's fingerprint, hexadecimal.
const ROOT_KEY: &str = "root";
/// TXT: the places, separated by commas.
const PLACES_KEY: &str = "places";
/// The version that is announced and understood.
const VERSION: &str = "1";
/// Hex digits of the fingerprint that are announced.
const ROOT_DIGITS: usize = 16;

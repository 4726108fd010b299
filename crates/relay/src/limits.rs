//! Every bound of a relay. A guest is an address on the local network; a hostile one may have several, so
//! the sums count for all of them together as well.

use std::time::Duration;

/// What guests may take of the device.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Sealed letters that are kept until a hub has them.
    pub letters_max: usize,
    /// Bytes of those letters and their ciphertexts.
    pub carried_bytes_max: u64,
    /// Receipts of hubs and refusals kept for guests; beyond that the oldest go.
    pub answers_max: usize,
    /// Open connections.
    pub connections_max: usize,
    /// Open connections of one guest.
    pub connections_guest_max: usize,
    /// Bytes given to one guest in a day.
    pub given_guest_bytes_max: u64,
    /// Bytes taken from one guest in a day.
    pub taken_guest_bytes_max: u64,
    /// Letters taken from one guest in a day.
    pub letters_guest_max: u32,
    /// Guests that are remembered at once.
    pub guests_max: usize,
    /// Mailboxes whose entries are kept in memory for guests.
    pub mailboxes_max: usize,
    /// Bytes of those entries.
    pub mail_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            letters_max: 2_000,
            carried_bytes_max: 256 << 20,
            answers_max: 10_000,
            connections_max: 64,
            connections_guest_max: 6,
            given_guest_bytes_max: 512 << 20,
            taken_guest_bytes_max: 64 << 20,
            letters_guest_max: 200,
            guests_max: 256,
            mailboxes_max: 512,
            mail_bytes_max: 8 << 20,
        }
    }
}

/// Time for the headers of a request, also between two of them.
pub(crate) const HEADERS: Duration = Duration::from_secs(30);
/// Time for a small request from first to last byte.
pub(crate) const SHORT: Duration = Duration::from_secs(40);
/// Time for an attachment.
pub(crate) const LONG: Duration = Duration::from_secs(15 * 60);
/// How long the hub is waited for while a guest waits: shorter than a guest's patience of 30 seconds.
pub(crate) const HUB: Duration = Duration::from_secs(10);
/// After the hub could not be reached, guests are answered from memory for so long.
pub(crate) const HUB_QUIET: Duration = Duration::from_secs(20);
/// Ciphertexts that no letter came to name go after this.
pub(crate) const LOOSE_LIFE: Duration = Duration::from_secs(7 * 24 * 3600);
/// Letters that no hub took, and answers that no guest fetched, go after this: the guest's own device
/// keeps the letter and goes on offering it.
pub(crate) const CARRIED_LIFE: Duration = Duration::from_secs(90 * 24 * 3600);

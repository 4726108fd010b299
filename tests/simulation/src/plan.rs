//! The weather of one run, drawn from its seed: some runs are mild, some have everything at once.

use crate::chance::Chance;

/// One minute, in milliseconds.
pub const MINUTE_MS: u64 = 60_000;
/// One hour, in milliseconds.
pub const HOUR_MS: u64 = 60 * MINUTE_MS;
/// One day, in milliseconds.
pub const DAY_MS: u64 = 24 * HOUR_MS;

/// How often each thing happens.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// When the weather turns good, in milliseconds.
    pub heal_at_ms: u64,
    /// Requests and answers that get lost, of a thousand.
    pub lost: u64,
    /// Requests that arrive twice, of a thousand.
    pub doubled: u64,
    /// Answers that are cut, changed or replaced by a page of somebody's network, of a thousand.
    pub hurt: u64,
    /// Messages that take minutes or hours, of a thousand.
    pub slow: u64,
    /// Commits in which the node dies, of a thousand.
    pub dies_in_commit: u64,
    /// Entries of a page of a mailbox.
    pub page: usize,
    /// Crashes out of nothing.
    pub crashes: u64,
    /// Partitions.
    pub partitions: u64,
    /// Disks that fill up.
    pub full_disks: u64,
    /// Clocks that jump.
    pub clock_jumps: u64,
    /// Hubs that go back to a backup.
    pub restores: u64,
    /// Phones that move to another hub, or to the forger.
    pub moves: u64,
    /// Letters written.
    pub letters: u64,
    /// Versions published.
    pub publications: u64,
    /// Phones that are lost for good.
    pub phones_lost: u64,
}

impl Plan {
    /// Draws one.
    pub fn draw(chance: &mut Chance) -> Self {
        let mut rate = |most: u64| match chance.below(3) {
            0 => 0,
            1 => chance.below(most / 4 + 1),
            _ => chance.below(most + 1),
        };
        let (lost, doubled, hurt, slow) = (rate(300), rate(200), rate(200), rate(200));
        let (dies_in_commit, crashes, partitions) = (rate(60), rate(8), rate(4));
        let (full_disks, clock_jumps, restores) = (rate(5), rate(6), rate(5));
        let (moves, phones_lost) = (rate(24), rate(2));
        Self {
            heal_at_ms: chance.between(DAY_MS * 3 / 2, 3 * DAY_MS),
            lost,
            doubled,
            hurt,
            slow,
            dies_in_commit,
            page: usize::try_from(chance.between(1, 6)).unwrap_or(1),
            crashes,
            partitions,
            full_disks,
            clock_jumps,
            restores,
            moves,
            letters: chance.between(3, 8),
            publications: chance.between(2, 6),
            phones_lost,
        }
    }

    /// The same without any fault, for the time after.
    pub fn mild(self) -> Self {
        Self {
            lost: 0,
            doubled: 0,
            hurt: 0,
            slow: 0,
            dies_in_commit: 0,
            ..self
        }
    }
}

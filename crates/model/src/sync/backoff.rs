//! When to try again after failures.

use rand_core::CryptoRng;

/// Shortest pause between syncs, in seconds.
const BASE_S: u64 = 30;
/// Longest pause, in seconds.
const MOST_S: u64 = 6 * 3600;

/// Seconds to wait after `failures` failed syncs in a row (0 = the last one went well): doubles from
/// 30 s to 6 h, with full jitter in the upper half so that a village does not call at the same second.
pub fn next_sync_after_s(failures: u32, rng: &mut impl CryptoRng) -> u64 {
    let ceiling = BASE_S.saturating_mul(1 << failures.min(10)).min(MOST_S);
    let half = ceiling / 2;
    half + rng.next_u64() % (half + 1)
}

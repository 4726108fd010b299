//! When the next sync begins by itself. One timer drives everything that needs the line (letters, news,
//! answers, pictures and sound), so that a device's radio wakes once for all of it.

use rand_core::CryptoRng;

/// Shortest pause between syncs, in seconds.
const BASE_S: u64 = 30;
/// Longest pause, in seconds.
const MOST_S: u64 = 6 * 3600;
/// How much rarer a device asks that saves battery or data.
const SPARING: u64 = 4;

/// Seconds to wait after `failures` failed syncs in a row (0 = the last one went well): doubles from
/// 30 s to 6 h, with full jitter in the upper half so that a village does not call at the same second.
pub fn next_sync_after_s(failures: u32, rng: &mut impl CryptoRng) -> u64 {
    let ceiling = BASE_S.saturating_mul(1 << failures.min(10)).min(MOST_S);
    let half = ceiling / 2;
    half + rng.next_u64() % (half + 1)
}

/// Seconds until a device asks again: every `quiet_s` and a little while all is well, after the pauses of
/// [`next_sync_after_s`] while it is not; four times rarer, and never sooner than when all is well, if it
/// is to be sparing with battery or data.
pub fn next_pulse_after_s(
    failures: u32,
    quiet_s: u64,
    sparing: bool,
    rng: &mut impl CryptoRng,
) -> u64 {
    let pause = next_sync_after_s(failures, rng);
    match (failures, sparing) {
        (0, false) => quiet_s.saturating_add(pause),
        (0, true) => quiet_s.saturating_mul(SPARING).saturating_add(pause),
        (_, false) => pause,
        (_, true) => pause
            .saturating_mul(SPARING)
            .clamp(quiet_s, MOST_S.max(quiet_s)),
    }
}

//! A line of 50 kbit/s, as where one bar of 2G comes over the mountain.

use super::ours::Ours;
use crate::work::say;
use bantin_row::{Bound, Row};

/// 50 kbit/s.
const BYTES_PER_SECOND: u64 = 6_250;

/// The time of a first sync, against what its bytes alone take.
pub(super) fn row(ours: &mut Ours<'_>) -> anyhow::Result<Row> {
    say("a first sync at 50 kbit/s: some ten minutes for 10,000 notices");
    let (seconds, down_bytes) = ours.slow(BYTES_PER_SECOND)?;
    let line = down_bytes as f64 / BYTES_PER_SECOND as f64;
    Ok(Row::new("first-sync/time-50-kbit", "s", seconds)
        .beside("bytes ÷ rate", Some(line))
        .goal(Bound::RatioAtMost, 1.15)
        .noted("once; everything durable and indexed when it ends"))
}

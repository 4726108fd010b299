//! Points in time and spans of validity, in whole seconds.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Seconds since 1970-01-01T00:00:00Z, leap seconds ignored.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    Serialize,
    Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Seconds(#[n(0)] pub u64);

impl Seconds {
    /// One day.
    pub const DAY: u64 = 86_400;

    /// This moment and `seconds` more; stops at the end of time instead of wrapping.
    pub fn plus(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// How many seconds `earlier` lies before this moment; 0 if it does not.
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// From `from` (inclusive) until `until` (exclusive; `None` = no end set).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Validity {
    /// First moment that counts.
    #[n(0)]
    pub from: Seconds,
    /// First moment that no longer counts.
    #[n(1)]
    pub until: Option<Seconds>,
}

impl Validity {
    /// Whether `at` lies inside.
    pub fn covers(&self, at: Seconds) -> bool {
        self.from <= at && self.until.is_none_or(|end| at < end)
    }
}

/// How far a signed time may lie behind the clock before the clock is suspected, in seconds (48 h).
pub const CLOCK_SUSPECT_S: u64 = 48 * 3600;

/// How far one hub's signed time may lie after those of all other hubs of the path before it is taken for a
/// wrong clock, in seconds (180 days): longer than a line is ever cut while hubs on both sides go on.
pub const ALONE_S: u64 = 180 * 86_400;

/// The newest of the times at which the heads of one path were signed. One that no other comes near is not
/// believed: else the clock of one hub, years ahead, would end every certificate and every connection of the
/// phones that follow it. Where there is only one there is nothing to compare it with.
pub fn newest_signed(issued: impl Iterator<Item = Seconds>) -> Seconds {
    let mut newest = (Seconds(0), None);
    for at in issued {
        newest = match newest {
            (first, second) if at < first => (first, second.max(Some(at))),
            (Seconds(0), None) => (at, None),
            (first, _) => (at, Some(first)),
        };
    }
    match newest {
        (first, Some(second)) if first.since(second) > ALONE_S => second,
        (first, _) => first,
    }
}

/// The newest signed time to be kept once a whole document holds whose own is `signed`. Time does not go back,
/// but for one case: `held` lies so far ahead of every head that is held now that it was the word of a hub
/// whose clock was wrong, and has been set right since.
pub fn signed_time_kept(held: Seconds, signed: Seconds) -> Seconds {
    match held.since(signed) > ALONE_S {
        true => signed,
        false => held.max(signed),
    }
}

/// The time to judge validity by: never below the newest signed time seen.
pub fn judged_now(clock: Seconds, newest_signed: Seconds) -> Seconds {
    clock.max(newest_signed)
}

/// True when a head fetched just now is signed over 48 h before or after what the clock says: hubs
/// re-sign daily, so it is the clock that is wrong.
pub fn clock_looks_wrong(clock: Seconds, just_signed: Seconds) -> bool {
    clock.since(just_signed) > CLOCK_SUSPECT_S || just_signed.since(clock) > CLOCK_SUSPECT_S
}

//! Where and how a disk fails: the points of the short and the long form.

use crate::disk::{Calls, Deed, When};

/// Whose disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Mai's.
    Phone,
    /// The hub's.
    Hub,
}

/// One fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Whose disk.
    pub side: Side,
    /// Which calls count.
    pub calls: Calls,
    /// When.
    pub when: When,
    /// What happens.
    pub deed: Deed,
    /// Syncs are answered and not done: a planted bug.
    pub lie: bool,
}

impl Point {
    /// The same fault at an earlier call.
    pub fn earlier(self) -> Self {
        match self.when {
            When::At(call) => Self {
                when: When::At((call * 4 / 5).max(1)),
                ..self
            },
            When::Exit => self,
        }
    }
}

/// How many calls a telling without faults takes, hub and phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Writes of the hub and of the phone.
    pub writes: (u64, u64),
    /// Syncs of the hub and of the phone.
    pub syncs: (u64, u64),
}

/// `many` points spread evenly over the calls of both sides, the deeds taking turns. `shift` moves all of
/// them, so that another run meets other calls.
fn spread(many: u64, shift: u64, totals: (u64, u64), calls: Calls, deeds: &[Deed]) -> Vec<Point> {
    (0..many)
        .map(|n| {
            // Two points of three on the phone would miss the hub's; they take turns.
            let (side, total) = match n % 2 {
                0 => (Side::Hub, totals.0),
                _ => (Side::Phone, totals.1),
            };
            let place = (n * total / many + shift * 7 + n / 2 % 3) % total.max(1);
            let deed = deeds[(n / 2) as usize % deeds.len()];
            Point {
                side,
                calls,
                when: When::At(place + 1),
                deed,
                lie: false,
            }
        })
        .collect()
}

/// Kills and power cuts.
pub fn kills(many: u64, shift: u64, counts: &Counts) -> Vec<Point> {
    let deeds = [
        Deed::Power,
        Deed::KillInside,
        Deed::KillAfter,
        Deed::KillBefore,
    ];
    let totals = (
        counts.writes.0 + counts.syncs.0,
        counts.writes.1 + counts.syncs.1,
    );
    let mut points = spread(many, shift, totals, Calls::All, &deeds);
    // One in sixteen: the power goes right after the phone has said its word.
    let phones = points.iter_mut().filter(|point| point.side == Side::Phone);
    for point in phones.step_by(8) {
        (point.when, point.deed) = (When::Exit, Deed::Power);
    }
    points
}

/// Full disks, for a moment and until they are mended.
pub fn enospc(many: u64, shift: u64, counts: &Counts) -> Vec<Point> {
    let deeds = [Deed::StaysFull, Deed::Full];
    spread(many, shift, counts.writes, Calls::Writes, &deeds)
}

/// Syncs that report an error.
pub fn syncs_that_fail(many: u64, shift: u64, counts: &Counts) -> Vec<Point> {
    spread(many, shift, counts.syncs, Calls::Syncs, &[Deed::Error])
}

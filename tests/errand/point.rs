//! Where and how a disk fails: the points of the short and the long form.

use crate::disk::{Calls, Deed, Plan, When};

/// Whose disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Mai's.
    Phone,
    /// That of the village's hub, which carries.
    Carrier,
    /// That of the commune's hub, at which letters end.
    Hub,
}

impl Side {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hub, Self::Phone, Self::Carrier];

    /// Its name in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Carrier => "carrier",
            Self::Hub => "hub",
        }
    }
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
    /// The disk of `plan` with this fault.
    pub(super) fn on(&self, plan: &Plan) -> Plan {
        let mut plan = plan.with(self.calls, self.when, self.deed);
        plan.lie = self.lie;
        plan
    }

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

/// Calls of each side, in the order of [`Side::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted(pub [u64; Side::ALL.len()]);

/// How many calls a telling without faults takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Writes.
    pub writes: Counted,
    /// Syncs.
    pub syncs: Counted,
}

impl Counts {
    /// Writes and syncs of a side.
    pub fn of(&self, side: Side) -> u64 {
        self.all().of(side)
    }

    fn all(&self) -> Counted {
        Counted(std::array::from_fn(|at| {
            self.writes.0[at] + self.syncs.0[at]
        }))
    }
}

impl Counted {
    /// Those of one side.
    pub fn of(&self, side: Side) -> u64 {
        let at = Side::ALL.iter().position(|other| *other == side);
        at.map_or(0, |at| self.0[at])
    }

    /// Those of the side that makes the fewest.
    pub fn fewest(&self) -> u64 {
        self.0.into_iter().min().unwrap_or_default()
    }
}

/// `many` points spread evenly over the calls of all sides, the deeds taking turns. `shift` moves all of
/// them, so that another run meets other calls.
fn spread(many: u64, shift: u64, totals: &Counted, calls: Calls, deeds: &[Deed]) -> Vec<Point> {
    let sides = Side::ALL.len() as u64;
    (0..many)
        .map(|n| {
            // They take turns, or whoever writes most would have most of the faults.
            let side = Side::ALL[(n % sides) as usize];
            let total = totals.of(side);
            let place = (n * total / many + shift * 7 + n / sides % 3) % total.max(1);
            let deed = deeds[(n / sides) as usize % deeds.len()];
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
    let mut points = spread(many, shift, &counts.all(), Calls::All, &deeds);
    // One in twenty-four: the power goes right after the phone has said its word.
    let phones = points.iter_mut().filter(|point| point.side == Side::Phone);
    for point in phones.step_by(8) {
        (point.when, point.deed) = (When::Exit, Deed::Power);
    }
    points
}

/// Full disks, for a moment and until they are mended.
pub fn enospc(many: u64, shift: u64, counts: &Counts) -> Vec<Point> {
    let deeds = [Deed::StaysFull, Deed::Full];
    spread(many, shift, &counts.writes, Calls::Writes, &deeds)
}

/// Syncs that report an error.
pub fn syncs_that_fail(many: u64, shift: u64, counts: &Counts) -> Vec<Point> {
    spread(many, shift, &counts.syncs, Calls::Syncs, &[Deed::Error])
}

//! Whether something may go now.

use serde::{Deserialize, Serialize};

use super::{DataKind, Limits, Surroundings};

/// Who wants it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Nobody in particular: the device, ahead of time.
    #[default]
    Unasked,
    /// A person asked for this very thing. The budget still holds.
    Asked,
    /// A person said: all that waits, now, whatever it takes.
    Everything,
}

impl Wish {
    /// Of a person who asked for this very thing, or of nobody.
    pub fn of(asked: bool) -> Self {
        match asked {
            true => Self::Asked,
            false => Self::Unasked,
        }
    }
}

/// Why something waits. Ordered: the first is the one a person should hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// The month's budget is spent, or too little of it is left.
    Month,
    /// The day's budget.
    Day,
    /// The network costs money, or may and the person wants pictures and sound over Wi-Fi only.
    Metered,
    /// The battery is low.
    Battery,
}

/// Bytes spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Today.
    pub today: u64,
    /// In this month, today included.
    pub month: u64,
}

/// Whether something of `kind` and about `bytes` may begin now.
///
/// # Errors
/// Why it waits.
pub fn judge(
    kind: DataKind,
    bytes: u64,
    wish: Wish,
    limits: &Limits,
    spent: Spent,
    around: &Surroundings,
) -> Result<(), Holds> {
    if wish == Wish::Everything {
        return Ok(());
    }
    let row = kind.row();
    if row.media && wish == Wish::Unasked {
        let unsure = limits.only_wifi && !around.free();
        if unsure || (around.dear() && !row.metered) {
            return Err(Holds::Metered);
        }
        if around.low() {
            return Err(Holds::Battery);
        }
    }
    if row.beyond.lets(bytes) {
        return Ok(());
    }
    // What comes unasked must fit as a whole into its part; what is continued another day, or asked
    // for, may take whatever is left.
    let whole = row.media && wish == Wish::Unasked;
    for (limit, used, holds) in budgets(limits, spent) {
        let fits = match whole {
            true => used.saturating_add(bytes) <= part(limit, row.part_percent),
            false => used < limit,
        };
        if !fits {
            return Err(holds);
        }
    }
    Ok(())
}

/// How many bytes of something that was let go may still come; none for no end.
pub fn left(
    kind: DataKind,
    bytes: u64,
    wish: Wish,
    limits: &Limits,
    spent: Spent,
) -> Option<(u64, Holds)> {
    if kind.row().beyond.lets(bytes) || wish == Wish::Everything {
        return None;
    }
    let left = |(limit, used, holds): (u64, u64, Holds)| (limit.saturating_sub(used), holds);
    budgets(limits, spent).map(left).min()
}

/// The budget that is spent, if one is.
pub fn used_up(limits: &Limits, spent: Spent) -> Option<Holds> {
    let over = |(limit, used, holds): (u64, u64, Holds)| (used >= limit).then_some(holds);
    budgets(limits, spent).find_map(over)
}

/// Limit, what was used of it, and what it is called: the month first.
fn budgets(limits: &Limits, spent: Spent) -> impl Iterator<Item = (u64, u64, Holds)> + use<> {
    let month = limits.month_bytes.map(|l| (l, spent.month, Holds::Month));
    let day = limits.day_bytes.map(|l| (l, spent.today, Holds::Day));
    month.into_iter().chain(day)
}

fn part(limit: u64, percent: u8) -> u64 {
    limit / 100 * u64::from(percent)
}

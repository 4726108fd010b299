//! The meter on the line: counts by kind, and says what may go.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bantin_model::budget::{
    DataKind, Holds, Limits, Spent, Surroundings, Wish, judge, left, used_up,
};
use tokio::sync::Notify;

/// Counted bytes that may be in memory only: a phone whose power goes loses sight of no more.
const LOOSE_BYTES_MAX: u64 = 64 << 10;

/// What is left of a budget below this buys nothing but a question: it counts as spent.
const CRUMB_BYTES: u64 = 2_000;

/// What a request is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Errand {
    pub(crate) kind: DataKind,
    /// How large it is, if that is known; else 0.
    pub(crate) bytes: u64,
    pub(crate) wish: Wish,
}

/// Texts that a sync left for later: how many pieces and bytes, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Later {
    pub(crate) why: Holds,
    pub(crate) count: u32,
    pub(crate) bytes: u64,
}

/// The meter. What it knows of limits and of what was spent before is brought up to date before a sync or
/// a fetch begins.
#[derive(Default)]
pub(crate) struct Meter {
    state: Mutex<State>,
    due: Notify,
    /// Counts are kept, or read, by one at a time.
    pub(super) keeping: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    limits: Limits,
    around: Surroundings,
    told: Surroundings,
    /// Durable counts.
    kept: Spent,
    /// Counted since.
    loose: BTreeMap<DataKind, u64>,
    /// How many want everything, whatever it takes.
    everything: u32,
    later: Option<Later>,
}

/// As long as it lives nothing is held back.
pub(crate) struct Everything<'a>(&'a Meter);

impl Drop for Everything<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.everything = state.everything.saturating_sub(1);
    }
}

impl State {
    fn spent(&self) -> Spent {
        let loose: u64 = self.loose.values().sum();
        Spent {
            today: self.kept.today.saturating_add(loose),
            month: self.kept.month.saturating_add(loose),
        }
    }

    fn used_up(&self) -> Option<Holds> {
        let Spent { today, month } = self.spent();
        let spent = Spent {
            today: today.saturating_add(CRUMB_BYTES),
            month: month.saturating_add(CRUMB_BYTES),
        };
        used_up(&self.limits, spent)
    }

    fn wish(&self, errand: Errand) -> Wish {
        match self.everything {
            0 => errand.wish,
            _ => Wish::Everything,
        }
    }
}

impl Meter {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes went over the line.
    pub(crate) fn count(&self, kind: DataKind, bytes: u64) {
        let mut state = self.state();
        let counted = state.loose.entry(kind).or_default();
        *counted = counted.saturating_add(bytes);
        if state.loose.values().sum::<u64>() >= LOOSE_BYTES_MAX {
            self.due.notify_one();
        }
    }

    /// Completes when so much was counted that it should be kept.
    pub(super) async fn due(&self) {
        self.due.notified().await;
    }

    /// What was counted and is not kept yet.
    pub(super) fn loose(&self) -> Vec<(DataKind, u64)> {
        let state = self.state();
        let counted = state.loose.iter().filter(|(_, bytes)| **bytes > 0);
        counted.map(|(kind, bytes)| (*kind, *bytes)).collect()
    }

    /// These are durable now.
    pub(super) fn kept(&self, moved: &[(DataKind, u64)]) {
        let mut state = self.state();
        for (kind, bytes) in moved {
            let loose = state.loose.entry(*kind).or_default();
            *loose = loose.saturating_sub(*bytes);
            state.kept.today = state.kept.today.saturating_add(*bytes);
            state.kept.month = state.kept.month.saturating_add(*bytes);
        }
    }

    /// Takes what the store says, and how the device stands.
    pub(super) fn renew(&self, limits: Limits, kept: Spent, own: Surroundings) {
        let mut state = self.state();
        state.limits = limits;
        state.kept = kept;
        state.around = state.told.or(own);
    }

    /// A window says what it knows.
    pub(super) fn tell(&self, told: Surroundings) {
        self.state().told = told;
    }

    /// Whether it may begin.
    pub(crate) fn judge(&self, errand: Errand) -> Result<(), Holds> {
        let state = self.state();
        let (wish, spent) = (state.wish(errand), state.spent());
        let Errand { kind, bytes, .. } = errand;
        judge(kind, bytes, wish, &state.limits, spent, &state.around)
    }

    /// How many bytes of it may still come, and what ends there; none for no end.
    pub(crate) fn room(&self, errand: Errand) -> Option<(u64, Holds)> {
        let state = self.state();
        let Errand { kind, bytes, .. } = errand;
        left(
            kind,
            bytes,
            state.wish(errand),
            &state.limits,
            state.spent(),
        )
    }

    /// Whether it may go on.
    pub(crate) fn goes_on(&self, errand: Errand) -> Result<(), Holds> {
        match self.room(errand) {
            Some((0, why)) => Err(why),
            _ => Ok(()),
        }
    }

    /// The budget that is spent, if one is.
    pub(crate) fn used_up(&self) -> Option<Holds> {
        self.state().used_up()
    }

    pub(super) fn limits(&self) -> Limits {
        self.state().limits
    }

    pub(super) fn spent(&self) -> Spent {
        self.state().spent()
    }

    pub(super) fn around(&self) -> Surroundings {
        self.state().around
    }

    /// The battery is low, the device saves data, or a budget is spent: ask more rarely.
    pub(crate) fn sparing(&self) -> bool {
        let state = self.state();
        state.around.spares() || state.used_up().is_some()
    }

    /// Somebody wants everything, whatever it takes.
    pub(crate) fn wants_everything(&self) -> bool {
        self.state().everything > 0
    }

    /// Holds nothing back until the answer is dropped.
    pub(super) fn everything(&self) -> Everything<'_> {
        self.state().everything += 1;
        Everything(self)
    }

    /// A text was left for later.
    pub(crate) fn leave(&self, why: Holds, bytes: u64) {
        let mut state = self.state();
        let later = state.later.get_or_insert(Later {
            why,
            count: 0,
            bytes: 0,
        });
        later.why = later.why.min(why);
        later.count += 1;
        later.bytes = later.bytes.saturating_add(bytes);
    }

    /// Texts left for later by the last sync.
    pub(crate) fn later(&self) -> Option<Later> {
        self.state().later
    }

    /// A sync begins: what it leaves is told anew.
    pub(crate) fn begin(&self) {
        self.state().later = None;
    }
}

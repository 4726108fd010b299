//! Bytes received and sent, by day of the device and by kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DataKind, Spent};
use crate::conversation::Date;

/// Days that are remembered: the running month and the one before it.
pub const DAYS_KEPT: usize = 62;

/// The counters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spending {
    days: BTreeMap<Date, BTreeMap<DataKind, u64>>,
}

impl Spending {
    /// Adds bytes to a day as they are stored, whatever day it is.
    pub fn put(&mut self, day: Date, kind: DataKind, bytes: u64) {
        let counted = self.days.entry(day).or_default().entry(kind).or_default();
        *counted = counted.saturating_add(bytes);
    }

    /// Adds bytes moved on `today`. What a clock that ran ahead counted on days to come was moved by now:
    /// it becomes today's. Of all days the newest [`DAYS_KEPT`] stay.
    pub fn add(&mut self, today: Date, kind: DataKind, bytes: u64) {
        self.put(today, kind, bytes);
        let ahead: Vec<Date> = self
            .days
            .keys()
            .rev()
            .take_while(|day| **day > today)
            .copied()
            .collect();
        for day in ahead {
            for (kind, bytes) in self.days.remove(&day).unwrap_or_default() {
                self.put(today, kind, bytes);
            }
        }
        while self.days.len() > DAYS_KEPT {
            self.days.pop_first();
        }
    }

    /// What was spent as of `today`.
    pub fn spent(&self, today: Date) -> Spent {
        Spent {
            today: sum(self.days.get(&today)),
            month: self.month(today).values().sum(),
        }
    }

    /// The month of `today` so far, by kind.
    pub fn month(&self, today: Date) -> BTreeMap<DataKind, u64> {
        let mut all: BTreeMap<DataKind, u64> = BTreeMap::new();
        let this = |day: &&Date| **day <= today && month_of(**day) == month_of(today);
        for (_, counted) in self.days.iter().filter(|(day, _)| this(day)) {
            for (kind, bytes) in counted {
                let slot = all.entry(*kind).or_default();
                *slot = slot.saturating_add(*bytes);
            }
        }
        all
    }

    /// The days on which something went, newest first, of the last `count` days up to `today`.
    pub fn newest(&self, today: Date, count: u32) -> Vec<(Date, BTreeMap<DataKind, u64>)> {
        let recent = |day: &Date| *day <= today && day.plus(count) > today;
        let days = self.days.iter().rev().filter(|(day, _)| recent(day));
        days.map(|(day, counted)| (*day, counted.clone())).collect()
    }
}

fn sum(counted: Option<&BTreeMap<DataKind, u64>>) -> u64 {
    counted.map_or(0, |counted| counted.values().sum())
}

fn month_of(day: Date) -> (i64, i64) {
    let (year, month, _) = day.civil();
    (year, month)
}

//! Bytes received and sent, by day and month of this device.

use bantin_model::conversation::Date;
use serde::{Deserialize, Serialize};

/// Counters of the running day and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    /// The day `today_bytes` is about.
    pub day: Date,
    /// Bytes of that day.
    pub today_bytes: u64,
    /// Bytes of that day's month.
    pub month_bytes: u64,
}

impl Traffic {
    /// Adds bytes moved on `today`.
    pub fn add(&mut self, bytes: u64, today: Date) {
        self.turn(today);
        self.today_bytes = self.today_bytes.saturating_add(bytes);
        self.month_bytes = self.month_bytes.saturating_add(bytes);
    }

    /// (today, this month) as of `today`.
    pub fn read(mut self, today: Date) -> (u64, u64) {
        self.turn(today);
        (self.today_bytes, self.month_bytes)
    }

    fn turn(&mut self, today: Date) {
        if today == self.day {
            return;
        }
        let month = |date: Date| {
            let (year, month, _) = date.civil();
            (year, month)
        };
        if month(today) != month(self.day) {
            self.month_bytes = 0;
        }
        self.today_bytes = 0;
        self.day = today;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_new_day_and_a_new_month_begin_at_nothing() {
        let day = |text: &str| Date::try_from(text.to_owned()).unwrap();
        let mut traffic = Traffic::default();
        traffic.add(100, day("2026-11-29"));
        traffic.add(20, day("2026-11-30"));
        assert_eq!(
            traffic.read(day("2026-11-30")),
            (20, 120),
            "the month goes on"
        );
        assert_eq!(traffic.read(day("2026-12-01")), (0, 0), "December is new");
    }
}

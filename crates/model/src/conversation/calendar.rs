//! Days as people count them: local midnight to local midnight.

use serde::{Deserialize, Serialize};

use crate::time::Seconds;

/// A day, counted from 1970-01-01 (day 0); JSON is `YYYY-MM-DD`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Date(i64);

impl Date {
    /// The local day of a moment, `offset_minutes` east of Greenwich.
    pub fn of(at: Seconds, offset_minutes: i32) -> Self {
        let local = i64::try_from(at.0)
            .unwrap_or(i64::MAX)
            .saturating_add(i64::from(offset_minutes) * 60);
        Self(local.div_euclid(86_400))
    }

    /// The moment this day ends (24:00 local time).
    pub fn ends_at(self, offset_minutes: i32) -> Seconds {
        let local_end = self.0.saturating_add(1).saturating_mul(86_400);
        let end = local_end.saturating_sub(i64::from(offset_minutes) * 60);
        Seconds(u64::try_from(end).unwrap_or(0))
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i64 {
        self.0
    }

    /// `days` later.
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add(i64::from(days)))
    }

    /// Monday is 0, Sunday 6.
    pub fn weekday(self) -> i64 {
        // 1970-01-01 was a Thursday.
        self.0.saturating_add(3).rem_euclid(7)
    }

    /// The day with this year, month (1–12) and day of the month; none if there is no such day.
    pub fn from_civil(year: i64, month: i64, day: i64) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // Howard Hinnant's days_from_civil: years begin in March, so the leap day is the last.
        let shifted_year = if month <= 2 { year - 1 } else { year };
        let era = shifted_year.div_euclid(400);
        let year_of_era = shifted_year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let date = Self(era * 146_097 + day_of_era - 719_468);
        (date.civil() == (year, month, day)).then_some(date)
    }

    /// Year, month (1–12) and day of the month.
    pub fn civil(self) -> (i64, i64, i64) {
        let shifted = self.0.saturating_add(719_468);
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day)
    }
}

impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
        let mut next = || parts.next().flatten();
        let date = match (next(), next(), next()) {
            (Some(year), Some(month), Some(day)) => Self::from_civil(year, month, day),
            _ => None,
        };
        date.filter(|date| date.to_string() == text)
            .ok_or("a date is written YYYY-MM-DD")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn dates_are_the_calendars() {
        let known = [
            ("1970-01-01", 0, 3),
            ("2000-02-29", 11_016, 1),
            ("2025-07-01", 20_270, 1),
            ("2026-11-22", 20_779, 6),
        ];
        for (text, day, weekday) in known {
            let date = Date::try_from(text.to_string()).unwrap();
            assert_eq!(date, Date(day), "{text} is that many days after the first");
            assert_eq!(date.weekday(), weekday, "{text} falls on that weekday");
            assert_eq!(date.to_string(), text, "and is written as it was read");
        }
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-01",
            "hôm qua",
            "",
            "2026-01-01-01",
        ] {
            assert!(
                Date::try_from(wrong.to_string()).is_err(),
                "{wrong:?} is no day"
            );
        }
    }

    #[test]
    fn a_day_in_vietnam_ends_at_17_00_in_greenwich() {
        let date = Date::of(Seconds(1_795_370_400), 420);
        assert_eq!(
            Date::of(Seconds(date.ends_at(420).0 - 1), 420),
            date,
            "the last second is inside"
        );
        assert_eq!(
            Date::of(date.ends_at(420), 420),
            date.plus(1),
            "24:00 is the next day"
        );
        assert_eq!(
            date.ends_at(420).0 % 86_400,
            17 * 3600,
            "midnight in Hà Nội is 17:00 UTC"
        );
    }
}

//! Calendar days from seconds and back, in the time zone of the device. Small and ours: a calendar crate
//! would be a tenth of what the first route may weigh.

/// A day and a time of day as a clock on the wall shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year.
    pub year: i64,
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
    /// 0–23.
    pub hour: u8,
    /// 0–59.
    pub minute: u8,
}

/// Days since 1970-01-01 that lie before `at` in a zone `offset_s` seconds east of Greenwich.
pub fn day_number(at: u64, offset_s: i64) -> i64 {
    (i64::try_from(at).unwrap_or(i64::MAX / 2) + offset_s).div_euclid(86_400)
}

/// What the wall shows at `at` in a zone `offset_s` seconds east of Greenwich.
pub fn civil(at: u64, offset_s: i64) -> Civil {
    let local = i64::try_from(at).unwrap_or(i64::MAX / 2) + offset_s;
    let of_day = local.rem_euclid(86_400);
    // Howard Hinnant's days-to-civil: eras of 400 years that begin in March.
    let days = local.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    Civil {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month: u8::try_from(month).unwrap_or(1),
        day: u8::try_from(day).unwrap_or(1),
        hour: u8::try_from(of_day / 3600).unwrap_or(0),
        minute: u8::try_from(of_day % 3600 / 60).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_village_wall() {
        let vietnam = 7 * 3600;
        let cases = [
            (0, (1970, 1, 1, 7, 0)),
            // 2026-10-11T18:30:00Z is already the 12th in the village.
            (1_791_743_400, (2026, 10, 12, 1, 30)),
            (951_782_399, (2000, 2, 29, 6, 59)),
        ];
        for (at, (year, month, day, hour, minute)) in cases {
            let expected = Civil {
                year,
                month,
                day,
                hour,
                minute,
            };
            assert_eq!(civil(at, vietnam), expected, "{at} s on a wall in Vietnam");
        }
    }

    #[test]
    fn midnight_in_the_village_starts_a_new_day() {
        let vietnam = 7 * 3600;
        assert_eq!(
            day_number(16 * 3600 + 3599, vietnam),
            0,
            "22:59:59 UTC is 23:59 there"
        );
        assert_eq!(
            day_number(17 * 3600, vietnam),
            1,
            "17:00 UTC is midnight there"
        );
    }
}

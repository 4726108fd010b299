//! Moments as people say them: "2 giờ trước", "hôm qua", "12/10/2026".

use bantin_model::conversation::Date;
use bantin_model::time::Seconds;

use crate::t;

/// Minutes this device's zone lies east of Greenwich at `at`.
fn offset_minutes(at: Seconds) -> i32 {
    #[cfg(target_arch = "wasm32")]
    {
        let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.0 as f64 * 1000.0));
        -(date.get_timezone_offset() as i32)
    }
    // Off the browser only tests ask; they stand in Vietnam.
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = at;
        7 * 60
    }
}

/// The day that `at` lies in here.
fn day(at: Seconds) -> Date {
    Date::of(at, offset_minutes(at))
}

/// How long ago, in words: "vừa xong", "5 phút trước", "2 giờ trước", "hôm qua", then the date.
pub fn ago(at: Seconds, now: Seconds) -> String {
    let past = now.since(at);
    match past {
        0..60 => t!("ago-now"),
        60..3600 => t!("ago-minutes", count = past / 60),
        3600..86_400 => t!("ago-hours", count = past / 3600),
        _ => match sort_day(now) - sort_day(at) {
            ..=1 => t!("ago-yesterday"),
            days @ 2..=6 => t!("ago-days", count = days),
            _ => date(at),
        },
    }
}

/// A day: 12/10/2026.
pub fn date(at: Seconds) -> String {
    date_text(day(at).civil())
}

/// A time of day: 14:05.
pub fn clock(at: Seconds) -> String {
    // Zones lie less than a day from Greenwich: a day more keeps what is added above zero.
    let minutes = (at.0 / 60).saturating_add_signed(i64::from(offset_minutes(at)) + 24 * 60);
    format!("{}:{:02}", minutes / 60 % 24, minutes % 60)
}

/// A moment in a thread: the time if it was today, else day and time.
pub fn when(at: Seconds, now: Seconds) -> String {
    if day(at) == day(now) {
        return t!("when-today", clock = clock(at));
    }
    t!("when-day", date = date(at), clock = clock(at))
}

/// A day written `YYYY-MM-DD` in the way people read it; anything else stays as it is.
pub fn date_of_text(iso: &str) -> String {
    let mut parts = iso.split('-');
    let parsed = (|| {
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        Some((year, month, day))
    })();
    match parsed {
        Some(civil @ (_, 1..=12, _)) => date_text(civil),
        _ => iso.to_owned(),
    }
}

/// The day of `at` as a number that grows by one a day, in this device's zone.
pub fn sort_day(at: Seconds) -> i64 {
    day(at).number()
}

/// A month by its short name or number.
pub fn month_short(month: u8) -> String {
    t!("month-short", month = i64::from(month))
}

fn date_text((year, month, day): (i64, i64, i64)) -> String {
    // As text: a year is not grouped in thousands.
    t!(
        "date",
        day = day,
        day_two = format!("{day:02}"),
        month = month,
        month_two = format!("{month:02}"),
        year = year.to_string()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-10-12, 14:05 in Vietnam.
    const NOON: Seconds = Seconds(1_791_788_700);

    #[test]
    fn mai_reads_how_old_the_news_are() {
        crate::text::speak("vi");
        for (past, said) in [
            (0, "vừa xong"),
            (59, "vừa xong"),
            (60, "1 phút trước"),
            (2 * 3600, "2 giờ trước"),
            (86_400, "hôm qua"),
            (3 * 86_400, "3 ngày trước"),
            (10 * 86_400, "02/10/2026"),
        ] {
            let at = Seconds(NOON.0 - past);
            assert_eq!(ago(at, NOON), said, "{past} s ago");
        }
        assert_eq!(
            ago(NOON.plus(500), NOON),
            "vừa xong",
            "a clock that runs ahead never says 'in future'"
        );
    }

    #[test]
    fn days_and_clocks_are_those_of_the_village_wall() {
        crate::text::speak("vi");
        for (at, said) in [
            (0, "01/01/1970 7:00"),
            // 2026-10-11T18:30:00Z is already the 12th in the village.
            (1_791_743_400, "12/10/2026 1:30"),
            (951_782_399, "29/02/2000 6:59"),
        ] {
            let at = Seconds(at);
            assert_eq!(
                format!("{} {}", date(at), clock(at)),
                said,
                "{at:?} in Vietnam"
            );
        }
        let before_midnight = Seconds(16 * 3600 + 3599);
        assert_eq!(
            sort_day(before_midnight.plus(1)) - sort_day(before_midnight),
            1,
            "17:00 in Greenwich is midnight there"
        );
    }

    #[test]
    fn dates_are_written_the_way_each_language_does() {
        crate::text::speak("vi");
        assert_eq!(date(NOON), "12/10/2026", "day first in Vietnamese");
        assert_eq!(
            date_of_text("2026-01-31"),
            "31/01/2026",
            "days of documents too"
        );
        assert_eq!(
            date_of_text("khoảng tháng 3"),
            "khoảng tháng 3",
            "no date, no guess"
        );
        crate::text::speak("en");
        assert_eq!(
            date(NOON),
            "12 Oct 2026",
            "no English reader takes it for December"
        );
    }
}

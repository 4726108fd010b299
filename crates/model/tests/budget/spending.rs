//! Counters by day and kind, and clocks that jump.

use bantin_model::budget::{DAYS_KEPT, DataKind, Spending, Spent};
use bantin_model::conversation::Date;

fn day(text: &str) -> Date {
    Date::try_from(text.to_owned()).unwrap()
}

#[test]
fn a_new_day_and_a_new_month_begin_at_nothing() {
    let mut mai = Spending::default();
    mai.add(day("2026-11-29"), DataKind::Text, 100);
    mai.add(day("2026-11-30"), DataKind::Sound, 20);
    assert_eq!(
        mai.spent(day("2026-11-30")),
        Spent {
            today: 20,
            month: 120
        },
        "the month goes on"
    );
    assert_eq!(
        mai.spent(day("2026-12-01")),
        Spent::default(),
        "December is new"
    );
    let month = mai.month(day("2026-11-30"));
    assert_eq!(month[&DataKind::Text], 100, "each kind is told apart");
    let newest = mai.newest(day("2026-11-30"), 30);
    assert_eq!(
        newest[0].0,
        day("2026-11-30"),
        "the newest day stands first"
    );
    assert_eq!(newest.len(), 2, "a day without a byte is no line");
    assert_eq!(
        mai.newest(day("2026-12-29"), 30).len(),
        1,
        "the thirtieth day back is the last"
    );
}

#[test]
fn a_clock_that_ran_ahead_hides_nothing_and_forgets_nothing() {
    let mut mai = Spending::default();
    mai.add(day("2026-11-22"), DataKind::Text, 700);
    mai.add(day("2036-01-01"), DataKind::Text, 30);
    mai.add(day("2036-01-02"), DataKind::Sound, 5);
    assert_eq!(
        mai.spent(day("2026-11-22")).today,
        700,
        "the years between cost nothing"
    );
    mai.add(day("2026-11-22"), DataKind::Text, 1);
    let now = mai.spent(day("2026-11-22"));
    assert_eq!(
        now,
        Spent {
            today: 736,
            month: 736
        },
        "what the wrong clock counted was spent by now"
    );
    assert_eq!(
        mai.newest(day("2036-01-02"), 30),
        vec![],
        "and stands nowhere else"
    );
}

#[test]
fn a_clock_that_ran_ahead_for_months_does_not_push_out_the_running_one() {
    let mut mai = Spending::default();
    mai.add(day("2026-11-01"), DataKind::Text, 9);
    for number in 0..200 {
        mai.add(day("2026-11-02").plus(number), DataKind::Ask, 1);
    }
    let today = day("2026-11-02").plus(199);
    assert_eq!(
        mai.newest(today, 400).len(),
        DAYS_KEPT,
        "two months of days are kept, and no more"
    );
}

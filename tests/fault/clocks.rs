//! Clocks that are wrong by decades, one side at a time.

use bantin_tests::clock::{CLOCKS, meets};

const RIGHT: &str = "+0d";

fn offset(name: &str) -> &'static str {
    let found = CLOCKS.iter().find(|(known, _)| *known == name);
    found.expect("a clock").1
}

#[test]
fn a_phone_in_1970_loses_nothing() {
    assert_eq!(
        meets(offset("1970"), RIGHT),
        "",
        "question and answer are there"
    );
}

#[test]
fn a_phone_ten_years_ahead_loses_nothing() {
    assert_eq!(
        meets(offset("ten years ahead"), RIGHT),
        "",
        "question and answer are there"
    );
}

#[test]
fn a_hub_two_years_ahead_loses_nothing() {
    assert_eq!(
        meets(RIGHT, offset("two years ahead")),
        "",
        "question and answer are there"
    );
}

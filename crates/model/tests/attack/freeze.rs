//! Freeze: the attacker lets nothing new through, or plays with the clock. News stay readable; what the
//! phone must not do is take them for fresh.

use bantin_model::feed::HEAD_LIFE_S;
use bantin_model::time::{Seconds, clock_looks_wrong, judged_now, newest_signed, signed_time_kept};

use crate::country::{Country, NOW, notice, place};
use crate::phone::{COMMUNE, Phone};

#[test]
fn an_old_head_stays_readable_and_is_old_after_its_time() {
    let country = Country::new();
    let mut mai = Phone::paired(&country);
    mai.now = NOW.plus(9 * Seconds::DAY);
    let summary = mai.sync_with(&country);
    assert!(summary.troubles.is_empty(), "old is not false: it is shown");
    let head = mai.judge(&country.document()).unwrap().heads[2]
        .head
        .clone();
    assert_eq!(
        head.expires_at,
        NOW.plus(HEAD_LIFE_S),
        "a head says itself until when it is fresh"
    );
    assert!(
        judged_now(mai.now, head.issued_at) >= head.expires_at,
        "nine days later it must be shown as old"
    );
}

#[test]
fn a_head_kept_back_makes_the_phone_doubt_its_clock() {
    let country = Country::new();
    let mut mai = Phone::paired(&country);
    mai.now = NOW.plus(3600);
    mai.sync_with(&country);
    assert!(!mai.clock_wrong, "an hour is nothing");
    mai.known.clear();
    mai.now = NOW.plus(3 * Seconds::DAY);
    mai.sync_with(&country);
    assert!(
        mai.clock_wrong,
        "hubs sign daily: three days between head and clock are said aloud"
    );
}

#[test]
fn turning_the_clock_back_makes_nothing_fresh() {
    let signed = NOW;
    let turned_back = Seconds(0);
    assert_eq!(
        judged_now(turned_back, signed),
        signed,
        "time never goes below the newest signed time seen"
    );
    assert!(clock_looks_wrong(turned_back, signed));
}

#[test]
fn a_head_from_the_future_within_its_grant_is_named_by_the_clock() {
    let mut country = Country::new();
    let key = country.nodes[2].key.clone();
    let later = NOW.plus(30 * Seconds::DAY);
    country.nodes[2].head = country.nodes[2].author.sign(later, &key).1;
    let mut mai = Phone::paired(&country);
    mai.sync_with(&country);
    assert!(
        mai.clock_wrong,
        "a head dated a month ahead is not silently taken for today's"
    );
}

#[test]
fn one_hub_with_a_clock_years_ahead_does_not_take_the_phones_along() {
    let ahead = NOW.plus(10 * 365 * Seconds::DAY);
    let mut country = Country::new();
    let mut mai = Phone::paired(&country);
    assert_eq!(
        mai.judge(&country.document()).unwrap().newest_signed,
        NOW,
        "all three hubs agree"
    );
    country.commune().at = ahead;
    let village = place(COMMUNE);
    country.commune().put(&notice(&village, 5, "Lịch tiêm"));
    let verified = mai.judge(&country.document()).unwrap();
    assert_eq!(
        verified.heads.len(),
        3,
        "a wrong clock is no lie: its news count"
    );
    assert_eq!(
        verified.newest_signed, NOW,
        "or every certificate on Mai's phone, and every connection, would end with it"
    );
    // Where all hubs say so, it is the phone that stands still.
    country.nodes[0].at = ahead;
    country.nodes[0].put(&notice(&place("vn"), 6, "Bầu cử"));
    let verified = mai.judge(&country.document()).unwrap();
    assert_eq!(
        verified.newest_signed, ahead,
        "two that come near each other are believed"
    );
    mai.sync_with(&country);
    assert!(mai.clock_wrong, "and the phone says that its clock is off");
}

#[test]
fn signed_time_goes_back_only_from_a_clock_that_was_wrong() {
    let day = Seconds::DAY;
    let at = |days: u64| Seconds(NOW.0 + days * day);
    for (path, newest, why) in [
        (vec![], Seconds(0), "nothing is held"),
        (
            vec![at(3000)],
            at(3000),
            "one hub for all: nothing to compare with",
        ),
        (
            vec![at(0), at(100)],
            at(100),
            "a line that was cut for months",
        ),
        (vec![at(0), at(181)], at(0), "nobody near"),
        (vec![at(190), at(0), at(1)], at(1), "in any order"),
        (vec![at(900), at(0), at(899)], at(900), "one is near"),
    ] {
        assert_eq!(newest_signed(path.into_iter()), newest, "{why}");
    }
    for (held, signed, kept, why) in [
        (
            at(10),
            at(3),
            at(10),
            "an older place is followed: time does not go back",
        ),
        (at(3), at(10), at(10), "time goes on"),
        (at(3650), at(10), at(10), "the hub's clock was set right"),
    ] {
        assert_eq!(signed_time_kept(held, signed), kept, "{why}");
    }
}

//! Freeze: the attacker lets nothing new through, or plays with the clock. News stay readable; what the
//! phone must not do is take them for fresh.

use bantin_model::feed::HEAD_LIFE_S;
use bantin_model::time::{Seconds, clock_looks_wrong, judged_now};

use crate::country::{Country, NOW};
use crate::phone::Phone;

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

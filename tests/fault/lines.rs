//! Some of the bad lines; `./x soak` has them all.

use bantin_tests::network::{COST_MAX, Fair, PROFILES, named};

#[test]
fn bad_lines_carry_everything_at_little_more() {
    let fair = Fair::new();
    for name in [
        "cut every 256 KB",
        "packets of 576 bytes",
        "a third refused",
        "sign-in page at a third",
        "a tenth of answers too short",
        "market day",
    ] {
        let crossing = fair.on(named(name).expect("a profile"), 1);
        assert_eq!(crossing.wrong, "", "everything arrives: {crossing:?}");
        assert!(crossing.cost <= COST_MAX, "and costs little: {crossing:?}");
    }
}

#[test]
fn there_are_thirty_profiles_of_different_names() {
    let names: std::collections::BTreeSet<_> = PROFILES.iter().map(|p| p.name).collect();
    assert_eq!(
        (PROFILES.len(), names.len()),
        (30, 30),
        "as the long form says"
    );
}

/// The planted bug: a phone that begins anew after each cut. It is told by its cost.
#[test]
fn starting_over_after_each_cut_would_be_seen() {
    let fair = Fair::new();
    let profile = named("cut every 256 KB").expect("a profile");
    let crossing = fair.forgetting_on(profile, 1);
    assert!(
        !crossing.holds(),
        "a phone that keeps nothing of a broken sync pays for it: {crossing:?}"
    );
}

//! Kills, power cuts, full disks and failing syncs at points spread over a whole small story.

use std::sync::LazyLock;

use bantin_tests::disk::{Calls, Deed, When};
use bantin_tests::errand::{
    Broken, Bug, Counts, Errand, Point, Side, Step, enospc, kills, syncs_that_fail,
};

static COUNTS: LazyLock<Counts> = LazyLock::new(Errand::counts);

fn holds(points: &[Point]) {
    let mut hit = 0;
    for point in points {
        let mut errand = Errand::new(Some(*point));
        let told = errand.tell();
        assert_eq!(told, Ok(()), "the story ends well after {point:?}");
        assert_eq!(
            errand.broken(),
            Broken::default(),
            "what was acknowledged is there once after {point:?}, ledger {:?}",
            errand.ledger
        );
        hit += usize::from(errand.was_hit());
    }
    assert!(
        hit * 4 >= points.len() * 3,
        "most faults come to pass, or nothing was tried: {hit} of {}",
        points.len()
    );
}

#[test]
fn our_library_stands_between_sqlite_and_libc() {
    let counts = *COUNTS;
    assert!(
        counts.writes.fewest() > 40 && counts.syncs.fewest() > 8,
        "a story with three databases writes and syncs a lot: {counts:?}"
    );
}

#[test]
fn kills_and_power_cuts_lose_nothing() {
    holds(&kills(12, 0, &COUNTS));
}

#[test]
fn full_disks_lose_nothing() {
    holds(&enospc(6, 0, &COUNTS));
}

#[test]
fn syncs_that_fail_lose_nothing() {
    holds(&syncs_that_fail(3, 0, &COUNTS));
}

/// The bug: the disk answers a sync that it has not done, as if the program acknowledged before it.
#[test]
fn a_hub_that_acknowledges_before_the_disk_has_it_is_caught() {
    let after_the_answer = COUNTS.of(Side::Hub) - 30;
    let point = |lie| Point {
        side: Side::Hub,
        calls: Calls::All,
        when: When::At(after_the_answer),
        deed: Deed::Power,
        lie,
    };
    holds(&[point(false)]);
    let mut errand = Errand::new(Some(point(true)));
    let told = errand.tell();
    assert!(
        told.is_err() || errand.broken() != Broken::default(),
        "the oracle sees that something acknowledged is gone"
    );
}

#[test]
fn a_phone_that_says_saved_before_the_disk_has_it_is_caught() {
    let point = |lie| Point {
        side: Side::Phone,
        calls: Calls::All,
        when: When::Exit,
        deed: Deed::Power,
        lie,
    };
    holds(&[point(false)]);
    let mut errand = Errand::new(Some(point(true)));
    let told = errand.tell();
    assert!(
        told.is_err() || errand.broken() != Broken::default(),
        "the oracle sees that something acknowledged is gone"
    );
}

/// What the oracle finds after an errand whose carrier is killed right before `step`, or by nobody.
fn found(bug: Option<Bug>, step: Option<Step>) -> Result<(), String> {
    let mut errand = Errand::new(None);
    if let Some(bug) = bug {
        errand = errand.with(bug);
    }
    if let Some(step) = step {
        errand = errand.killed_before(step);
    }
    errand.tell()?;
    match errand.broken() {
        Broken(what) if what.is_empty() => Ok(()),
        Broken(what) => Err(what),
    }
}

/// Only a kill at the right moment shows what a carrier forgets.
fn is_caught_by_a_kill(bug: Bug, step: Step) {
    assert_eq!(found(None, Some(step)), Ok(()), "ours forgets nothing");
    assert_eq!(found(Some(bug), None), Ok(()), "without a kill nobody sees");
    assert!(
        found(Some(bug), Some(step)).is_err(),
        "the oracle sees what {bug:?} lost"
    );
}

#[test]
fn a_carrier_that_forgets_to_send_a_letter_again_is_caught() {
    is_caught_by_a_kill(Bug::ForgetsLetters, Step::CarryUp);
}

#[test]
fn a_carrier_that_forgets_to_look_for_answers_again_is_caught() {
    is_caught_by_a_kill(Bug::ForgetsAnswers, Step::Publish);
}

//! The rows of the report: those of `./x bench`, with what a run that was cut short may not claim.

use bantin_row::{Bound, Row};

/// How much was done of `wanted`. Less is no failure, and proves nothing.
pub fn done(name: &str, unit: &str, done: u64, wanted: u64) -> Row {
    let whole = done >= wanted;
    let note = if whole { "" } else { "cut short" };
    let row = Row::new(name, unit, done as f64).goal(Bound::OursAtLeast, wanted as f64);
    Row {
        holds: whole.then_some(true),
        ..row.noted(note)
    }
}

/// Something of which there may be at most `most`. A breach counts always, its absence only of a `whole` run.
pub fn at_most(name: &str, unit: &str, ours: f64, most: f64, whole: bool, note: &str) -> Row {
    Row::new(name, unit, ours)
        .goal(Bound::OursAtMost, most)
        .proven_if(whole)
        .noted(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_was_cut_short_never_claims_its_goal() {
        assert_eq!(done("kills", "points", 1_999, 2_000).holds, None);
        assert_eq!(at_most("lost", "", 0.0, 0.0, false, "").holds, None);
        let broken = at_most("lost", "", 1.0, 0.0, false, "");
        assert_eq!(broken.holds, Some(false), "but one loss is a loss");
        assert_eq!(done("kills", "points", 2_000, 2_000).holds, Some(true));
    }
}

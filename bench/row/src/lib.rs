//! One figure, what it is held against, and whether a goal was kept: what `./x bench --json` and `./x soak --json`
//! give, one object a row.

mod sample;
mod table;

use serde::Serialize;

pub use sample::{median, percentile};
pub use table::table;

/// What a goal bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// `ours` may be no more.
    OursAtMost,
    /// `ours` may be no less.
    OursAtLeast,
    /// `ours ÷ peer` may be no more.
    RatioAtMost,
    /// `ours ÷ peer` may be no less.
    RatioAtLeast,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What was done and what was counted, such as `first-sync/down`.
    pub name: String,
    /// Of `ours`, `peer` and `range`: `bytes`, `s`, `ms`, `KiB`, `requests`, `×` of a share.
    pub unit: String,
    /// The figure; of something measured several times, the median.
    pub ours: f64,
    /// The same work done by the peer, or another figure of ours that this is held against; none if it did not run.
    pub peer: Option<f64>,
    /// Who or what `peer` is; empty if there is nothing to hold this against.
    pub peer_is: String,
    /// `ours ÷ peer`; none without a peer.
    pub ratio: Option<f64>,
    /// The limit, where the project has set itself one.
    pub goal: Option<f64>,
    /// What the limit bounds.
    pub bound: Option<Bound>,
    /// Whether it was kept in this run; none without a goal, and none if the peer did not run.
    pub holds: Option<bool>,
    /// Smallest and largest of ours, of what was done several times.
    pub range: Option<(f64, f64)>,
    /// How it was had, or what it must be read with.
    pub note: String,
}

impl Row {
    /// A row of a count.
    pub fn new(name: &str, unit: &str, ours: f64) -> Self {
        Self {
            name: name.into(),
            unit: unit.into(),
            ours,
            peer: None,
            peer_is: String::new(),
            ratio: None,
            goal: None,
            bound: None,
            holds: None,
            range: None,
            note: String::new(),
        }
    }

    /// A row of something measured several times: the median between the smallest and the largest.
    pub fn of_many(name: &str, unit: &str, measured: &[f64]) -> Self {
        let range = sample::range(measured).filter(|_| measured.len() > 1);
        Self {
            range,
            ..Self::new(name, unit, median(measured))
        }
    }

    /// The same with a note.
    pub fn noted(mut self, note: &str) -> Self {
        self.note = note.into();
        self
    }

    /// The same beside what `peer` took; none if the peer could not be run, which is then said.
    pub fn beside(mut self, peer: &str, took: Option<f64>) -> Self {
        self.peer_is = peer.into();
        self.peer = took;
        self.ratio = took
            .map(|took| self.ours / took)
            .filter(|ratio| ratio.is_finite());
        self.judged()
    }

    /// The same with a limit.
    pub fn goal(mut self, bound: Bound, goal: f64) -> Self {
        self.bound = Some(bound);
        self.goal = Some(goal);
        self.judged()
    }

    /// The same, of a run that was `whole` or was cut short. A goal that was missed stays missed; that one was kept
    /// proves only a whole run.
    pub fn proven_if(mut self, whole: bool) -> Self {
        self.holds = self.holds.filter(|holds| whole || !holds);
        self
    }

    fn judged(mut self) -> Self {
        let held = match self.bound {
            None => None,
            Some(Bound::OursAtMost | Bound::OursAtLeast) => Some(self.ours),
            Some(Bound::RatioAtMost | Bound::RatioAtLeast) => self.ratio,
        };
        self.holds = held.zip(self.goal).map(|(held, goal)| match self.bound {
            Some(Bound::OursAtLeast | Bound::RatioAtLeast) => held >= goal,
            _ => held <= goal,
        });
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_goal_is_of_ours_or_of_the_ratio_and_of_either_side() {
        let slow = Row::new("search", "ms", 21.0).goal(Bound::OursAtMost, 20.0);
        assert_eq!(slow.holds, Some(false), "21 is more than 20");
        let whole = Row::new("recall", "×", 1.0).goal(Bound::OursAtLeast, 1.0);
        assert_eq!(whole.holds, Some(true), "exactly all is all");
        let beside = |took| Row::new("sync", "bytes", 30.0).beside("PouchDB", took);
        let kept = beside(Some(100.0)).goal(Bound::RatioAtMost, 0.35);
        assert_eq!((kept.ratio, kept.holds), (Some(0.3), Some(true)));
        let rate = beside(Some(100.0)).goal(Bound::RatioAtLeast, 0.6);
        assert_eq!(rate.holds, Some(false), "a rate must not fall below");
        let turned = Row::new("sync", "bytes", 30.0)
            .goal(Bound::RatioAtMost, 0.35)
            .beside("PouchDB", Some(100.0));
        assert_eq!(turned.holds, kept.holds, "in whatever order a row is made");
    }

    #[test]
    fn a_peer_that_did_not_run_is_never_a_figure() {
        let row = Row::new("sync", "bytes", 30.0)
            .beside("PouchDB", None)
            .goal(Bound::RatioAtMost, 0.35);
        assert_eq!((row.peer, row.ratio, row.holds), (None, None, None));
        assert!(
            table(&[row]).contains("not run"),
            "a reader sees that nothing was compared"
        );
        let nothing = Row::new("sync", "bytes", 30.0).beside("PouchDB", Some(0.0));
        assert_eq!(nothing.ratio, None, "JSON knows no infinity");
    }

    #[test]
    fn a_run_that_was_cut_short_never_claims_its_goal() {
        let kills = |done| Row::new("kills", "kills", done).goal(Bound::OursAtLeast, 2_000.0);
        assert_eq!(kills(2_000.0).proven_if(true).holds, Some(true));
        let lost = |lost| Row::new("lost", "letters", lost).goal(Bound::OursAtMost, 0.0);
        assert_eq!(lost(0.0).proven_if(false).holds, None, "none lost so far");
        assert_eq!(
            lost(1.0).proven_if(false).holds,
            Some(false),
            "but one loss is a loss"
        );
    }

    #[test]
    fn every_row_of_json_has_every_key() {
        let bare = serde_json::to_value(Row::new("list", "s", 0.01)).unwrap();
        let keys: Vec<&String> = bare.as_object().unwrap().keys().collect();
        let wanted = [
            "name", "unit", "ours", "peer", "peer_is", "ratio", "goal", "bound", "holds", "range",
            "note",
        ];
        for key in wanted {
            assert!(bare.get(key).is_some(), "{key} is missing: scripts read it");
        }
        assert_eq!(keys.len(), wanted.len(), "a new key is written down here");
        let full = Row::of_many("sync/time", "s", &[3.0, 1.0, 2.0])
            .beside("PouchDB", Some(8.0))
            .goal(Bound::RatioAtMost, 0.2);
        let full = serde_json::to_value(full).unwrap();
        assert_eq!(full["ratio"], 0.25);
        assert_eq!(full["bound"], "ratio-at-most");
        assert_eq!(full["holds"], false);
        assert_eq!(full["range"], serde_json::json!([1.0, 3.0]));
    }
}

//! One piece of work as one side did it.

use std::collections::BTreeMap;

use crate::meter::Traffic;
use bantin_row::{Row, median};

/// What a side did, by the name of the work.
#[derive(Debug, Default)]
pub(super) struct Steps(BTreeMap<&'static str, Step>);

/// What passed, and how long it took, every time it was done.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    pub(super) passed: Traffic,
    pub(super) seconds: Vec<f64>,
    /// The most memory it held, of ours.
    pub(super) peak_kib: Option<u64>,
}

impl Steps {
    /// Adds one; of what is done several times, the first one's traffic counts and all times.
    pub(super) fn add(&mut self, name: &'static str, passed: Traffic, seconds: f64) -> &mut Step {
        let step = self.0.entry(name).or_default();
        if step.seconds.is_empty() {
            step.passed = passed;
        }
        step.seconds.push(seconds);
        step
    }

    /// The work of that name; nothing if it was not done.
    pub(super) fn of(&self, name: &str) -> Option<&Step> {
        self.0.get(name)
    }

    /// Bytes up and down of the work of that name.
    pub(super) fn bytes(&self, name: &str) -> Option<f64> {
        self.of(name).map(|step| step.passed.bytes() as f64)
    }

    /// Median time of the work of that name.
    pub(super) fn seconds(&self, name: &str) -> Option<f64> {
        self.of(name).map(|step| median(&step.seconds))
    }
}

impl Step {
    /// A row of bytes both ways, beside the same work of the peer.
    pub(super) fn bytes_row(&self, name: &str, peer: &str, theirs: Option<f64>) -> Row {
        let passed = &self.passed;
        let note = format!("{} up, {} down", passed.up_bytes, passed.down_bytes);
        Row::new(&format!("{name}/bytes"), "bytes", passed.bytes() as f64)
            .beside(peer, theirs)
            .noted(&note)
    }
}

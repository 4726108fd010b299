//! The rows that only count: requests, times, memory, disk syncs.

use super::POUCH;
use super::step::Steps;
use bantin_row::{Bound, Row};

/// Memory of a sync, in KiB.
const MEMORY_KIB: f64 = 80.0 * 1024.0;
/// How disk syncs were counted.
const TRACED: &str = "fsync, fdatasync, sync_file_range; a second run under strace";

const STEPS: [(&str, &str); 6] = [
    ("first-sync", "bantin follow, bantin sync"),
    ("nothing-new", "bantin sync"),
    ("ten-changed", "bantin sync"),
    ("letter", "bantin ask, bantin send"),
    ("nothing-new-mail", "bantin sync"),
    (
        "photos",
        "three times bantin ask, bantin send; most of it makes photos small",
    ),
];

/// What else is known of each step.
pub(super) fn rows(ours: &Steps, peer: &Steps) -> Vec<Row> {
    let steps = STEPS.into_iter();
    steps
        .flat_map(|(name, how)| step(ours, peer, name, how))
        .collect()
}

fn step(ours: &Steps, peer: &Steps, name: &str, how: &str) -> Vec<Row> {
    let Some(step) = ours.of(name) else {
        return Vec::new();
    };
    let of = |what: &str| format!("{name}/{what}");
    let passed = &step.passed;
    // The peer has no mailbox: what it does when nothing is new is one and the same.
    let their_name = if name == "nothing-new-mail" {
        "nothing-new"
    } else {
        name
    };
    let theirs = peer.of(their_name);
    let mut rows = Vec::new();
    if name != "letter" {
        let row = Row::new(&of("requests"), "requests", passed.requests.len() as f64);
        let theirs = theirs.map(|theirs| theirs.passed.requests.len() as f64);
        rows.push(row.beside(POUCH, theirs).noted(&passed.kinds()));
    }
    rows.push(
        Row::new(&of("connections"), "connections", passed.connections as f64)
            .noted("TCP; every command opens its own, the app keeps one open"),
    );
    if name != "first-sync" {
        let row = Row::of_many(&of("time"), "s", &step.seconds);
        rows.push(row.beside(POUCH, peer.seconds(their_name)).noted(how));
    }
    if let Some(kib) = step.peak_kib {
        let memory = Row::new(&of("memory"), "KiB", kib as f64);
        // The goal is one of sync and search; a photo of many pixels takes what its pixels take.
        rows.push(match name {
            "photos" => memory.noted("resident memory of bantin, decoding photos included"),
            _ => memory
                .goal(Bound::OursAtMost, MEMORY_KIB)
                .noted("resident memory of the whole bantin process at its peak"),
        });
    }
    rows
}

/// Disk syncs of phone and hub.
pub(super) fn syncs(counted: &[(&'static str, Option<u64>, Option<u64>)]) -> Vec<Row> {
    let row = |name: &str, what: &str, syncs: Option<u64>| {
        let row = |syncs| Row::new(&format!("{name}/{what}"), "disk syncs", syncs as f64);
        syncs.map(|syncs| row(syncs).noted(TRACED))
    };
    let each = counted.iter().flat_map(|(name, phone, hub)| {
        [
            row(name, "phone-disk-syncs", *phone),
            row(name, "hub-disk-syncs", *hub),
        ]
    });
    each.flatten().collect()
}

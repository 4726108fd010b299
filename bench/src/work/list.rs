//! From the start of the program to the first list on a phone that has everything.

use std::process::Stdio;
use std::time::Instant;

use anyhow::ensure;

use crate::village::Phone;
use bantin_row::Row;

/// Starts measured, after one that warms the disk cache.
const RUNS: usize = 11;

/// `bantin list` as a whole process.
pub(super) fn measure(phone: &Phone) -> anyhow::Result<Vec<Row>> {
    let mut seconds = Vec::with_capacity(RUNS);
    for run in 0..=RUNS {
        let mut list = phone.command(&["list"])?;
        list.stdin(Stdio::null()).stderr(Stdio::inherit());
        let started = Instant::now();
        let output = list.output()?;
        let took = started.elapsed().as_secs_f64();
        let cards: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout)?;
        ensure!(!cards.is_empty(), "the list is empty");
        if run > 0 {
            seconds.push(took);
        }
    }
    let note = "bantin list, start to end of the process, 50 cards";
    let list = Row::of_many("list/cold-start", "s", &seconds).noted(note);
    let mut rows = vec![list];
    if let Some(kib) = phone.run(&["list"])?.peak_kib {
        let note = "resident memory of bantin list";
        rows.push(Row::new("list/memory", "KiB", kib as f64).noted(note));
    }
    Ok(rows)
}

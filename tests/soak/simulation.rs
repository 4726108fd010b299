//! The simulation, played by its own program.

use std::process::Stdio;
use std::time::Instant;

use bantin_row::Row;
use bantin_tests::programs::program;
use serde_json::Value;

use super::Terms;
use super::row::{at_most, done};
use super::run::progress;

/// Seeds of the simulation, and how many of them are played twice.
const SEEDS: u64 = 100_000;
const REPLAYED: u64 = 100;
/// Seeds of one call of the program.
const AT_ONCE: u64 = SEEDS / REPLAYED;

/// A thousand seeds at a time.
pub fn all(terms: &Terms) -> Vec<Row> {
    let start = Instant::now();
    let (mut played, mut replayed, mut broken, mut differ) = (0, 0, Vec::new(), 0);
    let first = (terms.seed - 1) * SEEDS;
    while played < SEEDS && terms.deadline.is_none_or(|at| Instant::now() < at) {
        let from = first + played;
        let seeds = format!("{from}..{}", from + AT_ONCE);
        let mut command = program("bantin-simulation");
        command
            .args(["run", "--json", "--replay", "1", "--seeds", &seeds])
            .args(["--threads", &terms.jobs.to_string()])
            .stdin(Stdio::null())
            .stderr(Stdio::null());
        let output = command.output().expect("bantin-simulation starts");
        let Ok(said) = serde_json::from_slice::<Value>(&output.stdout) else {
            broken.push(format!("seeds {seeds}: the program ended without a word"));
            break;
        };
        played += said["seeds"].as_u64().unwrap_or(0);
        replayed += said["replayed"].as_u64().unwrap_or(0);
        differ += said["differ"].as_array().map_or(0, Vec::len);
        let more = said["broken"].as_array().cloned().unwrap_or_default();
        broken.extend(more.iter().map(Value::to_string));
        progress("simulation", played, SEEDS, start.elapsed());
        if !broken.is_empty() {
            break;
        }
    }
    let whole = played >= SEEDS;
    let note = broken.first().cloned().unwrap_or_default();
    vec![
        done("simulation", "seeds", played, SEEDS),
        at_most(
            "simulation/broken",
            "seeds",
            broken.len() as f64,
            0.0,
            whole,
            &note,
        ),
        done("simulation/replayed", "seeds", replayed, REPLAYED),
        at_most("simulation/differ", "seeds", differ as f64, 0.0, whole, ""),
    ]
}

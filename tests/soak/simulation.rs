//! The simulation, played by its own program.

use std::process::Stdio;

use bantin_row::Row;
use bantin_tests::programs::program;
use serde_json::Value;

use super::Terms;
use super::row::{at_most, done};
use super::run::run;

/// Seeds of the simulation, and how many of them are played twice: one of each call of the program.
const SEEDS: u64 = 100_000;
const REPLAYED: u64 = 100;
const AT_ONCE: u64 = SEEDS / REPLAYED;

/// A thousand seeds at a time, one call for each processor.
pub fn all(terms: &Terms<'_>) -> Vec<Row> {
    let run = run(REPLAYED, terms, |number| {
        let from = (terms.seed - 1) * SEEDS + number * AT_ONCE;
        play(&format!("{from}..{}", from + AT_ONCE))
    });
    let broken: Vec<String> = run
        .wrong()
        .into_iter()
        .chain(run.well().flat_map(|played| all_of(played, "broken")))
        .collect();
    let differ: Vec<String> = run.well().flat_map(|p| all_of(p, "differ")).collect();
    let sum = |field: &str| {
        let counts = run.well().filter_map(|played| played[field].as_u64());
        counts.sum::<u64>()
    };
    let whole = run.is_whole();
    let none = |name: &str, found: &[String]| {
        let note = found.first().cloned().unwrap_or_default();
        at_most(name, "seeds", found.len() as f64, 0.0, whole, &note)
    };
    vec![
        done("simulation", "seeds", sum("seeds"), SEEDS),
        none("simulation/broken", &broken),
        done("simulation/replayed", "seeds", sum("replayed"), REPLAYED),
        none("simulation/differ", &differ),
    ]
}

fn all_of(played: &Value, field: &str) -> Vec<String> {
    let all = played[field].as_array().cloned().unwrap_or_default();
    all.iter().map(Value::to_string).collect()
}

/// Plays `seeds`, one of them twice. A broken seed is told of with the others, so that the rest still counts.
fn play(seeds: &str) -> Result<Value, String> {
    let mut command = program("bantin-simulation");
    command
        .args(["run", "--json", "--replay", "1", "--threads", "1"])
        .args(["--seeds", seeds])
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    let output = command.output().expect("bantin-simulation starts");
    let said: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("seeds {seeds}: the program ended without a word"))?;
    for broken in said["broken"].as_array().into_iter().flatten() {
        eprintln!(
            "\rsimulation: seed {} is broken: {}",
            broken["seed"], broken["why"]
        );
    }
    Ok(said)
}

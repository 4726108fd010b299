//! The fuzz targets, run by their own program, a piece of a target at a time: two processors fuzz two of them.

use std::collections::BTreeMap;
use std::process::Stdio;

use bantin_row::Row;
use bantin_tests::programs::{artifacts, program};
use serde_json::Value;

use super::Terms;
use super::row::{at_most, done};
use super::run::run;

/// Pieces of each target.
const PIECES: u64 = 100;

/// What one input may cost, in megabytes of 2^20 bytes.
const MEMORY_MAX_MB: f64 = 64.0;

/// A piece of every target, then the next piece of every target: a run that is cut short has then seen all of them.
pub fn all(terms: &Terms<'_>) -> Vec<Row> {
    let targets = targets();
    let many = targets.len() as u64;
    let run = run(many * PIECES, terms, |number| {
        let (target, inputs) = &targets[(number % many) as usize];
        let at_once = inputs.div_ceil(PIECES);
        piece(target, number / many * at_once, at_once, terms.seed)
    });
    let mut reports: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for report in run.well() {
        let name = report["target"].as_str().unwrap_or_default();
        reports.entry(name).or_default().push(report);
    }
    let mut rows: Vec<Row> = targets
        .iter()
        .flat_map(|(name, inputs)| {
            let pieces = reports.remove(name.as_str()).unwrap_or_default();
            of_target(name, *inputs, &pieces)
        })
        .collect();
    let wrong = run.wrong();
    let note = wrong.first().cloned().unwrap_or_default();
    let ended = wrong.len() as f64;
    rows.push(at_most(
        "fuzz/broken",
        "pieces",
        ended,
        0.0,
        run.is_whole(),
        &note,
    ));
    rows
}

/// Names and inputs of the long form.
fn targets() -> Vec<(String, u64)> {
    let output = program("bantin-fuzz").arg("list").output();
    let text = output.expect("bantin-fuzz starts").stdout;
    let text = String::from_utf8(text).expect("names are text");
    let target = |line: &str| {
        let (name, inputs) = line.split_once(' ')?;
        Some((name.to_owned(), inputs.trim().parse().ok()?))
    };
    text.lines().filter_map(target).collect()
}

fn piece(target: &str, from: u64, inputs: u64, seed: u64) -> Result<Value, String> {
    let mut command = program("bantin-fuzz");
    command.args(["run", target, "--json"]);
    command.args(["--seed", &seed.to_string()]);
    command.args(["--from", &from.to_string()]);
    command.args(["--inputs", &inputs.to_string()]);
    command.arg("--kept").arg(artifacts("fuzz"));
    command.stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().expect("bantin-fuzz starts");
    let report: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("{target} from {from}: the program ended without a word"))?;
    if !report["finding"].is_null() {
        eprintln!("\rfuzz/{target}: {}", report["finding"]);
    }
    Ok(report)
}

fn of_target(target: &str, wanted: u64, pieces: &[&Value]) -> Vec<Row> {
    let name = format!("fuzz/{target}");
    let numbers = |field: &'static str| {
        let all = pieces.iter().map(move |piece| piece[field].as_f64());
        all.map(Option::unwrap_or_default)
    };
    let inputs: f64 = numbers("inputs").sum();
    let seconds: f64 = numbers("inputs")
        .zip(numbers("per_second"))
        .map(|(inputs, rate)| inputs / rate.max(f64::MIN_POSITIVE))
        .sum();
    let accepted: f64 = numbers("inputs")
        .zip(numbers("accepted"))
        .map(|(inputs, share)| inputs * share)
        .sum();
    let most = |field| numbers(field).fold(0.0, f64::max);
    let whole = inputs >= wanted as f64;
    let found: Vec<String> = pieces
        .iter()
        .filter(|piece| !piece["finding"].is_null())
        .map(|piece| format!("{} {}", piece["finding"], piece["kept"]))
        .collect();
    let rate = format!(
        "{:.0} a second, {:.1}% accepted, slowest {:.1} ms",
        inputs / seconds.max(f64::MIN_POSITIVE),
        100.0 * accepted / inputs.max(1.0),
        most("slowest_us") / 1e3
    );
    let mut all = done(&name, "inputs", inputs as u64, wanted);
    all.note = format!("{} {rate}", all.note).trim().to_owned();
    let what = found.first().cloned().unwrap_or_default();
    let count = found.len() as f64;
    let peak = most("peak_bytes") / f64::from(1 << 20);
    vec![
        all,
        at_most(
            &format!("{name}/findings"),
            "findings",
            count,
            0.0,
            whole,
            &what,
        ),
        at_most(
            &format!("{name}/peak"),
            "MiB",
            peak,
            MEMORY_MAX_MB,
            whole,
            "",
        ),
    ]
}

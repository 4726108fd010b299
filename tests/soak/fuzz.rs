//! The fuzz targets, run by their own program.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

use bantin_row::Row;
use bantin_tests::programs::{artifacts, program};
use serde_json::Value;

use super::Terms;
use super::row::{at_most, done};

/// What one input may cost, in megabytes of 2^20 bytes.
const MEMORY_MAX_MB: f64 = 64.0;

/// All targets; the seconds left are shared by `bantin-fuzz` itself.
pub fn all(terms: &Terms) -> Vec<Row> {
    let mut command = program("bantin-fuzz");
    command.args(["run", "--json", "--seed", &terms.seed.to_string()]);
    command.arg("--kept").arg(artifacts("fuzz"));
    if let Some(deadline) = terms.deadline {
        let left = deadline.saturating_duration_since(Instant::now());
        command.args(["--seconds", &left.as_secs_f64().to_string()]);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("bantin-fuzz starts");
    let stdout = child.stdout.take().expect("its output is ours");
    let mut rows = Vec::new();
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        if let Ok(report) = serde_json::from_str::<Value>(&line) {
            rows.extend(of_target(&report));
        }
    }
    child.wait().expect("our own process");
    rows
}

fn of_target(report: &Value) -> Vec<Row> {
    let name = format!("fuzz/{}", report["target"].as_str().unwrap_or_default());
    let whole = report["whole"] == true;
    let number = |field: &str| report[field].as_f64().unwrap_or_default();
    let wanted = match name.as_str() {
        "fuzz/image" => 1_000_000,
        _ => 5_000_000,
    };
    let finding = &report["finding"];
    let found = f64::from(u8::from(!finding.is_null()));
    let what = match finding.is_null() {
        true => String::new(),
        false => finding.to_string(),
    };
    let rate = format!(
        "{:.0} a second, {:.1}% accepted, slowest {:.1} ms",
        number("per_second"),
        100.0 * number("accepted"),
        number("slowest_us") / 1e3
    );
    let mut inputs = done(&name, "inputs", number("inputs") as u64, wanted);
    inputs.note = format!("{} {rate}", inputs.note).trim().to_owned();
    vec![
        inputs,
        at_most(
            &format!("{name}/findings"),
            "findings",
            found,
            0.0,
            whole,
            &what,
        ),
        at_most(
            &format!("{name}/peak"),
            "MiB",
            number("peak_bytes") / f64::from(1 << 20),
            MEMORY_MAX_MB,
            whole,
            "",
        ),
    ]
}

//! `bantin-soak`: the long forms of all fault harnesses, one after the other, with a line of progress and a
//! report. `./x soak` builds what it drives; docs/soak.md explains each harness.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod fuzz;
mod harness;
mod row;
mod run;
mod simulation;

use std::time::{Duration, Instant};

use clap::Parser;

use bantin_row::Row;

#[derive(Parser)]
#[command(name = "bantin-soak", about = "The long forms of all fault harnesses")]
struct Options {
    /// Stop after so many minutes, all harnesses together; what was not finished claims nothing
    #[arg(long)]
    minutes: Option<f64>,
    /// Only these harnesses
    #[arg(long)]
    only: Vec<String>,
    /// Stories at a time [default: one for each processor]
    #[arg(long)]
    jobs: Option<usize>,
    /// Another seed is another run
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One JSON array of rows, as `./x bench --json` prints them
    #[arg(long)]
    json: bool,
    /// Name the harnesses and stop
    #[arg(long)]
    list: bool,
}

/// What a harness is given.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// When it has to stop.
    pub deadline: Option<Instant>,
    /// Stories at a time.
    pub jobs: usize,
    /// Seed of all choices.
    pub seed: u64,
}

fn main() {
    let options = Options::parse();
    if options.list {
        harness::ALL.iter().for_each(|(name, _)| println!("{name}"));
        return;
    }
    let known = |name: &String| harness::ALL.iter().any(|(known, _)| known == name);
    if let Some(unknown) = options.only.iter().find(|name| !known(name)) {
        eprintln!("there is no harness {unknown}; `--list` names them");
        std::process::exit(2);
    }
    let chosen: Vec<_> = harness::ALL
        .iter()
        .filter(|(name, _)| options.only.is_empty() || options.only.iter().any(|o| o == name))
        .collect();
    let begin = Instant::now();
    let all = options
        .minutes
        .map(|minutes| Duration::from_secs_f64(60.0 * minutes));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut rows: Vec<Row> = Vec::new();
    for (at, (name, run)) in chosen.iter().enumerate() {
        let terms = Terms {
            // What is left of the time is shared by the harnesses that are left.
            deadline: all.map(|all| {
                let left = all.saturating_sub(begin.elapsed());
                Instant::now() + left / (chosen.len() - at) as u32
            }),
            jobs: options.jobs.unwrap_or(cores),
            seed: options.seed,
        };
        let start = Instant::now();
        let found = run(&terms);
        eprintln!("\r{name}: {:.0} s{:50}", start.elapsed().as_secs_f64(), "");
        rows.extend(found);
    }
    if options.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&rows).expect("rows are JSON")
        );
    } else {
        print!("{}", bantin_row::table(&rows));
    }
    let failed = rows.iter().any(|row| row.holds == Some(false));
    std::process::exit(i32::from(failed));
}

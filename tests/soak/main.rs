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
mod journal;
mod packs;
mod row;
mod run;
mod simulation;

use std::fs;
use std::path::Path;
use std::process::exit;
use std::time::{Duration, Instant};

use bantin_row::Row;
use bantin_tests::programs::artifacts;
use clap::Parser;

use harness::{ALL, Harness};
use journal::Journal;

#[derive(Parser)]
#[command(name = "bantin-soak", about = "The long forms of all fault harnesses")]
struct Options {
    /// Stop after so many minutes, all harnesses together; what was not finished claims nothing
    #[arg(long)]
    minutes: Option<f64>,
    /// Go on where earlier sittings with the same programs and seed stopped; `--minutes 0` only reports them
    #[arg(long)]
    resume: bool,
    /// Only this share of each harness, such as 0.01; it claims nothing
    #[arg(long, default_value_t = 1.0)]
    share: f64,
    /// Only these harnesses
    #[arg(long)]
    only: Vec<String>,
    /// The first story to tell, of one harness: `#17` of a report is `--from 17 --count 1`
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many stories to tell, of one harness
    #[arg(long)]
    count: Option<u64>,
    /// Stories at a time [default: one for each processor]
    #[arg(long)]
    jobs: Option<usize>,
    /// Another seed is another run
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..1_000_000))]
    seed: u64,
    /// One JSON array of rows, as `./x bench --json` prints them
    #[arg(long)]
    json: bool,
    /// Name the harnesses and stop
    #[arg(long)]
    list: bool,
}

impl Options {
    /// A short look, or a story told again: it neither begins the long form anew nor is its report.
    fn partial(&self) -> bool {
        !self.resume && (self.share < 1.0 || self.from > 0 || self.count.is_some())
    }
}

/// What a harness is given.
pub struct Terms<'a> {
    /// Its name.
    pub name: &'static str,
    /// When it has to stop.
    pub deadline: Option<Instant>,
    /// Stories at a time.
    pub jobs: usize,
    /// Seed of all choices.
    pub seed: u64,
    /// Which stories of all.
    from: u64,
    count: u64,
    share: f64,
    /// What was told before, and where it is written down.
    pub journal: &'a Journal,
}

impl Terms<'_> {
    /// The numbers of the stories to tell, of `wanted`.
    pub fn numbers(&self, wanted: u64) -> std::ops::Range<u64> {
        let share = (wanted as f64 * self.share.clamp(0.0, 1.0)).ceil() as u64;
        let end = self.from.saturating_add(self.count.min(share));
        self.from..end.min(wanted)
    }
}

fn main() {
    let options = Options::parse();
    if options.list {
        ALL.iter().for_each(|harness| println!("{}", harness.name));
        return;
    }
    let chosen = chosen(&options);
    let folder = artifacts("soak");
    let begin = Instant::now();
    let mut rows: Vec<Row> = Vec::new();
    for (at, harness) in chosen.iter().enumerate() {
        // What is left of the time is shared by the harnesses that are left.
        let deadline = options.minutes.map(|minutes| {
            let all = Duration::from_secs_f64(60.0 * minutes.max(0.0));
            Instant::now() + all.saturating_sub(begin.elapsed()) / (chosen.len() - at) as u32
        });
        rows.extend(tell(harness, &options, &folder, deadline));
        if options.only.is_empty() && !options.partial() {
            // After each: a machine may go away in the middle of a night.
            keep(&folder, &rows);
        }
    }
    match options.json {
        true => println!("{}", json(&rows)),
        false => print!("{}", bantin_row::table(&rows)),
    }
    let failed = rows.iter().any(|row| row.holds == Some(false));
    exit(i32::from(failed));
}

fn chosen(options: &Options) -> Vec<&'static Harness> {
    let known = |name: &&String| ALL.iter().any(|known| known.name == **name);
    if let Some(unknown) = options.only.iter().find(|name| !known(name)) {
        eprintln!("there is no harness {unknown}; `--list` names them");
        exit(2);
    }
    if (options.from, options.count) != (0, None) && options.only.len() != 1 {
        eprintln!("`--from` and `--count` are of one harness: name it with `--only`");
        exit(2);
    }
    ALL.iter()
        .filter(|known| options.only.is_empty() || options.only.iter().any(|o| o == known.name))
        .collect()
}

fn tell(
    harness: &Harness,
    options: &Options,
    folder: &Path,
    deadline: Option<Instant>,
) -> Vec<Row> {
    let (name, seed) = (harness.name, options.seed);
    let journal = match options.partial() {
        true => Journal::default(),
        false => Journal::open(folder, name, seed, harness.programs, options.resume),
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let terms = Terms {
        name,
        deadline,
        jobs: options.jobs.unwrap_or(cores),
        seed,
        from: options.from,
        count: options.count.unwrap_or(u64::MAX),
        share: options.share,
        journal: &journal,
    };
    let start = Instant::now();
    let rows = (harness.run)(&terms);
    eprintln!("\r{name}: {:.0} s{:50}", start.elapsed().as_secs_f64(), "");
    rows
}

/// The report so far, for people and for programs.
fn keep(folder: &Path, rows: &[Row]) {
    fs::write(folder.join("report.txt"), bantin_row::table(rows)).expect("a report can be kept");
    fs::write(folder.join("report.json"), json(rows)).expect("a report can be kept");
}

fn json(rows: &[Row]) -> String {
    serde_json::to_string_pretty(rows).expect("rows are JSON")
}

//! `bantin-fuzz`: runs the targets, each in a process of its own, and says what they did.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use bantin_fuzz::run::{self, Progress, Span};
use bantin_fuzz::target::{ALL, Target, named};
use bantin_fuzz::watch::{EVERY, Report, Watch};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "bantin-fuzz",
    about = "Mutation fuzzing of what reads bytes from outside"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run targets and print one line each, or JSON
    Run(Options),
    /// Run a span of one target in this process (what `run` starts)
    #[command(hide = true)]
    Span {
        target: String,
        #[arg(long)]
        seed: u64,
        #[arg(long)]
        from: u64,
        #[arg(long)]
        inputs: u64,
        #[arg(long)]
        every: u64,
    },
    /// Run one kept input in this process
    One { target: String, file: PathBuf },
    /// Name the targets and the inputs of their long form
    List,
}

#[derive(clap::Args)]
struct Options {
    /// Only these targets
    targets: Vec<String>,
    /// Number of the first input
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Inputs of each target; otherwise those of the long form
    #[arg(long)]
    inputs: Option<u64>,
    /// Stop after this many seconds, all targets together
    #[arg(long)]
    seconds: Option<f64>,
    /// Seed of all randomness
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where inputs that broke a rule are kept
    #[arg(long, default_value = "artifacts/fuzz")]
    kept: PathBuf,
    /// A report a line, as JSON
    #[arg(long)]
    json: bool,
}

fn main() {
    let failed = match Cli::parse().command {
        Command::Run(options) => start(&options),
        Command::Span {
            target,
            seed,
            from,
            inputs,
            every,
        } => {
            let span = Span {
                seed,
                from,
                inputs,
                every,
            };
            run::span(find(&target), span, &mut std::io::stdout()).is_err()
        }
        Command::One { target, file } => {
            let input = std::fs::read(&file).expect("the file can be read");
            let mut progress = Progress::default();
            let said = run::look(find(&target), &input, &mut progress);
            println!("{said:?} {progress:?}");
            said.is_err()
        }
        Command::List => {
            ALL.iter()
                .for_each(|target| println!("{} {}", target.name, target.long_form));
            false
        }
    };
    std::process::exit(i32::from(failed));
}

fn find(name: &str) -> Target {
    named(name).unwrap_or_else(|| {
        eprintln!("there is no target {name}; `bantin-fuzz list` names them");
        std::process::exit(2)
    })
}

/// True if a target broke a rule.
fn start(options: &Options) -> bool {
    let chosen: Vec<Target> = match options.targets.is_empty() {
        true => ALL.to_vec(),
        false => options.targets.iter().map(|name| find(name)).collect(),
    };
    let watch = Watch {
        program: std::env::current_exe().expect("a program knows itself"),
        patience: Duration::from_secs(30),
        kept: options.kept.clone(),
    };
    let begin = Instant::now();
    let mut failed = false;
    for (at, target) in chosen.iter().enumerate() {
        // What is left of the time is shared by the targets that are left.
        let share = options.seconds.map(|seconds| {
            let left = Duration::from_secs_f64(seconds).saturating_sub(begin.elapsed());
            Instant::now() + left / (chosen.len() - at) as u32
        });
        let span = Span {
            seed: options.seed,
            from: options.from,
            inputs: options.inputs.unwrap_or(target.long_form),
            every: EVERY,
        };
        let mut told = Instant::now();
        let mut tell = |progress: &Progress| {
            if told.elapsed() > Duration::from_secs(1) {
                told = Instant::now();
                eprint!(
                    "\r{:<14} {:>9} of {}",
                    target.name, progress.next, span.inputs
                );
            }
        };
        let report = watch.run(*target, span, share, &mut tell);
        failed |= report.finding.is_some();
        print(options.json, &report);
    }
    failed
}

fn print(json: bool, report: &Report) {
    eprint!("\r{:60}\r", "");
    if json {
        println!(
            "{}",
            serde_json::to_string(report).expect("a report is JSON")
        );
        return;
    }
    println!(
        "{:<14} {:>9} inputs{} {:>8.0}/s accepted {:>5.1}% peak {:>6.2} MB slowest {:>7.1} ms {}",
        report.target,
        report.inputs,
        if report.whole { "" } else { " (cut short)" },
        report.per_second,
        100.0 * report.accepted,
        report.peak_bytes as f64 / 1e6,
        report.slowest_us as f64 / 1e3,
        report
            .finding
            .as_ref()
            .map_or_else(String::new, |f| format!(
                "FOUND at {}: {}",
                f.number, f.what
            )),
    );
    if let Some(kept) = &report.kept {
        println!("{:14} kept in {}", "", kept.display());
    }
}

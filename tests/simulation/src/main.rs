//! `bantin-simulation`: plays seeds of the simulation, says what broke and how to see it again.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::Instant;

use anyhow::{Result, bail};
use bantin_simulation::{Counts, Flaw, Outcome, run};
use clap::{Args, Parser, Subcommand};
use serde_json::json;

/// Seven hubs and twenty phones in one thread, under every weather, replayable from a seed.
#[derive(Parser)]
#[command(version)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Plays a range of seeds. Exit code 1 if a promise did not hold
    Run(Run),
    /// Plays one seed and prints its trace
    Trace(Trace),
}

#[derive(Args)]
struct Run {
    /// First seed and the one after the last
    #[arg(long, default_value = "0..1000", value_parser = range)]
    seeds: (u64, u64),
    /// Seeds of these that are played a second time; both traces must be the same. They are spread evenly
    #[arg(long, default_value_t = 0)]
    replay: u64,
    /// Threads; 0 = as many as there are processors
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Plants a bug in every run
    #[arg(long)]
    flaw: Option<Flaw>,
    /// Prints the result as one line of JSON
    #[arg(long)]
    json: bool,
    /// Says on the standard error how far it is, once a second
    #[arg(long)]
    progress: bool,
    /// Stops after so many seeds that broke a promise
    #[arg(long, default_value_t = 10)]
    failures_max: u64,
}

#[derive(Args)]
struct Trace {
    /// Which seed
    seed: u64,
    /// Plants a bug
    #[arg(long)]
    flaw: Option<Flaw>,
    /// Only the last lines
    #[arg(long)]
    tail: bool,
}

fn range(text: &str) -> Result<(u64, u64), String> {
    let (from, to) = text
        .split_once("..")
        .ok_or("a range is written as 0..1000")?;
    let number = |text: &str| text.parse::<u64>().map_err(|error| error.to_string());
    let (from, to) = (number(from)?, number(to)?);
    if from < to {
        Ok((from, to))
    } else {
        Err("a range has a first seed below its end".into())
    }
}

fn main() -> Result<ExitCode> {
    match Command::parse().verb {
        Verb::Run(options) => run_range(&options),
        Verb::Trace(options) => trace(&options),
    }
}

fn trace(options: &Trace) -> Result<ExitCode> {
    let outcome = run(options.seed, options.flaw);
    let mut out = std::io::stdout().lock();
    if options.tail {
        for line in &outcome.tail {
            writeln!(out, "{line}")?;
        }
    } else {
        out.write_all(outcome.text.as_bytes())?;
    }
    writeln!(out, "{:?}", outcome.counts)?;
    writeln!(out, "trace {}", outcome.trace)?;
    Ok(verdict(outcome.breach.is_none()))
}

/// What all runs of a range came to.
#[derive(Default)]
struct Sum {
    played: u64,
    replayed: u64,
    differ: Vec<u64>,
    broken: Vec<Outcome>,
    counts: Counts,
}

fn run_range(options: &Run) -> Result<ExitCode> {
    let started = Instant::now();
    let (from, to) = options.seeds;
    let every = (to - from).checked_div(options.replay).unwrap_or(0);
    let sum = play(options, every)?;
    let seconds = started.elapsed().as_secs_f64();
    if options.json {
        let broken: Vec<_> = sum.broken.iter().map(broken).collect();
        let counts = sum.counts;
        let line = json!({
            "seeds": sum.played,
            "broken": broken,
            "replayed": sum.replayed,
            "differ": sum.differ,
            "seconds": seconds,
            "seeds_a_second": sum.played as f64 / seconds,
            "sessions": counts.sessions,
            "sessions_troubled": counts.troubled,
            "letters": counts.letters,
            "replies": counts.replies,
            "replies_lost_in_restores": counts.replies_lost,
            "crashes": counts.crashes,
            "restores": counts.restores,
            "messages": counts.messages,
            "messages_hurt": counts.messages_hurt,
            "forged_answers": counts.forged,
            "applies": counts.applies,
        });
        println!("{line}");
    } else {
        report(options, &sum, seconds);
    }
    Ok(verdict(sum.broken.is_empty() && sum.differ.is_empty()))
}

fn broken(outcome: &Outcome) -> serde_json::Value {
    let why = outcome.breach.as_ref().map(ToString::to_string);
    json!({ "seed": outcome.seed, "why": why, "trace": outcome.trace })
}

/// Plays the range on all threads; every `every`-th seed twice.
fn play(options: &Run, every: u64) -> Result<Sum> {
    let (from, to) = options.seeds;
    let next = AtomicU64::new(from);
    let (tell, told) = mpsc::channel::<(Outcome, Option<bool>)>();
    let mut sum = Sum::default();
    std::thread::scope(|scope| -> Result<()> {
        for _ in 0..threads(options) {
            let (tell, next) = (tell.clone(), &next);
            scope.spawn(move || {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= to {
                        return;
                    }
                    let outcome = run(seed, options.flaw);
                    let twice = every > 0 && (seed - from) % every == 0;
                    let same = twice.then(|| run(seed, options.flaw).trace == outcome.trace);
                    if tell.send((outcome, same)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(tell);
        let mut said = Instant::now();
        while let Ok((outcome, same)) = told.recv() {
            sum.add(outcome, same);
            if options.progress && said.elapsed().as_secs() >= 1 {
                said = Instant::now();
                eprint!(
                    "\r{} of {} seeds, {} broken",
                    sum.played,
                    to - from,
                    sum.broken.len()
                );
            }
            if sum.broken.len() as u64 >= options.failures_max {
                next.store(to, Ordering::Relaxed);
            }
        }
        Ok(())
    })?;
    if options.progress {
        eprintln!();
    }
    if sum.played == 0 {
        bail!("no seed was played");
    }
    sum.broken.sort_by_key(|outcome| outcome.seed);
    Ok(sum)
}

impl Sum {
    fn add(&mut self, outcome: Outcome, same: Option<bool>) {
        self.played += 1;
        self.counts.add(&outcome.counts);
        self.replayed += u64::from(same.is_some());
        if same == Some(false) {
            self.differ.push(outcome.seed);
        }
        if outcome.breach.is_some() {
            self.broken.push(outcome);
        }
    }
}

fn threads(options: &Run) -> usize {
    match options.threads {
        0 => std::thread::available_parallelism().map_or(1, Into::into),
        threads => threads,
    }
}

fn report(options: &Run, sum: &Sum, seconds: f64) {
    for outcome in &sum.broken {
        println!("seed {} broke a promise:", outcome.seed);
        for line in &outcome.tail {
            println!("    {line}");
        }
    }
    for outcome in &sum.broken {
        if let Some(breach) = &outcome.breach {
            println!("seed {}: {breach}", outcome.seed);
            println!("    see it again: bantin-simulation trace {}", outcome.seed);
        }
    }
    for seed in &sum.differ {
        println!("seed {seed} did not play the same twice");
    }
    let flaw = options
        .flaw
        .map_or(String::new(), |flaw| format!(" with {flaw:?}"));
    println!(
        "{} seeds{flaw} in {seconds:.1} s ({:.1} ms each), {} broken, {} replayed, {} differ",
        sum.played,
        seconds * 1000.0 / sum.played as f64,
        sum.broken.len(),
        sum.replayed,
        sum.differ.len()
    );
    println!("{:?}", sum.counts);
}

fn verdict(holds: bool) -> ExitCode {
    if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

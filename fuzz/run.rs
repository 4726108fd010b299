//! Running inputs in this process: what it saw is written line by line for whoever watches it.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::memory::{self, INPUT_BYTES_MAX};
use crate::target::Target;

/// What one input may take. Generous: a shared machine may look away for a while.
pub const INPUT_TIME_MAX: Duration = Duration::from_secs(5);

/// Which inputs.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The seed of all randomness.
    pub seed: u64,
    /// The first input.
    pub from: u64,
    /// How many.
    pub inputs: u64,
    /// A line after this many.
    pub every: u64,
}

/// One line of a running child.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Line {
    /// Every input below this number is done (or, in steps of one, this one begins next).
    At(Progress),
    /// An input that broke a rule; the child ends after it.
    Found(Finding),
}

/// How far it is and what it cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Number of the next input.
    pub next: u64,
    /// Inputs that the target accepted.
    pub accepted: u64,
    /// Most memory of one input, in bytes.
    pub peak_bytes: usize,
    /// Longest time of one input, in microseconds.
    pub slowest_us: u64,
}

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The input's number.
    pub number: u64,
    /// What happened.
    pub what: String,
}

/// Runs a span of inputs and writes its lines to `out`.
///
/// # Errors
/// If `out` cannot be written.
pub fn span(target: Target, span: Span, out: &mut impl Write) -> io::Result<()> {
    // A finding is reported once, by us.
    panic::set_hook(Box::new(|_| {}));
    let corpus = Corpus::of(target);
    // What is made on first use is nobody's input.
    for seed in (target.seeds)() {
        let _ = panic::catch_unwind(|| (target.run)(&seed));
    }
    let mut progress = Progress {
        next: span.from,
        ..Progress::default()
    };
    say(out, &Line::At(progress))?;
    while progress.next < span.from + span.inputs {
        let input = corpus.input(span.seed, progress.next);
        if let Err(what) = look(target, &input, &mut progress) {
            let number = progress.next;
            return say(out, &Line::Found(Finding { number, what }));
        }
        progress.next += 1;
        if progress.next.is_multiple_of(span.every) {
            say(out, &Line::At(progress))?;
        }
    }
    say(out, &Line::At(progress))
}

/// Runs one input; what it did wrong.
pub fn look(target: Target, input: &[u8], progress: &mut Progress) -> Result<(), String> {
    let start = Instant::now();
    let (outcome, peak) =
        memory::peak_of(|| panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input))));
    let time = start.elapsed();
    progress.peak_bytes = progress.peak_bytes.max(peak);
    progress.slowest_us = progress.slowest_us.max(time.as_micros() as u64);
    match outcome {
        Err(panic) => return Err(format!("panicked: {}", words(panic.as_ref()))),
        Ok(accepted) => progress.accepted += u64::from(accepted),
    }
    if peak > INPUT_BYTES_MAX {
        return Err(format!("took {peak} bytes of memory"));
    }
    if time > INPUT_TIME_MAX {
        return Err(format!("took {} ms", time.as_millis()));
    }
    Ok(())
}

fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word")
}

fn say(out: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")?;
    out.flush()
}

//! Running many stories side by side until all are told or the time is up.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Terms;

/// How it went.
pub struct Run<T> {
    /// What each finished story told, by its number; those of earlier sittings too.
    pub told: BTreeMap<u64, Result<T, String>>,
    /// How many were wanted.
    pub wanted: u64,
}

impl<T> Run<T> {
    /// Stories that were told.
    pub fn done(&self) -> u64 {
        self.told.len() as u64
    }

    /// Whether all were.
    pub fn is_whole(&self) -> bool {
        self.done() >= self.wanted
    }

    /// What the stories told that went well.
    pub fn well(&self) -> impl Iterator<Item = &T> {
        self.told.values().filter_map(|told| told.as_ref().ok())
    }

    /// What went wrong, with the story's number.
    pub fn wrong(&self) -> Vec<String> {
        let failed = self.told.iter().filter_map(|(number, told)| {
            let what = told.as_ref().err()?;
            Some(format!("#{number}: {}", what.trim()))
        });
        failed.collect()
    }
}

/// Tells `wanted` stories, one for each processor at a time, without those that the journal has. One that panics went
/// wrong.
pub fn run<T: Send + Serialize + DeserializeOwned>(
    wanted: u64,
    terms: &Terms<'_>,
    story: impl Fn(u64) -> Result<T, String> + Sync,
) -> Run<T> {
    run_many(wanted, terms, terms.jobs, |_| false, story)
}

/// The same, `at_once` of them side by side, and the `slow` ones first: nobody waits for them alone at the end.
pub fn run_many<T: Send + Serialize + DeserializeOwned>(
    wanted: u64,
    terms: &Terms<'_>,
    at_once: usize,
    slow: impl Fn(u64) -> bool,
    story: impl Fn(u64) -> Result<T, String> + Sync,
) -> Run<T> {
    let mut known = terms.journal.told();
    known.retain(|number, _| *number < wanted);
    let mut left: Vec<u64> = terms
        .numbers(wanted)
        .filter(|number| !known.contains_key(number))
        .collect();
    left.sort_by_key(|number| !slow(*number));
    let next = AtomicUsize::new(0);
    let told = Mutex::new(known);
    let start = Instant::now();
    panic::set_hook(Box::new(|_| {}));
    let work = || {
        while terms.deadline.is_none_or(|at| Instant::now() < at) {
            let at = next.fetch_add(1, Ordering::SeqCst);
            let Some(number) = left.get(at).copied() else {
                return;
            };
            let one = panic::catch_unwind(AssertUnwindSafe(|| story(number)));
            let one = one.unwrap_or_else(|panic| Err(words(panic.as_ref())));
            if let Err(what) = &one {
                eprintln!("\r{} #{number}: {}", terms.name, what.trim());
            }
            terms.journal.write(number, &one);
            let mut told = told.lock().unwrap();
            told.insert(number, one);
            progress(
                terms.name,
                told.len(),
                wanted,
                at + 1,
                left.len(),
                start.elapsed(),
            );
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..at_once.max(1).min(left.len()) {
            scope.spawn(work);
        }
    });
    let _ = panic::take_hook();
    Run {
        told: told.into_inner().unwrap(),
        wanted,
    }
}

/// Says how far all is, and how long this sitting takes, on one line.
fn progress(name: &str, all: usize, wanted: u64, done: usize, of: usize, spent: Duration) {
    let each = spent.as_secs_f64() / done.max(1) as f64;
    let left = each * of.saturating_sub(done) as f64 / 60.0;
    eprint!("\r{name:<12} {all:>6} of {wanted}, {left:.0} minutes left   ");
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|t| (*t).to_owned()))
        .unwrap_or_else(|| "it panicked without a word".into())
}

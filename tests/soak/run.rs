//! Running many stories side by side until all are told or the time is up.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::Terms;

/// How it went.
pub struct Run<T> {
    /// What each finished story told, by its number.
    pub told: Vec<(u64, Result<T, String>)>,
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

    /// What went wrong, with the story's number.
    pub fn wrong(&self) -> Vec<String> {
        let failed = self.told.iter().filter_map(|(number, told)| {
            let what = told.as_ref().err()?;
            Some(format!("#{number}: {}", what.trim()))
        });
        failed.collect()
    }
}

/// Tells `wanted` stories. One that panics went wrong.
pub fn run<T: Send>(
    name: &str,
    wanted: u64,
    terms: &Terms,
    story: impl Fn(u64) -> Result<T, String> + Sync,
) -> Run<T> {
    let next = AtomicU64::new(0);
    let told = Mutex::new(Vec::new());
    let start = Instant::now();
    panic::set_hook(Box::new(|_| {}));
    std::thread::scope(|scope| {
        for _ in 0..terms.jobs.max(1) {
            scope.spawn(|| {
                while terms.deadline.is_none_or(|at| Instant::now() < at) {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= wanted {
                        return;
                    }
                    let one = panic::catch_unwind(AssertUnwindSafe(|| story(number)));
                    let one = one.unwrap_or_else(|panic| Err(words(panic.as_ref())));
                    if let Err(what) = &one {
                        eprintln!("\r{name} #{number}: {}", what.trim());
                    }
                    let mut told = told.lock().unwrap();
                    told.push((number, one));
                    progress(name, told.len() as u64, wanted, start.elapsed());
                }
            });
        }
    });
    let _ = panic::take_hook();
    let mut told = told.into_inner().unwrap();
    told.sort_by_key(|(number, _)| *number);
    Run { told, wanted }
}

/// Says how far it is, on one line.
pub fn progress(name: &str, done: u64, wanted: u64, spent: Duration) {
    let each = spent.as_secs_f64() / done.max(1) as f64;
    let left = each * wanted.saturating_sub(done) as f64 / 60.0;
    eprint!("\r{name:<12} {done:>8} of {wanted}, {left:.0} minutes left   ");
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|t| (*t).to_owned()))
        .unwrap_or_else(|| "panicked".into())
}

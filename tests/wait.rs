//! Waiting for a condition: looked at in small steps, given up after a generous time.

use std::thread;
use std::time::{Duration, Instant};

/// Long enough for the slowest machine that runs the tests.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Short enough that nobody waits for the next look.
const STEP: Duration = Duration::from_millis(20);

/// Waits until `look` finds something.
///
/// # Panics
/// After [`PATIENCE`], with `what` was waited for.
#[track_caller]
pub fn until<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    until_within(PATIENCE, what, look)
}

/// Waits until `look` finds something, no longer than `patience`.
#[track_caller]
pub fn until_within<T>(patience: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            start.elapsed() < patience,
            "waited {patience:?} in vain for: {what}"
        );
        thread::sleep(STEP); // poll
    }
}

/// Waits until `holds` is true.
#[track_caller]
pub fn until_true(what: &str, mut holds: impl FnMut() -> bool) {
    until(what, || holds().then_some(()));
}

//! A clock that a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bantin_hub::clock::Clock;
use bantin_model::time::Seconds;

/// Stands still until it is moved. Copies show the same time.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<AtomicU64>);

impl Default for TestClock {
    /// 2026-11-20 08:00 in Vietnam.
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(1_795_136_400)))
    }
}

impl TestClock {
    /// The time.
    pub fn now(&self) -> Seconds {
        Seconds(self.0.load(Ordering::SeqCst))
    }

    /// Moves on.
    pub fn pass(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// As the hub takes it.
    pub fn clock(&self) -> Clock {
        let own = self.clone();
        Clock::of(move || own.now())
    }
}

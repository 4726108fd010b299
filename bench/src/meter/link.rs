//! A bad line: slow, or cut again and again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Bytes of one packet on a slow line.
const PACKET_BYTES: usize = 1_400;

/// What a line does to connections that begin from now on. By default nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// A connection ends after so many bytes, both directions together.
    pub cut_after_bytes: Option<u64>,
    /// Bytes that pass in a second in each direction, all connections together.
    pub bytes_per_second: Option<u64>,
}

/// One direction of the line: when it is free again.
#[derive(Debug, Default)]
pub(super) struct Lane(Mutex<Option<Instant>>);

/// What is left of one connection.
#[derive(Debug)]
pub(super) struct Life {
    link: Link,
    passed: AtomicU64,
}

impl Link {
    /// Bytes that are passed on at once.
    pub(super) fn piece_bytes(&self) -> usize {
        self.bytes_per_second.map_or(64 << 10, |_| PACKET_BYTES)
    }
}

impl Lane {
    /// Waits as long as `bytes` take on `link`.
    pub(super) fn carry(&self, link: &Link, bytes: usize) {
        let Some(rate) = link.bytes_per_second else {
            return;
        };
        let took = Duration::from_secs_f64(bytes as f64 / rate.max(1) as f64);
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let begins = free.unwrap_or(now).max(now);
        let ends = begins + took;
        *free = Some(ends);
        drop(free);
        std::thread::sleep(ends.saturating_duration_since(now));
    }
}

impl Life {
    pub(super) fn new(link: Link) -> Self {
        Self {
            link,
            passed: AtomicU64::new(0),
        }
    }

    /// How many of `wanted` bytes still pass before the cut.
    pub(super) fn take(&self, wanted: usize) -> usize {
        let Some(limit) = self.link.cut_after_bytes else {
            return wanted;
        };
        let before = self.passed.fetch_add(wanted as u64, Ordering::SeqCst);
        let left = usize::try_from(limit.saturating_sub(before)).unwrap_or(usize::MAX);
        wanted.min(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_lives_for_its_bytes_and_no_longer() {
        let life = Life::new(Link {
            cut_after_bytes: Some(10),
            ..Link::default()
        });
        assert_eq!(life.take(6), 6);
        assert_eq!(life.take(6), 4, "what fits before the cut still arrives");
        assert_eq!(life.take(1), 0, "then nothing does");
    }

    #[test]
    fn a_slow_line_takes_its_time_whoever_uses_it() {
        let link = Link {
            bytes_per_second: Some(100_000),
            ..Link::default()
        };
        let lane = Lane::default();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| lane.carry(&link, 1_000));
            }
        });
        assert!(
            begun.elapsed() >= Duration::from_millis(20),
            "two connections share one line: 2,000 bytes at 100,000 a second"
        );
    }
}

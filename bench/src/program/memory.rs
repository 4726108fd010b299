//! The most memory a process held at once.

use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often is asked. The kernel keeps the peak itself; only what grows in the last moment is missed.
const EVERY: Duration = Duration::from_millis(2);

/// Watches process `id` until it ends; its peak in KiB.
pub(super) fn watch(id: u32) -> JoinHandle<Option<u64>> {
    thread::spawn(move || {
        let mut peak = None;
        while let Some(now) = peak_kib(id) {
            peak = Some(now);
            thread::sleep(EVERY);
        }
        peak
    })
}

/// `VmHWM`; none once the process has ended.
fn peak_kib(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(target_os = "linux")]
    fn this_very_process_has_a_peak() {
        let peak = super::peak_kib(std::process::id());
        assert!(
            peak.is_some_and(|kib| kib > 100),
            "a test takes more than 100 KiB: {peak:?}"
        );
    }
}

//! Counts down the seconds until the hub listens again.

use std::time::Duration;

use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;

/// A countdown.
#[derive(Clone, Copy)]
pub struct Wait {
    /// Seconds left.
    pub left: RwSignal<u64>,
    tick: StoredValue<Option<IntervalHandle>>,
}

impl Wait {
    /// Nothing to wait for.
    pub fn new() -> Self {
        let wait = Self {
            left: RwSignal::new(0),
            tick: StoredValue::new(None),
        };
        on_cleanup(move || wait.stop());
        wait
    }

    /// Waits `seconds` from now on.
    pub fn begin(self, seconds: u64) {
        self.stop();
        self.left.set(seconds);
        let down = move || {
            self.left.update(|left| *left = left.saturating_sub(1));
            if self.left.get_untracked() == 0 {
                self.stop();
            }
        };
        // Without a timer the count stands still and a reload helps.
        self.tick
            .set_value(set_interval_with_handle(down, Duration::from_secs(1)).ok());
    }

    fn stop(self) {
        if let Some(Some(handle)) = self.tick.try_update_value(Option::take) {
            handle.clear();
        }
    }
}

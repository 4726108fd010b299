//! The demo's programs: started together, stopped together.

use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// After this a program that ignores the request to stop is ended.
const STOP_PATIENCE: Duration = Duration::from_secs(5);

/// How often a running program is looked at; a person does not notice less.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A running program; it is stopped when this value goes.
pub struct Running {
    name: &'static str,
    child: Child,
}

impl Running {
    /// Starts `command`.
    pub fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let child = command
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        Ok(Self { name, child })
    }

    /// What to call it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it has ended, and how.
    pub fn ended(&mut self) -> Option<String> {
        self.child
            .try_wait()
            .ok()
            .flatten()
            .map(|status| status.to_string())
    }

    /// Asks it to stop, so that it can finish what it writes, and ends it when it does not.
    pub fn stop(&mut self) {
        if self.ended().is_some() {
            return;
        }
        if cfg!(unix) {
            // std can only kill; the hub must get the chance to close its database.
            let _ = Command::new("kill")
                .args(["-TERM", &self.child.id().to_string()])
                .status();
            let asked = Instant::now();
            while asked.elapsed() < STOP_PATIENCE {
                if self.ended().is_some() {
                    return;
                }
                thread::sleep(LOOK_EVERY);
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_program_may_finish_its_writing() {
        let folder = tempfile::tempdir().unwrap();
        let (ready, done) = (folder.path().join("ready"), folder.path().join("done"));
        let script = format!(
            "trap 'touch {}; exit 0' TERM; touch {}; while :; do sleep 0.05; done",
            done.display(),
            ready.display()
        );
        let running = Running::start("test", Command::new("sh").args(["-c", &script])).unwrap();
        while !ready.exists() {
            thread::yield_now();
        }
        drop(running);
        assert!(
            done.exists(),
            "a hub that is stopped must be able to close its database"
        );
    }
}

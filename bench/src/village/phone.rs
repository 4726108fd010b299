//! A phone: the real `bantin` with a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::PLACE;
use crate::program::{Ran, Trace, field, program, run};

/// A phone.
#[derive(Clone, Debug)]
pub struct Phone {
    data: PathBuf,
    link: String,
    traced: bool,
}

/// What a piece of work took on the phone, one or several commands together.
#[derive(Clone, Debug, Default)]
pub struct Did {
    /// What the last command printed.
    pub json: Value,
    /// Time of all commands, their starts included.
    pub seconds: f64,
    /// The most memory any of them held.
    pub peak_kib: Option<u64>,
    /// Disk syncs, if they are traced.
    pub syncs: Option<u64>,
}

impl Phone {
    pub(super) fn new(data: &Path, link: &str, traced: bool) -> Self {
        Self {
            data: data.to_owned(),
            link: link.to_owned(),
            traced,
        }
    }

    /// Its folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Follows the place.
    ///
    /// # Errors
    /// The command fails.
    pub fn follow(&self) -> anyhow::Result<Did> {
        self.run(&["follow", &self.link, PLACE])
    }

    /// Follows the place and fetches everything.
    ///
    /// # Errors
    /// A command fails.
    pub fn follow_and_sync(&self) -> anyhow::Result<Did> {
        let followed = self.follow()?;
        Ok(followed.then(self.run(&["sync"])?))
    }

    /// What one `bantin` command prints, as JSON; its disk syncs are not counted.
    ///
    /// # Errors
    /// It fails.
    pub fn run_untimed(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        Ok(run(self.command(arguments)?)?.json)
    }

    /// Runs one `bantin` command that may fail: none if it does.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn try_run(&self, arguments: &[&str]) -> anyhow::Result<Option<()>> {
        let mut command = self.command(arguments)?;
        command.stdin(Stdio::null());
        let output = command.stdout(Stdio::null()).stderr(Stdio::null());
        let status = output.status()?;
        Ok(status.success().then_some(()))
    }

    /// Runs one `bantin` command.
    ///
    /// # Errors
    /// It fails.
    pub fn run(&self, arguments: &[&str]) -> anyhow::Result<Did> {
        let command = self.command(arguments)?;
        if !self.traced {
            return Ok(Did::from(run(command)?, None));
        }
        let file = self.data.with_extension("trace");
        let _ = std::fs::remove_file(&file);
        let (trace, command) = Trace::of(&command, &file);
        let ran = run(command)?;
        let syncs = trace.settled()?;
        Ok(Did::from(ran, Some(syncs)))
    }

    /// `bantin` with `arguments`.
    ///
    /// # Errors
    /// It was not built.
    pub fn command(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = program("bantin")?;
        command.arg("--data").arg(&self.data).arg("--json");
        command.args(arguments);
        Ok(command)
    }
}

impl Did {
    fn from(ran: Ran, syncs: Option<u64>) -> Self {
        Self {
            json: ran.json,
            seconds: ran.seconds,
            peak_kib: ran.peak_kib,
            syncs,
        }
    }

    /// A number that the last command told; 0 if it told none.
    pub fn told(&self, name: &str) -> u64 {
        field(&self.json, name).as_u64().unwrap_or_default()
    }

    /// This, and then `next`.
    pub fn then(self, next: Self) -> Self {
        Self {
            json: next.json,
            seconds: self.seconds + next.seconds,
            peak_kib: self.peak_kib.max(next.peak_kib),
            syncs: self.syncs.zip(next.syncs).map(|(a, b)| a + b),
        }
    }
}

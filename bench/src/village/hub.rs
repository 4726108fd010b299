//! A hub that serves.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use crate::program::{Trace, field};

/// The process; it is ended when this goes.
pub struct Serving {
    child: Child,
    /// Kept open: a program whose output breaks would stop.
    _lines: BufReader<ChildStdout>,
    /// Where phones reach it.
    pub citizen: SocketAddr,
    /// Its disk syncs, if they are traced.
    pub trace: Option<Trace>,
}

impl Serving {
    /// Starts `command` and waits for its ready line; with `trace`, notes its syncs there.
    pub(super) fn start(command: Command, trace: Option<&Path>) -> anyhow::Result<Self> {
        let (trace, mut command) = match trace {
            None => (None, command),
            Some(file) => {
                let (trace, command) = Trace::of(&command, file);
                (Some(trace), command)
            }
        };
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("bantin-hub cannot be started")?;
        let out = child.stdout.take().context("its output is ours")?;
        let mut lines = BufReader::new(out);
        let mut line = String::new();
        loop {
            line.clear();
            if lines.read_line(&mut line)? == 0 {
                bail!("the hub ended before it was ready");
            }
            let ready: Value = serde_json::from_str(&line).unwrap_or_default();
            if *field(&ready, "ready") == true {
                let citizen = field(&ready, "citizen").as_str().unwrap_or_default();
                let citizen = citizen.trim_start_matches("http://").parse()?;
                return Ok(Self {
                    child,
                    _lines: lines,
                    citizen,
                    trace,
                });
            }
        }
    }

    /// Asks it to stop and waits until it has.
    pub(super) fn stop(mut self) -> anyhow::Result<()> {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status()?;
        ensure!(asked.success(), "the hub cannot be asked to stop");
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // After `stop` both fail, which is as it should be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

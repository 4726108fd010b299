//! A program that answers one JSON line with another.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::program::field;

/// The process; it is ended when this goes.
pub(super) struct Lines {
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
    named: String,
}

impl Lines {
    /// Starts `command` and waits for its first line.
    pub(super) fn start(mut command: Command) -> anyhow::Result<(Self, Value)> {
        let named = format!("{command:?}");
        for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
            command.env_remove(proxy).env_remove(proxy.to_uppercase());
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{named} cannot be started"))?;
        let asked = child.stdin.take().context("its input is ours")?;
        let answers = child.stdout.take().context("its output is ours")?;
        let mut lines = Self {
            child,
            asked,
            answers: BufReader::new(answers),
            named,
        };
        let ready = lines.answer()?;
        Ok((lines, ready))
    }

    /// Sends one line and waits for the answer.
    pub(super) fn ask(&mut self, question: &Value) -> anyhow::Result<Value> {
        writeln!(self.asked, "{question}")?;
        self.answer()
    }

    fn answer(&mut self) -> anyhow::Result<Value> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            bail!("{} ended", self.named);
        }
        let answer: Value = serde_json::from_str(&line)
            .with_context(|| format!("{} said {}", self.named, line.trim()))?;
        match field(&answer, "failed").as_str() {
            Some(failed) => bail!("{}: {failed}", self.named),
            None => Ok(answer),
        }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

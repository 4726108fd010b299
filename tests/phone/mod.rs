//! A person's phone: the `bantin` command with a data folder of its own.

mod share;
mod verb;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::programs::program;

pub use share::Sharing;

/// A phone. Its folder goes with it.
pub struct Phone {
    owner: &'static str,
    folder: TempDir,
}

/// What a command said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Exit code; none if it was killed.
    pub code: Option<i32>,
    /// Its JSON, null if it printed none.
    pub json: Value,
    /// What it told a person.
    pub stderr: String,
}

impl Phone {
    /// A new phone of `owner`.
    pub fn of(owner: &'static str) -> Self {
        let folder = tempfile::Builder::new().prefix(owner).tempdir();
        Self {
            owner,
            folder: folder.expect("a folder for a phone"),
        }
    }

    /// Where it keeps everything.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place for files that are on the phone but not in the app, such as photos.
    pub fn files(&self) -> &Path {
        self.folder.path()
    }

    /// `bantin` with `arguments`, to be started by the caller.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program("bantin");
        command
            .arg("--data")
            .arg(self.data())
            .arg("--json")
            .args(arguments);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).stdin(Stdio::null()).output();
        said(&output.expect("bantin starts"))
    }

    /// Runs a command that must succeed and returns its JSON.
    #[track_caller]
    pub fn ok(&self, arguments: &[&str]) -> Value {
        let said = self.run(arguments);
        assert_eq!(
            said.code,
            Some(0),
            "{}'s `bantin {}` must work; it said {} {}",
            self.owner,
            arguments.join(" "),
            said.json,
            said.stderr
        );
        said.json
    }

    /// Starts a command that the test is going to kill or watch.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().expect("bantin starts")
    }
}

impl Said {
    /// The code of the failure it told, empty if there was none.
    pub fn failure(&self) -> &str {
        self.json["failure"]["code"].as_str().unwrap_or_default()
    }
}

/// Reads what a finished command said.
pub fn said(output: &Output) -> Said {
    let text = String::from_utf8_lossy(&output.stdout);
    Said {
        code: output.status.code(),
        json: serde_json::from_str(text.trim()).unwrap_or(Value::Null),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

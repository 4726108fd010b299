//! A phone that shares with its neighbours: `bantin relay`, running.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value;

use super::Phone;

/// A phone that shares; it stops when this goes.
pub struct Sharing {
    child: Child,
    /// Kept open: a relay whose output breaks would stop.
    _stdout: BufReader<ChildStdout>,
    /// What it said at its start.
    pub said: Value,
    /// The pairing link that its owner shows.
    pub link: String,
}

impl Phone {
    /// Starts sharing on a free port of this machine, telling nobody by multicast.
    #[track_caller]
    pub fn share(&self, options: &[&str]) -> Sharing {
        self.share_at("127.0.0.1:0", &[&["--no-mdns"], options].concat())
    }

    /// Starts sharing at `address`.
    #[track_caller]
    pub fn share_at(&self, address: &str, options: &[&str]) -> Sharing {
        let mut command = self.command(&["relay", "--listen", address]);
        command
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command.spawn().expect("bantin starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output is ours"));
        let mut line = String::new();
        stdout
            .read_line(&mut line)
            .expect("the relay's line can be read");
        let said: Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("the relay did not start: {line}"));
        let link = said["link"]
            .as_str()
            .unwrap_or_else(|| panic!("the relay did not start: {line}"))
            .to_owned();
        Sharing {
            child,
            _stdout: stdout,
            said,
            link,
        }
    }
}

impl Sharing {
    /// Its address without the root.
    pub fn url(&self) -> &str {
        self.link.split('#').next().unwrap_or_default()
    }

    /// Kills it as a power cut would.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Sharing {
    fn drop(&mut self) {
        self.end();
    }
}

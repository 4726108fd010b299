//! A running hub.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use super::{Desk, Hub, PLACE};
use crate::programs::pages;

/// A hub that serves; it is stopped when this goes.
pub struct Serving {
    child: Child,
    /// Kept open: a hub whose output breaks would stop.
    _stdout: BufReader<ChildStdout>,
    /// Address of the citizen's side.
    pub citizen: SocketAddr,
    /// Address of the desk.
    pub desk: SocketAddr,
}

impl Serving {
    pub(super) fn start(hub: &Hub) -> Self {
        Self::spawn(Self::command(hub))
    }

    /// The command that serves `hub` on free ports, with the pages if they were built.
    pub fn command(hub: &Hub) -> Command {
        let mut command =
            hub.command(&["serve", "--citizen", "127.0.0.1:0", "--desk", "127.0.0.1:0"]);
        if pages().join("citizen").is_dir() {
            command.arg("--web").arg(pages().join("citizen"));
            command.arg("--desk-web").arg(pages().join("desk"));
        }
        command
    }

    /// Starts `command` and waits for its ready line: JSON with the addresses `citizen` and `desk`.
    pub fn spawn(command: Command) -> Self {
        Self::try_spawn(command).expect("the hub ended before it was ready")
    }

    /// The same; none if it ends before it is ready, as it may on a disk that fails.
    pub fn try_spawn(mut command: Command) -> Option<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("bantin-hub starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output is ours"));
        let mut line = String::new();
        let ready: Value = loop {
            line.clear();
            let read = stdout
                .read_line(&mut line)
                .expect("the hub's lines can be read");
            if read == 0 {
                child.wait().expect("our own process");
                return None;
            }
            if let Ok(ready) = serde_json::from_str::<Value>(&line)
                && ready["ready"] == true
            {
                break ready;
            }
        };
        let address = |name: &str| {
            let text = ready[name]
                .as_str()
                .expect("the ready line has both addresses");
            let text = text.trim_start_matches("http://").trim_end_matches('/');
            text.parse().expect("an address")
        };
        Some(Self {
            citizen: address("citizen"),
            desk: address("desk"),
            child,
            _stdout: stdout,
        })
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|ended| ended.is_none())
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("our own process");
        self.child.wait().expect("our own process");
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it ends by itself, after a kill by other means.
    pub fn ended(mut self) {
        self.child.wait().expect("our own process");
    }

    /// The desk of this hub, nobody signed in.
    pub fn desk(&self) -> Desk {
        Desk::at(self.desk)
    }

    /// The pairing link through `url`, the network between.
    pub fn link(&self, hub: &Hub, url: &str) -> String {
        format!("{url}#root={}", hub.root())
    }

    /// The place that its phones follow.
    pub fn place(&self) -> &'static str {
        PLACE
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! PouchDB 9 and express-pouchdb, both in memory: replication as CouchDB's protocol has it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Peers;
use super::lines::Lines;
use crate::program::field;

/// Documents of one batch. Its default of 100 makes four times as many requests; this is the better of the two for it.
const BATCH: u64 = 1_000;

/// How to run both sides.
#[derive(Clone, Debug)]
pub struct Pouch(Peers);

/// The server, with what it publishes.
pub struct PouchServer {
    lines: Lines,
    /// Where it listens.
    pub address: SocketAddr,
}

/// One device.
pub struct PouchPhone(Lines);

/// What a device did.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Time inside the running process; its start is not in it.
    pub seconds: f64,
    /// What it told.
    pub json: Value,
}

impl Pouch {
    /// If `node` and the packages are here.
    pub fn of(peers: &Peers) -> Option<Self> {
        peers.node("server.mjs").map(|_| Self(peers.clone()))
    }

    /// Starts a server.
    ///
    /// # Errors
    /// It does not come up.
    pub fn server(&self) -> anyhow::Result<PouchServer> {
        let (lines, ready) = self.start("server.mjs", &[])?;
        let port = field(&ready, "port").as_u64().unwrap_or_default();
        let address = ([127, 0, 0, 1], u16::try_from(port)?).into();
        Ok(PouchServer { lines, address })
    }

    /// Starts a device that finds its server at `address`.
    ///
    /// # Errors
    /// It does not come up.
    pub fn phone(&self, address: SocketAddr) -> anyhow::Result<PouchPhone> {
        self.phone_with(address, BATCH)
    }

    /// The same, asking for `batch` documents at a time.
    ///
    /// # Errors
    /// It does not come up.
    pub fn phone_with(&self, address: SocketAddr, batch: u64) -> anyhow::Result<PouchPhone> {
        let server = format!("http://{address}");
        let (lines, _) = self.start("phone.mjs", &[&server, &batch.to_string()])?;
        Ok(PouchPhone(lines))
    }

    fn start(&self, script: &str, arguments: &[&str]) -> anyhow::Result<(Lines, Value)> {
        let command = self.0.node(script);
        let mut command = command.ok_or_else(|| anyhow::anyhow!("node is not here"))?;
        command.args(arguments);
        Lines::start(command)
    }
}

impl PouchServer {
    /// Publishes the documents of a file of JSON lines, in place of those with the same `_id`.
    ///
    /// # Errors
    /// One is refused.
    pub fn publish(&mut self, file: &Path) -> anyhow::Result<()> {
        self.lines.ask(&json!({ "do": "publish", "file": file }))?;
        Ok(())
    }

    /// What devices have sent.
    ///
    /// # Errors
    /// It does not answer.
    pub fn received(&mut self) -> anyhow::Result<Value> {
        self.lines.ask(&json!({ "do": "received" }))
    }
}

impl PouchPhone {
    /// Fetches what is new.
    ///
    /// # Errors
    /// Replication fails.
    pub fn pull(&mut self) -> anyhow::Result<Sent> {
        self.done(&json!({ "do": "pull" }))
    }

    /// Fetches what is new over a line that breaks, tried at most `attempts` times.
    ///
    /// # Errors
    /// It does not answer.
    pub fn pull_through(&mut self, attempts: u64) -> anyhow::Result<Sent> {
        self.done(&json!({ "do": "pullThrough", "attempts": attempts }))
    }

    /// Sends a text with files; it is through when the server has both.
    ///
    /// # Errors
    /// Replication fails.
    pub fn send(&mut self, text: &str, files: &[PathBuf]) -> anyhow::Result<Sent> {
        self.done(&json!({ "do": "send", "text": text, "files": files }))
    }

    /// All documents of the device.
    ///
    /// # Errors
    /// It does not answer.
    pub fn held(&mut self) -> anyhow::Result<Vec<Value>> {
        let told = self.0.ask(&json!({ "do": "held" }))?;
        Ok(field(&told, "documents")
            .as_array()
            .cloned()
            .unwrap_or_default())
    }

    fn done(&mut self, question: &Value) -> anyhow::Result<Sent> {
        let json = self.0.ask(question)?;
        let seconds = field(&json, "seconds").as_f64().unwrap_or_default();
        Ok(Sent { seconds, json })
    }
}

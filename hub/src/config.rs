//! `hub.toml`: what an operator may set. Every field has a default, an unknown one is an error.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// The file's name in the data directory.
pub const FILE: &str = "hub.toml";

/// An operator's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address that phones reach the citizen's side under; begins pairing links.
    pub base_url: String,
    /// Origin that officers' browsers reach the desk under; none = `http://` and the listening address.
    pub desk_url: Option<String>,
    /// Folder of the web app; none = no web app.
    pub web_root: Option<PathBuf>,
    /// Folder of the desk's pages; none = no pages.
    pub desk_web_root: Option<PathBuf>,
    /// Logs as JSON lines instead of text.
    pub log_json: bool,
    /// How long mailbox entries stay, in days.
    pub mail_days: u32,
    /// How long uploads that no letter names stay, in days.
    pub orphan_days: u32,
    /// File with deadline rules (`docs/formats/letters.md`); none = those of the product.
    pub deadlines: Option<PathBuf>,
    /// Bounds.
    pub limits: Limits,
    /// Cost of passwords.
    pub password: PasswordCost,
}

/// Bounds that keep one guest from filling the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Size of the database in bytes; none = the disk's.
    pub database_bytes_max: Option<u64>,
    /// Bytes of uploads that no letter names yet, together.
    pub orphan_bytes_max: u64,
    /// Letters waiting to be written at once.
    pub letters_waiting_max: usize,
    /// Time for a request other than an upload, in seconds.
    pub request_s: u64,
    /// Time for an upload, in seconds: 25 MiB at 50 kbit/s take 70 minutes, and an upload resumes.
    pub upload_s: u64,
}

/// Parameters of Argon2id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:7400".into(),
            desk_url: None,
            web_root: None,
            desk_web_root: None,
            log_json: false,
            mail_days: 400,
            orphan_days: 7,
            deadlines: None,
            limits: Limits::default(),
            password: PasswordCost::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            database_bytes_max: None,
            orphan_bytes_max: 2 << 30,
            letters_waiting_max: 4096,
            request_s: 60,
            upload_s: 900,
        }
    }
}

impl Default for PasswordCost {
    /// OWASP's second recommendation for Argon2id: 19 MiB, two passes.
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            passes: 2,
            lanes: 1,
        }
    }
}

impl Config {
    /// Reads the settings of a data directory.
    pub fn read(dir: &Path) -> anyhow::Result<Self> {
        let file = dir.join(FILE);
        let text = std::fs::read_to_string(&file).with_context(|| {
            format!(
                "{} cannot be read; was `bantin-hub init` run?",
                file.display()
            )
        })?;
        toml::from_str(&text).with_context(|| format!("{} is not in order", file.display()))
    }

    /// Writes the settings.
    pub fn write(&self, dir: &Path) -> anyhow::Result<()> {
        let file = dir.join(FILE);
        std::fs::write(&file, toml::to_string_pretty(self)?)
            .with_context(|| format!("{} cannot be written", file.display()))
    }
}

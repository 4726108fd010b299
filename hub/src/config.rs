//! `hub.toml`: what an operator may set. Every field has a default, an unknown one is an error.

use std::path::{Path, PathBuf};

use anyhow::Context;
use bantin_model::id::Hash;
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
    /// The hub above; none = this hub is home to the top place, or stands alone.
    pub upstream: Option<Upstream>,
}

/// The hub above, whose places this hub mirrors and to which it carries letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// Its address, without a slash at its end.
    pub url: String,
    /// Fingerprint of the root of trust, as in its pairing link.
    pub root: Hash,
    /// Bytes of its pictures and sounds that are kept here; the newest go first.
    #[serde(default = "Upstream::blob_bytes_max")]
    pub blob_bytes_max: u64,
    /// Pause between two looks while all goes well, in seconds.
    #[serde(default = "Upstream::every_s")]
    pub every_s: u64,
    /// How long a letter is kept after the hub above had it, in days: should that hub come back from an
    /// older backup, it goes up again.
    #[serde(default = "Upstream::keep_days")]
    pub keep_days: u32,
    /// Mailboxes looked into there, together.
    #[serde(default = "Upstream::mailboxes_max")]
    pub mailboxes_max: u64,
}

impl Upstream {
    /// That hub, with every other setting as usual.
    pub fn new(url: String, root: Hash) -> Self {
        Self {
            url,
            root,
            blob_bytes_max: Self::blob_bytes_max(),
            every_s: Self::every_s(),
            keep_days: Self::keep_days(),
            mailboxes_max: Self::mailboxes_max(),
        }
    }

    fn blob_bytes_max() -> u64 {
        2 << 30
    }

    fn every_s() -> u64 {
        60
    }

    /// [`Self::keep_days`] where nothing else is set, also of letters that go down.
    pub const KEEP_DAYS: u32 = 30;

    fn keep_days() -> u32 {
        Self::KEEP_DAYS
    }

    fn mailboxes_max() -> u64 {
        100_000
    }
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
            upstream: None,
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

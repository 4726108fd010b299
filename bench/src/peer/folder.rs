//! Fetching the peers, once.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

/// Scripts and lists of packages, copied beside what is fetched.
const FILES: [&str; 7] = [
    "package.json",
    "package-lock.json",
    "requirements.txt",
    "lines.mjs",
    "phone.mjs",
    "server.mjs",
    "zim.py",
];

/// What can be run here.
#[derive(Clone, Debug)]
pub struct Peers {
    folder: PathBuf,
    node: bool,
    python: bool,
}

impl Peers {
    /// Fetches what is not there yet. What cannot be had is said on standard error and left out.
    ///
    /// # Errors
    /// `target/` cannot be written.
    pub fn fetch() -> anyhow::Result<Self> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("peer");
        let folder = std::env::var_os("BANTIN_PEERS")
            .map_or_else(|| source.join("../../target/bench-peer"), PathBuf::from);
        std::fs::create_dir_all(&folder)?;
        let old = |file: &str| std::fs::read(folder.join(file)).ok();
        let held = ["package-lock.json", "requirements.txt"].map(old);
        for file in FILES {
            std::fs::copy(source.join(file), folder.join(file))
                .with_context(|| format!("{file} of the peers"))?;
        }
        let [lock, requirements] = ["package-lock.json", "requirements.txt"].map(old);
        let [held_lock, held_requirements] = held;
        let fresh = |same: bool, what: &str| same && folder.join(what).is_dir();
        let node = fresh(held_lock == lock, "node_modules") || said("npm", npm(&folder));
        let python =
            fresh(held_requirements == requirements, "python") || said("pip", pip(&folder));
        Ok(Self {
            folder,
            node,
            python,
        })
    }

    /// None of them: their columns stay empty.
    pub fn none() -> Self {
        Self {
            folder: PathBuf::new(),
            node: false,
            python: false,
        }
    }

    /// A script of `node`, if it can be run.
    pub(super) fn node(&self, script: &str) -> Option<Command> {
        self.node.then(|| {
            let mut command = Command::new("node");
            command.arg(self.folder.join(script));
            command
        })
    }

    /// A script of Python, if it can be run.
    pub(super) fn python(&self, script: &str) -> Option<Command> {
        self.python.then(|| {
            let mut command = Command::new(self.folder.join("python/bin/python"));
            command.arg(self.folder.join(script));
            command
        })
    }
}

fn said(tool: &str, done: anyhow::Result<()>) -> bool {
    if let Err(error) = &done {
        eprintln!("bench: {tool} did not fetch a peer, its rows stay empty: {error:#}");
    }
    done.is_ok()
}

fn npm(folder: &Path) -> anyhow::Result<()> {
    eprintln!("bench: npm fetches PouchDB, once");
    // No package of theirs needs to run anything here: what is native comes built.
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    fetched(npm.current_dir(folder))
}

fn pip(folder: &Path) -> anyhow::Result<()> {
    eprintln!("bench: pip fetches libzim, once");
    let made = folder.join("python");
    let mut venv = Command::new("python3");
    fetched(venv.args(["-m", "venv", "--clear"]).arg(&made))?;
    let mut pip = Command::new(made.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:"]);
    pip.args(["--disable-pip-version-check", "-r"]);
    let done = fetched(pip.arg(folder.join("requirements.txt")));
    if done.is_err() {
        // Half of it must not pass for the whole next time.
        std::fs::remove_dir_all(&made)?;
    }
    done
}

fn fetched(command: &mut Command) -> anyhow::Result<()> {
    let named = format!("{:?}", command.get_program());
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .with_context(|| named.clone())?;
    ensure!(status.success(), "{named} failed ({status})");
    Ok(())
}

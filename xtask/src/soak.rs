//! `./x soak`: builds with optimisation and runs the long forms of all fault harnesses; arguments after it go to
//! `bantin-soak` (`--minutes`, `--resume`, `--share`, `--only`, `--json`, `--list`; docs/soak.md).

use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use clap::Args;

use crate::repo::Repo;
use crate::setup::{self, Purpose};
use crate::shell;

/// What is driven, and what drives it.
const PACKAGES: [&str; 5] = [
    "bantin-hub",
    "bantin-cli",
    "bantin-fuzz",
    "bantin-simulation",
    "bantin-tests",
];

/// A disk in memory, where there is one: what a power cut takes is played by the harness, so a real disk would
/// only be slower.
const MEMORY_DISK: &str = "/dev/shm";

/// What the soak is asked.
#[derive(Args)]
pub struct Options {
    /// Passed on to the soak
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds the programs and runs the soak at low priority: it takes hours, and the machine is for people. Only its
/// report goes to standard output.
pub fn start(repo: &Repo, options: &Options) -> Result<()> {
    setup::install(repo, Purpose::Test)?;
    let mut build = shell::cargo();
    build.args(["build", "--quiet", "--release", "--locked", "--bins"]);
    for package in PACKAGES {
        build.args(["-p", package]);
    }
    let built = build
        .current_dir(repo.root())
        .stdout(Stdio::null())
        .status()?;
    anyhow::ensure!(built.success(), "the programs were not built ({built})");
    let programs = repo.optimised();
    let mut soak = Command::new("nice");
    soak.args(["-n", "15"])
        .arg(programs.join("bantin-soak"))
        .args(&options.arguments)
        .env("BANTIN_PROGRAMS", &programs)
        // Without pages: nothing here is seen by anybody.
        .env("BANTIN_WEB", repo.path("target/no-pages"))
        // What hubs log would tear the line of progress.
        .env("BANTIN_LOG", "off")
        .env("BANTIN_CONTENT", repo.path("content"))
        .env("BANTIN_ARTIFACTS", repo.artifacts())
        .current_dir(repo.root());
    if std::path::Path::new(MEMORY_DISK).is_dir() && std::env::var_os("TMPDIR").is_none() {
        soak.env("TMPDIR", MEMORY_DISK);
    }
    let status = soak.status().context("the soak cannot be started")?;
    anyhow::ensure!(
        status.success(),
        "the soak found something or failed ({status})"
    );
    Ok(())
}

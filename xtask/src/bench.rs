//! `./x bench`: builds with optimisation and measures; arguments after it go to the bench (`--json`, `--only`).

use std::process::Stdio;

use anyhow::{Context, Result};
use clap::Args;

use crate::repo::Repo;
use crate::setup::{self, Purpose};
use crate::shell;

/// The programs that are measured, and the one that measures.
const PACKAGES: [&str; 3] = ["bantin-hub", "bantin-cli", "bantin-bench"];

/// What the bench is asked.
#[derive(Args)]
pub struct Options {
    /// Passed on to the bench
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds the real hub and the real `bantin` in the release profile and lets the bench drive them; only its rows go
/// to standard output.
pub fn start(repo: &Repo, options: &Options) -> Result<()> {
    setup::install(repo, Purpose::Check)?;
    let mut build = shell::cargo();
    build.args(["build", "--quiet", "--release", "--locked"]);
    for package in PACKAGES {
        build.args(["-p", package]);
    }
    let built = build
        .current_dir(repo.root())
        .stdout(Stdio::null())
        .status()?;
    anyhow::ensure!(built.success(), "the programs were not built ({built})");
    let programs = repo.optimised();
    let mut bench = std::process::Command::new(programs.join("bantin-bench"));
    bench
        .args(&options.arguments)
        .env("BANTIN_PROGRAMS", &programs)
        .env("BANTIN_WEB", repo.web())
        .current_dir(repo.root());
    let status = bench.status().context("the bench cannot be started")?;
    anyhow::ensure!(status.success(), "the bench failed ({status})");
    Ok(())
}

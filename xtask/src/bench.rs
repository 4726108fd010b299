//! `./x bench`: builds with optimisation and measures; arguments after it go to the bench (`--json`, one name).

use anyhow::Result;
use clap::Args;

use crate::repo::Repo;
use crate::setup::{self, Purpose};
use crate::shell;

/// What the bench is asked.
#[derive(Args)]
pub struct Options {
    /// Passed on to the bench
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Runs the bench in the release profile; only its rows go to standard output.
pub fn start(repo: &Repo, options: &Options) -> Result<()> {
    setup::install(repo, Purpose::Check)?;
    let mut command = shell::cargo();
    command.args([
        "run",
        "--quiet",
        "--release",
        "--locked",
        "-p",
        "bantin-bench",
        "--",
    ]);
    command.args(&options.arguments).current_dir(repo.root());
    let status = command.status()?;
    anyhow::ensure!(status.success(), "the bench failed ({status})");
    Ok(())
}

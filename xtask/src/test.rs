//! `./x test`: makes the machine ready, builds everything the tests start, and runs every test.
//!
//! Tests find what they start through four variables: `BANTIN_PROGRAMS` (folder of `bantin-hub`, `bantin`,
//! `bantin-app`), `BANTIN_WEB` (folder of the built sites), `BANTIN_CONTENT` (the starter content) and
//! `BANTIN_ARTIFACTS` (where they leave pictures and logs).

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;

use crate::repo::Repo;
use crate::setup::{self, Purpose};
use crate::{run, shell, web};

/// Which tests to run.
#[derive(Args)]
pub struct Options {
    /// Passed on to `cargo test`; without any, the whole workspace is tested
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Runs all stages; the times of each are printed at the end and kept in `artifacts/timing.txt`.
pub fn start(repo: &Repo, options: &Options) -> Result<()> {
    fs::create_dir_all(repo.artifacts()).context("artifacts/ cannot be made")?;
    let mut times = Vec::new();
    let outcome = stages(repo, options, &mut times);
    let table: String = times
        .iter()
        .map(|(stage, time)| format!("{:>7.1} s  {stage}\n", time.as_secs_f32()))
        .collect();
    fs::write(repo.artifacts().join("timing.txt"), &table)?;
    print!("\n{table}");
    outcome
}

fn stages(repo: &Repo, options: &Options, times: &mut Vec<(&'static str, Duration)>) -> Result<()> {
    let mut timed = |stage: &'static str, work: &mut dyn FnMut() -> Result<()>| {
        let start = Instant::now();
        let outcome = work();
        times.push((stage, start.elapsed()));
        outcome
    };
    timed("setting up", &mut || setup::install(repo, Purpose::Test))?;
    timed("building the pages", &mut || web::build(repo))?;
    timed("building the programs", &mut || {
        // As part of the whole, so that the tests after it find most of their own work done.
        run::build_programs(repo, &["--workspace", "--bins"])
    })?;
    timed("building the tests", &mut || {
        shell::step(
            "building the tests",
            cargo_test(repo, options).arg("--no-run"),
        )
    })?;
    timed("running the tests", &mut || {
        shell::step(
            "running the tests",
            &mut on_a_screen(&cargo_test(repo, options)),
        )
    })
}

fn cargo_test(repo: &Repo, options: &Options) -> Command {
    let mut command = shell::cargo();
    command
        .args(["test", "--locked", "--no-fail-fast"])
        .current_dir(repo.root());
    if options.arguments.is_empty() {
        // With the programs' features, so that what they share is not built twice.
        command.args(["--workspace", "--features", run::OWN_PAGES]);
    }
    command.args(&options.arguments);
    command
        .env("BANTIN_PROGRAMS", repo.programs())
        .env("BANTIN_WEB", repo.web())
        .env("BANTIN_CONTENT", repo.path("content"))
        .env("BANTIN_ARTIFACTS", repo.artifacts());
    command
}

/// The same command on a screen of its own: windows of tests must not depend on, or disturb, the one in front of us.
fn on_a_screen(command: &Command) -> Command {
    if !cfg!(target_os = "linux") {
        return copy(command.get_program().to_owned(), command);
    }
    let mut screen = copy("xvfb-run".into(), command);
    screen
        .env("GDK_BACKEND", "x11")
        .env_remove("WAYLAND_DISPLAY");
    screen
}

/// `command` started by `program`; when that is another one, `command`'s own name becomes an argument.
fn copy(program: std::ffi::OsString, command: &Command) -> Command {
    let mut copied = Command::new(&program);
    if program != command.get_program() {
        copied
            .args(["--auto-servernum", "--server-args=-screen 0 1280x1024x24"])
            .arg(command.get_program());
    }
    copied.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => copied.env(name, value),
            None => copied.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        copied.current_dir(folder);
    }
    copied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_keeps_the_command_and_its_variables() {
        let mut command = Command::new("cargo");
        command
            .args(["test", "--workspace"])
            .env("BANTIN_WEB", "/pages");
        let screen = copy("xvfb-run".into(), &command);
        let arguments: Vec<_> = screen.get_args().skip(2).collect();
        assert_eq!(
            arguments,
            ["cargo", "test", "--workspace"],
            "the very same tests must run"
        );
        assert!(
            screen.get_envs().any(|(name, _)| name == "BANTIN_WEB"),
            "tests find the pages through this"
        );
    }
}

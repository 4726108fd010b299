//! The work behind `./x`: setting a machine up, building the pages, running the demo, checking and testing.
//!
//! Every command stops with one clear line when something outside the code is wrong: no network, no disk, a port in use.

mod bench;
mod check;
mod dev;
mod repo;
mod run;
mod setup;
mod shell;
mod soak;
mod test;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use repo::Repo;

#[derive(Parser)]
#[command(
    name = "x",
    bin_name = "./x",
    about = "Bản Tin: run, test and build with one command",
    version
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, start the demo hub, the web app, the desk and the desktop app
    Run(run::Options),
    /// Every test, window and browser included
    Test(test::Options),
    /// Formatting, lints as errors, and the repository's own rules
    Check,
    /// Measure and print; what follows goes to the bench
    Bench(bench::Options),
    /// The long forms of all fault harnesses; what follows goes to the soak
    Soak(soak::Options),
    /// Like run, and rebuild on every change
    Dev(run::Options),
    /// Install what is missing on this machine and stop
    Setup,
    /// Build the pages for browsers and for the app into target/web
    Web,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match Repo::find().and_then(|repo| start(&repo, cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("x: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(repo: &Repo, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Run(options) => run::start(repo, &options),
        Command::Test(options) => test::start(repo, &options),
        Command::Check => check::start(repo),
        Command::Bench(options) => bench::start(repo, &options),
        Command::Soak(options) => soak::start(repo, &options),
        Command::Dev(options) => dev::start(repo, &options),
        Command::Setup => setup::install(repo, setup::Purpose::Test),
        Command::Web => {
            setup::install(repo, setup::Purpose::Web)?;
            web::build(repo)
        }
    }
}

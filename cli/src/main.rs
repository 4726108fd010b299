//! `bantin`: the device engine without a window. Every verb prints a few lines for people, or with
//! `--json` one line of stable JSON for scripts; the exit code says how it went (see `exit.rs`).

mod args;
mod command;
mod exit;
mod text;

use std::process::ExitCode;

use clap::Parser;

use args::Args;

fn main() -> ExitCode {
    let args = Args::parse();
    log();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(command::run(&args)),
        Err(error) => Err(error.into()),
    };
    exit::finish(&args, outcome)
}

/// Details for operators go to standard error, when `BANTIN_LOG` asks for them.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("BANTIN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

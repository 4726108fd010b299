//! `bantin-bench`: measures and prints; only the rows go to standard output.

use std::process::ExitCode;

use bantin_bench::row::table;
use bantin_bench::work::{Work, measure};
use clap::Parser;

/// Measures Bản Tin with the real programs on generated notices
#[derive(Debug, Parser)]
#[command(name = "bantin-bench", version)]
struct Args {
    /// One JSON array instead of a table
    #[arg(long)]
    json: bool,
    /// Notices in the feed
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(100..=100_000))]
    documents: u64,
    /// Only this
    #[arg(long, value_name = "NAME")]
    only: Option<Work>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(text) => {
            println!("{}", text.trim_end());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> anyhow::Result<String> {
    let rows = measure(args.only, args.documents)?;
    Ok(if args.json {
        serde_json::to_string(&rows)?
    } else {
        table(&rows)
    })
}

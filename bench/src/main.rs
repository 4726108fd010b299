//! `bantin-bench`: measures and prints; only the rows go to standard output.

use std::process::ExitCode;

use bantin_bench::work::{Asked, Work, measure};
use bantin_row::{Row, table};
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
    /// Only these kinds of work, separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<Work>,
    /// Without the programs of others: nothing is fetched, and their columns stay empty
    #[arg(long)]
    alone: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut rows = Vec::new();
    let asked = Asked {
        only: args.only.clone(),
        notices: args.documents,
        alone: args.alone,
    };
    let measured = measure(&asked, &mut rows);
    // What was measured before something failed is still true.
    let printed = print(&args, &rows);
    match measured.and(printed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn print(args: &Args, rows: &[Row]) -> anyhow::Result<()> {
    if args.json {
        println!("{}", serde_json::to_string(rows)?);
    } else {
        println!("{}", table(rows).trim_end());
    }
    Ok(())
}

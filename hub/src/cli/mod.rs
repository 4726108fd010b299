//! `bantin-hub`: the operator's and the officer's command line. Every command takes `--json`; exit
//! codes are in [`exit`].

mod args;
mod backup;
mod content;
mod dictionary;
mod doctor;
pub mod exit;
mod init;
mod keys;
mod letters;
mod officers;
mod output;
mod packs;
mod serve;
mod upstream;

use clap::Parser;

pub use args::Args;

/// Runs the command the process was started with; its exit code.
pub fn main() -> std::process::ExitCode {
    let args = Args::parse();
    let json = args.json;
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return output::failed(&error.into(), json),
    };
    match runtime.block_on(run(args)) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => output::failed(&error, json),
    }
}

/// Runs a command.
pub async fn run(args: Args) -> anyhow::Result<()> {
    use args::Command as C;
    let (dir, json) = (args.dir, args.json);
    match args.command {
        C::Init(options) => init::init(&dir, options, json).await,
        C::Serve(options) => serve::serve(&dir, options).await,
        C::Link => init::link(&dir, json).await,
        C::Import(options) => content::import(&dir, &options, json).await,
        C::Publish(options) => content::publish(&dir, &options, json).await,
        C::Withdraw(options) => content::withdraw(&dir, &options, json).await,
        C::Inbox(options) => letters::inbox(&dir, &options, json).await,
        C::Show { id } => letters::show(&dir, &id, json).await,
        C::Ask(options) => letters::say(&dir, options, letters::ASK, json).await,
        C::Answer(options) => letters::say(&dir, options, letters::ANSWER, json).await,
        C::Agencies => letters::agencies(&dir, json).await,
        C::Forward(options) => letters::forward(&dir, options, json).await,
        C::CheckProduct(options) => letters::check_product(&dir, options, json).await,
        C::Officer(command) => officers::run(&dir, command, json).await,
        C::Keys(command) => keys::run(&dir, command, json).await,
        C::Dictionary(command) => dictionary::run(&dir, command, json).await,
        C::Upstream(command) => upstream::run(&dir, command, json).await,
        C::Epoch => backup::epoch(&dir, json).await,
        C::Backup(options) => backup::backup(&dir, &options, json).await,
        C::Restore(options) => backup::restore(&dir, &options, json).await,
        C::Pack(command) => packs::run(&dir, command, json).await,
        C::Doctor => doctor::doctor(&dir, json).await,
    }
}

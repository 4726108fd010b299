//! The dictionary a hub packs small segments with, trained on other texts than those that are measured.

use std::path::PathBuf;
use std::process::Command;

use super::{Village, folder};
use crate::corpus::{SEED, documents};
use crate::program::{program, run};

/// The seed of the texts it is trained on: the same words, in other sentences.
const OTHER_SEED: u64 = SEED ^ 0x5eed;
/// How many of them.
const TEXTS: u64 = 2_000;

/// Trains it at a hub of its own, as an agency with an archive would; the file it is in.
pub(super) fn train(village: &Village) -> anyhow::Result<PathBuf> {
    let hub = |arguments: &[&str]| -> anyhow::Result<Command> {
        let mut command = program("bantin-hub")?;
        command.arg("--dir").arg(village.path("teacher"));
        command
            .arg("--json")
            .args(arguments)
            .env("BANTIN_LOG", "warn");
        Ok(command)
    };
    let mut init = hub(&["init", "--base-url", "http://127.0.0.1:9", "--places"])?;
    init.arg(village.path("places.toml"));
    run(init)?;
    let texts: Vec<_> = documents(OTHER_SEED, TEXTS).collect();
    let lessons = village.path("lessons");
    folder::write(&lessons, &texts)?;
    let mut import = hub(&["import"])?;
    import.arg(&lessons);
    run(import)?;
    run(hub(&["dictionary", "train"])?)?;
    let file = village.path("dictionary");
    let mut export = hub(&["dictionary", "export"])?;
    export.arg(&file);
    run(export)?;
    Ok(file)
}

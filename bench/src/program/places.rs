//! Where the built programs and pages are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

/// The command of one of our programs, which lies beside this one or in `BANTIN_PROGRAMS`.
///
/// # Errors
/// It was not built.
pub fn program(name: &str) -> anyhow::Result<Command> {
    let folder = match std::env::var_os("BANTIN_PROGRAMS") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::current_exe()?
            .parent()
            .map(Path::to_path_buf)
            .context("a program lies in a folder")?,
    };
    let path = folder.join(name);
    ensure!(
        path.is_file(),
        "{} is missing; `./x bench` builds it first",
        path.display()
    );
    let mut command = Command::new(path);
    // A proxy of the surroundings must not stand between two programs on this machine.
    for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(proxy).env_remove(proxy.to_uppercase());
    }
    Ok(command)
}

/// Folder of the built pages: `BANTIN_WEB`, else `target/web` of the checkout.
pub fn pages() -> PathBuf {
    std::env::var_os("BANTIN_WEB").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/web"),
        PathBuf::from,
    )
}

//! Rust to wasm, with Cargo.

use anyhow::Result;

use crate::repo::Repo;
use crate::setup::WASM_TARGET;
use crate::shell;

/// Compiles both pages and the worker in the `wasm` profile.
pub fn wasm(repo: &Repo) -> Result<()> {
    shell::step(
        "compiling the pages",
        shell::cargo()
            // One call for all: they share their dependencies' features, and so one build of each.
            .args([
                "build",
                "--locked",
                "--profile",
                "wasm",
                "--target",
                WASM_TARGET,
                "-p",
                "bantin-ui",
                "-p",
                "bantin-web",
            ])
            .current_dir(repo.root()),
    )
}

//! Installs what a command needs and this machine lacks: Debian's packages, the wasm target, wasm-opt.
//!
//! Nothing is asked of the network when everything is there, so a second start works offline.

mod apt;
mod npm;
mod wasm_target;

use anyhow::Result;

use crate::repo::Repo;

pub use npm::wasm_opt;
pub use wasm_target::WASM_TARGET;

/// What the machine is made ready for; each purpose includes only what it really uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Build the pages only.
    Web,
    /// Compile everything and lint it.
    Check,
    /// Build and run the product.
    Run,
    /// Run every test, with a window and a browser.
    Test,
}

/// Makes the machine ready for `purpose`.
///
/// # Errors
/// One line that says what is missing and what a person can do about it.
pub fn install(repo: &Repo, purpose: Purpose) -> Result<()> {
    apt::install(purpose)?;
    wasm_target::install(repo)?;
    if purpose != Purpose::Check {
        npm::install(repo)?;
    }
    Ok(())
}

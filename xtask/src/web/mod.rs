//! Builds the pages: Rust to wasm, wasm to a module the browser loads, and one finished folder per site.
//!
//! | from | to |
//! |---|---|
//! | `ui/src/bin/citizen.rs`, `ui/src/bin/desk.rs`, `web/` | `target/web/.modules/` |
//! | those, `ui/styles/`, `ui/static/` | `target/web/citizen`, `target/web/desk` (for the hub), `target/web/app` (for the shell) |
//!
//! A site's own file names stay (`index.html`); everything else is named by its content under `/assets/` and may be
//! cached for ever. Beside each file that shrinks lies its `.br` and `.gz`. docs/pages.md is the contract.

mod compile;
mod compress;
mod floor;
mod markup;
mod module;
mod names;
mod site;
mod styles;
mod write;

use std::fs::File;
use std::time::Instant;

use anyhow::Result;

use crate::repo::Repo;

use site::Site;

/// Every site we build.
const SITES: [Site; 3] = [
    Site {
        name: "citizen",
        page: "citizen",
        worker: true,
        compressed: true,
    },
    Site {
        name: "desk",
        page: "desk",
        worker: false,
        compressed: true,
    },
    // The shell has its engine in itself and compresses what it embeds.
    Site {
        name: "app",
        page: "citizen",
        worker: false,
        compressed: false,
    },
];

/// Waits until no other `./x` writes the pages. The turn ends when the file is closed.
fn turn(repo: &Repo) -> Result<File> {
    std::fs::create_dir_all(repo.web())?;
    let file = File::create(repo.web().join(".turn"))?;
    file.lock()?;
    Ok(file)
}

/// Builds what changed; with no change it takes about as long as Cargo needs to see that.
///
/// # Errors
/// When code does not compile, a page names a file that is not there, or the wasm needs a newer browser than the floor.
pub fn build(repo: &Repo) -> Result<()> {
    let _turn = turn(repo)?;
    compile::wasm(repo)?;
    let start = Instant::now();
    let modules = module::prepare(repo)?;
    for site in &SITES {
        let files = site::assemble(repo, site, &modules)?;
        write::site(repo, site, &files)?;
    }
    println!("   pages: {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

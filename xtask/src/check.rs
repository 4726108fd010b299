//! `./x check`: formatting, lints as errors, and the repository's own rules (tidy, an ordinary test).

use anyhow::Result;

use crate::repo::Repo;
use crate::setup::{self, Purpose};
use crate::shell;

/// Parts that also compile for the browser, where other lints apply.
const BROWSER_PARTS: [&str; 5] = [
    "bantin-model",
    "bantin-search",
    "bantin-wire",
    "bantin-ui",
    "bantin-web",
];

/// Runs every check; stops at the first that fails.
pub fn start(repo: &Repo) -> Result<()> {
    setup::install(repo, Purpose::Check)?;
    shell::step(
        "formatting",
        shell::cargo()
            .args(["fmt", "--all", "--check"])
            .current_dir(repo.root()),
    )?;
    shell::step(
        "lints",
        shell::cargo()
            .args([
                "clippy",
                "--locked",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ])
            .current_dir(repo.root()),
    )?;
    let mut browser = shell::cargo();
    browser
        .args(["clippy", "--locked", "--target", setup::WASM_TARGET])
        .current_dir(repo.root());
    for part in BROWSER_PARTS {
        browser.args(["-p", part]);
    }
    shell::step(
        "lints for the browser",
        browser.args(["--", "-D", "warnings"]),
    )?;
    shell::step(
        "tidy",
        shell::cargo()
            .args(["test", "--locked", "-p", "bantin-tests", "--test", "tidy"])
            .current_dir(repo.root()),
    )
}

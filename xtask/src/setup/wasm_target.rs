//! Rust's standard library for the browser.
//!
//! rustup has it. Where rustup cannot reach its server, or is not there, it is built from source: the sources of exactly
//! this compiler, from rustup's `rust-src` or from Debian's `rust-web-src` or `rust-src` package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::repo::Repo;
use crate::shell;

/// The target all pages are compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Debian's packages with the standard library's source; which compiler they belong to changes with its updates.
const SOURCE_PACKAGES: [&str; 2] = ["rust-web-src", "rust-src"];

/// Makes `rustc --target wasm32-unknown-unknown` work.
pub fn install(repo: &Repo) -> Result<()> {
    let library = target_library()?;
    if has_std(&library) {
        return Ok(());
    }
    println!("── installing Rust's library for the browser");
    let rustup = match shell::quiet(Command::new("rustup").args(["target", "add", WASM_TARGET])) {
        Ok(()) => return Ok(()),
        Err(reason) => reason,
    };
    let Some(source) = source()? else {
        bail!(
            "Rust's library for {WASM_TARGET} is missing, rustup cannot fetch it ({rustup}) and Debian has no source of \
             this compiler. Connect to the network, then run: rustup target add {WASM_TARGET}"
        );
    };
    build(repo, &source, &library)
}

/// The folder where rustc looks for this target's libraries.
fn target_library() -> Result<PathBuf> {
    let path = shell::ask(Command::new("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        WASM_TARGET,
    ]));
    path.map(PathBuf::from)
        .context("rustc does not answer; is Rust installed?")
}

fn has_std(library: &Path) -> bool {
    let Ok(entries) = fs::read_dir(library) else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

/// The `library/` folder of this compiler's own source, installed from Debian when it has just that version.
fn source() -> Result<Option<PathBuf>> {
    let sysroot = shell::ask(Command::new("rustc").args(["--print", "sysroot"]))
        .context("rustc does not answer")?;
    let version = shell::ask(Command::new("rustc").arg("--version")).unwrap_or_default();
    let version = version.split_whitespace().nth(1).unwrap_or_default();
    let places = [
        Path::new(&sysroot).join("lib/rustlib/src/rust/library"),
        Path::new("/usr/src")
            .join(format!("rustc-{version}"))
            .join("library"),
    ];
    let found = || {
        places
            .iter()
            .find(|place| place.join("std/Cargo.toml").is_file())
            .cloned()
    };
    if found().is_some() {
        return Ok(found());
    }
    for package in SOURCE_PACKAGES {
        let policy =
            shell::ask(Command::new("apt-cache").args(["policy", package])).unwrap_or_default();
        if candidate_is(&policy, version) {
            super::apt::add(&[package])?;
            return Ok(found());
        }
    }
    Ok(None)
}

/// Whether apt would install the sources of compiler `version`; the standard library builds with no other.
fn candidate_is(policy: &str, version: &str) -> bool {
    let candidate = policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate: "));
    candidate
        .and_then(|text| text.strip_prefix(version))
        .is_some_and(|rest| rest.starts_with(['+', '-', '~']))
}

/// Compiles the standard library with itself as the only dependency and puts it where rustc looks.
fn build(repo: &Repo, source: &Path, library: &Path) -> Result<()> {
    let folder = repo.path("target/wasm-std");
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    let manifest =
        "[package]\nname = \"wasm-std\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest)?;
    shell::step(
        "building Rust's library for the browser",
        shell::cargo()
            .args([
                "build",
                "--release",
                "--target",
                WASM_TARGET,
                "-Zbuild-std=std,panic_abort",
                "--target-dir",
                "out",
            ])
            // Unlocks -Z on a stable compiler, and names the source when it is not rustup's.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("__CARGO_TESTS_ONLY_SRC_ROOT", source)
            .env_remove("CARGO_TARGET_DIR")
            .current_dir(&folder),
    )?;
    fs::create_dir_all(library)
        .with_context(|| format!("{} cannot be made; run as its owner", library.display()))?;
    for entry in fs::read_dir(folder.join("out").join(WASM_TARGET).join("release/deps"))? {
        let entry = entry?;
        let name = entry.file_name();
        let wanted = Path::new(&name)
            .extension()
            .is_some_and(|kind| kind == "rlib" || kind == "rmeta");
        if wanted && !name.to_string_lossy().starts_with("libwasm_std-") {
            fs::copy(entry.path(), library.join(&name))
                .context("Rust's own folder cannot be written")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_compiler_s_source_is_taken() {
        let policy = "rust-web-src:\n  Installed: (none)\n  Candidate: 1.96.0+dfsg1-1~deb12u2\n";
        assert!(
            candidate_is(policy, "1.96.0"),
            "the very same version builds"
        );
        assert!(
            !candidate_is(policy, "1.95.0"),
            "core 1.96 uses intrinsics that rustc 1.95 does not know"
        );
        assert!(
            !candidate_is(policy, "1.9"),
            "a prefix of a number is another number"
        );
        assert!(!candidate_is("", "1.96.0"), "no package, no source");
    }
}

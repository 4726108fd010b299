//! wasm-opt, from the one npm package the build uses.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::repo::Repo;
use crate::shell;

/// wasm-opt's script; it runs under Node.js.
pub fn wasm_opt(repo: &Repo) -> PathBuf {
    repo.path("node_modules/binaryen/bin/wasm-opt")
}

/// Installs what `package-lock.json` names, unless exactly that is there.
pub fn install(repo: &Repo) -> Result<()> {
    // npm writes this copy of the lock when an installation is complete; ours has a header entry more.
    let have =
        std::fs::read_to_string(repo.path("node_modules/.package-lock.json")).unwrap_or_default();
    let want = std::fs::read_to_string(repo.path("package-lock.json"))?;
    if wasm_opt(repo).is_file() && hashes(&have) == hashes(&want) {
        return Ok(());
    }
    println!("── installing wasm-opt");
    if let Err(reason) = shell::quiet(
        Command::new("npm")
            .args(["ci", "--no-progress"])
            .current_dir(repo.root()),
    ) {
        bail!(
            "wasm-opt cannot be installed with npm ({reason}). Check the network, then run this again"
        );
    }
    Ok(())
}

/// Content hashes of a lock, in its order.
fn hashes(lock: &str) -> Vec<&str> {
    lock.lines()
        .map(str::trim)
        .filter(|line| line.starts_with("\"integrity\""))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_another_hash() {
        let have = "{\n  \"integrity\": \"sha512-a\",\n}";
        assert_eq!(
            hashes(have),
            hashes("{ \"name\": 1,\n\"integrity\": \"sha512-a\",\n}"),
            "the header does not count"
        );
        assert_ne!(
            hashes(have),
            hashes("\"integrity\": \"sha512-b\","),
            "an update must be installed"
        );
    }
}

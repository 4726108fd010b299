//! The files of the repository, as git knows them or would.

use std::path::{Path, PathBuf};
use std::process::Command;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// Tracked and new, not ignored files, relative to the root.
pub fn files() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the tree");
    assert!(listed.status.success(), "the tests run in a checkout");
    let text = String::from_utf8(listed.stdout).unwrap();
    let exists = |path: &&str| root().join(path).is_file();
    text.lines().filter(exists).map(str::to_owned).collect()
}

pub fn rust_files() -> Vec<String> {
    files()
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .collect()
}

pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Tests, benches and fuzzing may do what the product may not.
pub fn is_product(path: &str) -> bool {
    let aside = ["tests/", "bench/", "fuzz/", "xtask/", "crates/testkit/"];
    !aside.iter().any(|folder| path.starts_with(folder)) && !path.contains("/tests/")
}

//! Root keys: one file each, to be kept apart from the hub and from one another.

use std::path::{Path, PathBuf};

use anyhow::bail;
use bantin_model::feed::Root;
use bantin_model::sign::SecretKey;

use super::file::write_secrets;
use super::ring::secret;
use crate::chance;

/// Makes so many new root keys in a folder: `root.key` if it is one, else `root-1.key` and so on.
pub fn make_roots(dir: &Path, count: usize) -> anyhow::Result<Vec<(PathBuf, SecretKey)>> {
    if !(1..=Root::KEYS_MAX).contains(&count) {
        bail!("from 1 to {} root keys can be made", Root::KEYS_MAX);
    }
    let mut made = Vec::new();
    for number in 1..=count {
        let name = if count == 1 {
            "root.key".to_owned()
        } else {
            format!("root-{number}.key")
        };
        let file = dir.join(name);
        let key = make_root(&file)?;
        made.push((file, key));
    }
    Ok(made)
}

/// Makes one new root key.
pub fn make_root(file: &Path) -> anyhow::Result<SecretKey> {
    let note = "Signs the root of trust. Needed only to change keys of the top place or after a \
                restore: move this file to a safe that is not connected to anything.";
    let key = SecretKey::generate(&mut chance::rng());
    write_secrets(file, note, &[("root", key.seed())])?;
    Ok(key)
}

/// Reads the root keys that lie in a folder, by file name `root*.key`.
pub fn read_roots(dir: &Path) -> anyhow::Result<Vec<SecretKey>> {
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with("root") && name.ends_with(".key") {
            names.push(path);
        }
    }
    names.sort();
    names.iter().map(|file| read_root(file)).collect()
}

/// Reads one root key.
pub fn read_root(file: &Path) -> anyhow::Result<SecretKey> {
    secret(file, "root").map(SecretKey::from_seed)
}

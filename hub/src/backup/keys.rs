//! The keys' own backup: one file, made only when asked for by name.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

use crate::keys::{create_private, read_secrets};

/// Begins the part of one key file.
const PART: &str = "== ";

/// Writes all key files of a data directory into one new file, readable by its owner alone.
pub fn write_keys(dir: &Path, file: &Path) -> anyhow::Result<()> {
    let mut names: Vec<_> = std::fs::read_dir(dir.join("keys"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    names.sort();
    let mut out =
        create_private(file).with_context(|| format!("{} cannot be made", file.display()))?;
    for path in names
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "key"))
    {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if waits(name) {
            continue;
        }
        writeln!(out, "{PART}{name}")?;
        out.write_all(&std::fs::read(path)?)?;
    }
    out.sync_all()?;
    Ok(())
}

/// Keys that were only asked for are not kept: a restored hub asks with others, and by them it tells the
/// answer from an older one.
fn waits(name: &str) -> bool {
    name.ends_with(".next.key")
}

/// Writes the key files of such a file back.
pub(super) fn read_keys(file: &Path, keys: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    for part in text.split(PART).filter(|part| !part.trim().is_empty()) {
        let (name, secrets) = part.split_once('\n').context("the key file is damaged")?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if !name.ends_with(".key") || name.starts_with('.') || !name.chars().all(plain) {
            bail!("the key file is damaged");
        }
        let path = keys.join(name);
        let mut out = create_private(&path)?;
        out.write_all(secrets.as_bytes())?;
        out.sync_all()?;
        read_secrets(&path)?;
    }
    Ok(crate::disk::sync_dir(keys)?)
}

//! A key file: one line `name 64 hex digits` for each secret; lines that begin with `#` are for people.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use bantin_model::id::Hash;
use zeroize::Zeroizing;

use crate::disk::sync_dir;

/// Reads the secrets of a file by name.
pub fn read_secrets(file: &Path) -> anyhow::Result<BTreeMap<String, [u8; 32]>> {
    let text = std::fs::read_to_string(file)
        .map(Zeroizing::new)
        .with_context(|| format!("key file {} cannot be read", file.display()))?;
    let mut secrets = BTreeMap::new();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let parts = line.split_once(' ');
        let secret =
            parts.and_then(|(name, hex)| Some((name.to_owned(), Hash::from_hex(hex.trim())?)));
        // The line itself is not repeated: it may hold a key.
        let Some((name, Hash(secret))) = secret else {
            bail!("key file {} is damaged", file.display());
        };
        secrets.insert(name, secret);
    }
    Ok(secrets)
}

/// Makes a new file that only its owner can read; fails if there is one.
pub fn create_private(file: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Writes a new key file, durable and readable by its owner alone; fails if there is one.
pub fn write_secrets(file: &Path, note: &str, secrets: &[(&str, &[u8; 32])]) -> anyhow::Result<()> {
    let mut text = Zeroizing::new(format!("# {note}\n"));
    for (name, secret) in secrets {
        text.push_str(&format!("{name} {}\n", Hash(**secret)));
    }
    let mut out = create_private(file)
        .with_context(|| format!("key file {} cannot be made", file.display()))?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    if let Some(dir) = file.parent() {
        sync_dir(dir)?;
    }
    Ok(())
}

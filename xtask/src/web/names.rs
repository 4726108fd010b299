//! Names made from content, and folders read into memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Sixteen hex digits over `parts`, each with its length, so that no two lists of parts look alike.
pub fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The path of a file that may be cached for ever: `fonts/a.woff2` becomes `assets/fonts/a-<hash>.woff2`.
pub fn asset(path: &str, bytes: &[u8]) -> String {
    let hash = hash([bytes]);
    match path.rsplit_once('.') {
        Some((stem, kind)) if !kind.contains('/') => format!("assets/{stem}-{hash}.{kind}"),
        _ => format!("assets/{path}-{hash}"),
    }
}

/// Every file under `folder` by its path inside it, with `/` on every platform; empty when the folder is not there.
pub fn read_tree(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    if folder.is_dir() {
        read_into(folder, "", &mut files)
            .with_context(|| format!("{} cannot be read", folder.display()))?;
    }
    Ok(files)
}

fn read_into(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Editors and desktops leave dot files.
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            read_into(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else {
            files.insert(format!("{prefix}{name}"), fs::read(entry.path())?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_content_and_keeps_its_kind() {
        let name = asset("fonts/cham.woff2", b"glyphs");
        assert!(
            name.starts_with("assets/fonts/cham-") && name.ends_with(".woff2"),
            "the hub tells the type by the end"
        );
        assert_ne!(
            name,
            asset("fonts/cham.woff2", b"other glyphs"),
            "a cached font must not hide a new one"
        );
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(
            hash([&b"ab"[..], b"c"]),
            hash([&b"a"[..], b"bc"]),
            "a moved boundary is another input"
        );
    }
}

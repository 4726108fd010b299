//! Writing a backup while the hub serves.

use std::path::Path;

use anyhow::{Context, bail};

use crate::Hub;
use crate::config;
use crate::hub::DATABASE;

/// Folders of immutable files.
pub(super) const FOLDERS: [&str; 3] = ["segments", "blobs", "attachments"];

/// Copies everything but the keys to a new folder; how many files.
///
/// The database goes first: a file that comes later is only not named by it, and no file it names is
/// ever changed or, if a letter or head names it, removed.
pub async fn write(hub: &Hub, to: &Path) -> anyhow::Result<usize> {
    if to.exists() {
        bail!("{} is already there", to.display());
    }
    std::fs::create_dir_all(to).with_context(|| format!("{} cannot be made", to.display()))?;
    hub.store.copy_to(&to.join(DATABASE)).await?;
    let from = hub.disk.root();
    std::fs::copy(from.join(config::FILE), to.join(config::FILE))?;
    let mut files = 2;
    for folder in FOLDERS {
        files += copy_folder(&from.join(folder), &to.join(folder))?;
    }
    std::fs::File::open(to.join(DATABASE))?.sync_all()?;
    crate::disk::sync_dir(to)?;
    Ok(files)
}

/// Copies the finished files of a folder, whose names are hashes.
pub(super) fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<usize> {
    std::fs::create_dir_all(to)?;
    let mut files = 0;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name
            .to_str()
            .and_then(bantin_model::id::Hash::from_hex)
            .is_none()
        {
            continue;
        }
        std::fs::copy(entry.path(), to.join(&name))?;
        std::fs::File::open(to.join(&name))?.sync_all()?;
        files += 1;
    }
    crate::disk::sync_dir(to)?;
    Ok(files)
}

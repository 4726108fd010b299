//! Making a data directory from a backup.

use std::path::Path;

use anyhow::{Context, bail};

use super::keys::read_keys;
use super::write::{FOLDERS, copy_folder};
use crate::hub::DATABASE;
use crate::{Hub, config};

/// Copies a backup into a new data directory that rests until it has a new epoch; how many files.
pub async fn restore(from: &Path, dir: &Path, keys: Option<&Path>) -> anyhow::Result<usize> {
    if dir.join(DATABASE).exists() {
        bail!("{} already holds a hub", dir.display());
    }
    std::fs::create_dir_all(dir.join("keys"))?;
    #[cfg(unix)]
    {
        crate::feed::restrict(dir)?;
        crate::feed::restrict(&dir.join("keys"))?;
    }
    std::fs::copy(from.join(config::FILE), dir.join(config::FILE))
        .with_context(|| format!("{} is no backup", from.display()))?;
    let mut files = 2;
    for folder in FOLDERS {
        files += copy_folder(&from.join(folder), &dir.join(folder))?;
    }
    if let Some(file) = keys {
        read_keys(file, &dir.join("keys"))?;
    }
    // The database comes last and under another name until it says that it rests: a restore that was
    // cut short must not serve.
    let unfinished = dir.join("hub.db.restoring");
    std::fs::copy(from.join(DATABASE), &unfinished)?;
    let store = bantin_hub_store::SqliteStore::open(&unfinished, None).await?;
    bantin_hub_store::States::set_resting(&store, true).await?;
    store.close().await;
    std::fs::rename(&unfinished, dir.join(DATABASE))?;
    crate::disk::sync_dir(dir)?;
    Hub::open(dir).await?;
    Ok(files)
}

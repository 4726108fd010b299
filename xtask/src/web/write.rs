//! Puts a finished site on disk in one move, so that a hub serving the folder never shows half of one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::site::{Files, Site};
use super::{compress, names};
use crate::repo::Repo;

/// Writes `files` as `target/web/<site>`; does nothing when they are there already.
pub fn site(repo: &Repo, site: &Site, files: &Files) -> Result<()> {
    let web = repo.web();
    let (folder, stamp) = (
        web.join(site.name),
        web.join(format!(".{}.stamp", site.name)),
    );
    let print = names::hash(
        files
            .iter()
            .flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()]),
    );
    if folder.join("index.html").is_file()
        && fs::read_to_string(&stamp).is_ok_and(|old| old == print)
    {
        return Ok(());
    }
    let (fresh, old) = (
        web.join(format!(".{}.new", site.name)),
        web.join(format!(".{}.old", site.name)),
    );
    for leftover in [&fresh, &old] {
        if leftover.exists() {
            fs::remove_dir_all(leftover)?;
        }
    }
    put(&fresh, files)?;
    if site.compressed {
        let smaller = compress::all(files);
        println!("── {}: {}", site.name, compress::summary(files, &smaller));
        put(&fresh, &smaller)?;
    }
    if folder.exists() {
        fs::rename(&folder, &old)?;
    }
    fs::rename(&fresh, &folder)
        .with_context(|| format!("{} cannot be written", folder.display()))?;
    fs::write(&stamp, print)?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

fn put(folder: &Path, files: &Files) -> Result<()> {
    for (path, bytes) in files {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&file, bytes).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(())
}

//! Putting segments on the shelf, and taking those down that no head lists any more.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use bantin_model::id::Hash;
use tokio::fs;

use super::listed;
use crate::Result;
use crate::engine::Stores;
use crate::file::{self, Folders};

/// Puts segments whose change is durable on the shelf, from where they were staged.
pub(crate) async fn put(folders: &Folders, segments: impl Iterator<Item = &Hash>) {
    let ways = segments.map(|hash| (folders.partial_file(hash), folders.segment(hash)));
    let ways: Vec<(PathBuf, PathBuf)> = ways.collect();
    let moving = tokio::task::spawn_blocking(move || {
        for (from, to) in ways {
            if let Err(error) = up(&from, &to) {
                tracing::warn!(%error, "a segment is not kept as a file");
            }
        }
    });
    if let Err(error) = moving.await {
        tracing::error!(%error, "segments are not kept as files");
    }
}

/// One that was put there before, or came from elsewhere, is not staged.
fn up(from: &Path, to: &Path) -> io::Result<()> {
    match std::fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// After the heads have moved: takes down what neither a feed held nor the document lists, and puts up
/// what a cut left where it was staged.
pub(crate) async fn tidy(folders: &Folders, stores: &Stores) {
    if let Err(error) = sweep(folders, stores).await {
        // A file too many is taken down after a later change.
        tracing::warn!(%error, "the shelf was not tidied");
    }
}

async fn sweep(folders: &Folders, stores: &Stores) -> Result<()> {
    let mut wanted = BTreeSet::new();
    let document = stores.news.document().await?;
    for feed in document.as_deref().map(listed).unwrap_or_default() {
        wanted.extend(feed.segments.iter().map(|segment| segment.hash));
    }
    for feed in stores.news.feed_states().await?.into_values() {
        wanted.extend(feed.segments);
    }
    let mut here = BTreeSet::new();
    let mut files = fs::read_dir(folders.segments()).await?;
    while let Some(entry) = files.next_entry().await? {
        let name = entry.file_name();
        let hash = name.to_str().and_then(Hash::from_hex);
        match hash.filter(|hash| wanted.contains(hash)) {
            Some(hash) => _ = here.insert(hash),
            None => file::delete(&entry.path()).await?,
        }
    }
    put(folders, wanted.difference(&here)).await;
    Ok(())
}

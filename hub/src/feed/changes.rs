//! For whom has an older heads document: only what is different, with the small segments that are new.
//!
//! Documents given out are kept as files for a while, also over a restart. They are public and can be
//! missed: whoever's document is not here any more gets the whole newest one.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use bantin_model::feed::{
    CHANGES_BYTES_MAX, HeadsChanges, HeadsDocument, HeadsNode, INLINE_BYTES_MAX,
};
use bantin_model::id::Hash;

use super::heads::{HeadsAnswer, signed};
use crate::Hub;

/// Documents kept.
const KEPT_MAX: usize = 512;

/// Documents given out lately, by tag; the oldest first.
pub struct PastHeads {
    folder: PathBuf,
    kept: Mutex<VecDeque<Hash>>,
}

impl PastHeads {
    /// Those of an earlier run; makes the folder if it is missing.
    pub fn open(root: &Path) -> io::Result<Self> {
        let folder = root.join("past-heads");
        std::fs::create_dir_all(&folder)?;
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let tag = entry.file_name().to_str().and_then(Hash::from_hex);
            let modified = entry.metadata()?.modified()?;
            found.extend(tag.map(|tag| (modified, tag)));
        }
        found.sort();
        let kept = Mutex::new(found.into_iter().map(|(_, tag)| tag).collect());
        Ok(Self { folder, kept })
    }

    fn file(&self, tag: &Hash) -> PathBuf {
        self.folder.join(tag.to_string())
    }

    /// The tag among those kept that satisfies `has`.
    fn find(&self, has: impl Fn(&Hash) -> bool) -> Option<Hash> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().rev().find(|tag| has(tag)).copied()
    }

    /// The tag that must go, once there are too many; none if `tag` was there already.
    fn add(&self, tag: Hash) -> Option<Option<Hash>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.contains(&tag) {
            return None;
        }
        kept.push_back(tag);
        let many = kept.len() > KEPT_MAX;
        Some(many.then(|| kept.pop_front()).flatten())
    }
}

impl Hub {
    /// Remembers a document that is given out.
    pub async fn remember_heads(&self, answer: &HeadsAnswer) {
        let Some(gone) = self.past_heads.add(answer.tag) else {
            return;
        };
        let file = self.past_heads.file(&answer.tag);
        let mut kept = tokio::fs::write(file, &answer.bytes).await;
        if let Some(gone) = gone {
            kept = kept.and(tokio::fs::remove_file(self.past_heads.file(&gone)).await);
        }
        if let Err(error) = kept {
            tracing::warn!(%error, "a heads document is not remembered");
        }
    }

    /// What is different from the document whose tag satisfies `has`, if that is known and the changes are
    /// the smaller ones.
    pub async fn heads_changes(
        &self,
        answer: &HeadsAnswer,
        has: impl Fn(&Hash) -> bool,
    ) -> Option<Vec<u8>> {
        let tag = self.past_heads.find(has)?;
        let old = tokio::fs::read(self.past_heads.file(&tag)).await.ok()?;
        let old = HeadsDocument::from_bytes(&old).ok()?;
        let new = HeadsDocument::from_bytes(&answer.bytes).ok()?;
        let mut changes = HeadsChanges::between(&old, &new)?;
        let smaller = changes.to_bytes().len() < answer.bytes.len();
        let segments = self.small_segments(&old, &new).await;
        changes.segments = segments.into_iter().map(Into::into).collect();
        let bytes = changes.to_bytes();
        (smaller && bytes.len() <= CHANGES_BYTES_MAX).then_some(bytes)
    }

    /// Segments that only the newer document lists, if together they are small.
    async fn small_segments(&self, old: &HeadsDocument, new: &HeadsDocument) -> Vec<Vec<u8>> {
        let held: Vec<Hash> = old
            .nodes
            .iter()
            .flat_map(listed)
            .map(|(hash, _)| hash)
            .collect();
        let fresh: Vec<(Hash, u64)> = new.nodes.iter().flat_map(listed).collect();
        let fresh = fresh.into_iter().filter(|(hash, _)| !held.contains(hash));
        let fresh: Vec<(Hash, u64)> = fresh.collect();
        let total: u64 = fresh.iter().map(|(_, bytes)| bytes).sum();
        if total > INLINE_BYTES_MAX as u64 {
            return Vec::new();
        }
        let mut segments = Vec::new();
        for (hash, _) in fresh {
            let read = tokio::fs::read(self.disk.segment(&hash)).await;
            segments.extend(read.ok());
        }
        segments
    }
}

/// Name and size of the segments that a node's head lists.
fn listed(node: &HeadsNode) -> Vec<(Hash, u64)> {
    let head = signed(&node.head).ok();
    let segments = head.map(|head| head.segments).unwrap_or_default();
    segments.into_iter().map(|s| (s.hash, s.bytes)).collect()
}

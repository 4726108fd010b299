//! What lies in the store, in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use bantin_model::id::Hash;
use bantin_model::letter::{LETTER_BYTES_MAX, LetterId, OuterAttachment, SealedLetter};
use bantin_model::time::Seconds;

/// A letter that waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) bytes: u64,
    pub(super) attachments: Vec<OuterAttachment>,
    /// When it became durable here.
    pub(super) since: Seconds,
}

/// Everything that is held.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) letters: BTreeMap<LetterId, Waiting>,
    pub(super) accepted: BTreeMap<LetterId, Seconds>,
    pub(super) refused: BTreeMap<LetterId, Seconds>,
    /// Whole ciphertexts and their length.
    pub(super) attachments: BTreeMap<Hash, u64>,
    /// Room promised to ciphertexts that arrive: what is announced, not what came.
    pub(super) arriving: BTreeMap<Hash, u64>,
}

impl Index {
    /// Reads the folders anew. A letter that is none any more counts as not there.
    pub(super) fn read(root: &Path) -> io::Result<Self> {
        let mut index = Self::default();
        for (hash, meta) in entries(&root.join("letters"))? {
            if meta.len() > LETTER_BYTES_MAX as u64 {
                continue;
            }
            let bytes = fs::read(root.join("letters").join(hash.to_string()))?;
            let sealed = SealedLetter::read(&bytes).ok();
            let Some(sealed) = sealed.filter(|sealed| sealed.id == LetterId(hash)) else {
                tracing::warn!(letter = %hash, "a carried letter is damaged");
                continue;
            };
            let waiting = Waiting {
                bytes: meta.len(),
                attachments: sealed.attachments,
                since: modified(&meta),
            };
            index.letters.insert(sealed.id, waiting);
        }
        let answers = |folder: &str| -> io::Result<BTreeMap<LetterId, Seconds>> {
            let all = entries(&root.join(folder))?;
            let answer = |(hash, meta): (Hash, fs::Metadata)| (LetterId(hash), modified(&meta));
            Ok(all.into_iter().map(answer).collect())
        };
        index.accepted = answers("accepted")?;
        index.refused = answers("refused")?;
        let whole = entries(&root.join("attachments"))?;
        index.attachments = whole.into_iter().map(|(h, meta)| (h, meta.len())).collect();
        let parts = entries(&root.join("attachments/part"))?;
        index.arriving = parts.into_iter().map(|(h, meta)| (h, meta.len())).collect();
        Ok(index)
    }

    /// Bytes that guests take of this device.
    pub(super) fn bytes(&self) -> u64 {
        let letters = self.letters.values().map(|letter| letter.bytes);
        let files = self.attachments.values().chain(self.arriving.values());
        letters.chain(files.copied()).fold(0, u64::saturating_add)
    }

    /// Ciphertexts that some waiting letter names.
    pub(super) fn named(&self) -> BTreeSet<Hash> {
        let all = self.letters.values().flat_map(|l| &l.attachments);
        all.map(|attachment| attachment.hash).collect()
    }
}

/// Files named by a hash.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<(Hash, fs::Metadata)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hash = entry.file_name().to_str().and_then(Hash::from_hex);
        let meta = entry.metadata()?;
        found.extend(hash.filter(|_| meta.is_file()).map(|hash| (hash, meta)));
    }
    Ok(found)
}

fn modified(meta: &fs::Metadata) -> Seconds {
    let time = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    Seconds(
        time.duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs()),
    )
}

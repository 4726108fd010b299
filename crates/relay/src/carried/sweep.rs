//! What nobody comes for goes.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use super::index::{Index, entries};
use super::{Carried, file};
use crate::limits::{CARRIED_LIFE, LOOSE_LIFE};

impl Carried {
    /// Removes ciphertexts that no letter came to name, and what has been here for a season.
    pub(crate) fn sweep(&self) -> io::Result<()> {
        let mut index = self.index();
        for folder in ["letters", "accepted", "refused"] {
            self.drop_old(folder, CARRIED_LIFE, &BTreeSet::new())?;
        }
        let named = Index::read(&self.root)?.named();
        self.drop_old("attachments", LOOSE_LIFE, &named)?;
        self.drop_old("attachments/part", LOOSE_LIFE, &BTreeSet::new())?;
        let arriving = std::mem::take(&mut index.arriving);
        *index = Index::read(&self.root)?;
        // Room that was promised to uploads under way stays promised.
        for (hash, bytes) in arriving {
            if let Some(held) = index.arriving.get_mut(&hash) {
                *held = (*held).max(bytes);
            }
        }
        Ok(())
    }

    fn drop_old(
        &self,
        folder: &str,
        life: Duration,
        keep: &BTreeSet<bantin_model::id::Hash>,
    ) -> io::Result<()> {
        let folder = self.root.join(folder);
        for (hash, meta) in entries(&folder)? {
            let age = meta.modified()?.elapsed().unwrap_or_default();
            if age > life && !keep.contains(&hash) {
                file::delete(&folder.join(hash.to_string()))?;
            }
        }
        Ok(())
    }
}

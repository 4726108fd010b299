//! After a sync: what is no longer needed goes, and a letter that was refused for its key is sealed anew.

use bantin_model::cbor;
use bantin_model::id::Hash;
use bantin_model::letter::{ConversationKeys, LETTER_BYTES_MAX, Letter, seal};
use bantin_view::seal_failure;
use tokio::fs;

use crate::reading::Reading;
use crate::{Engine, Error, Result, file};

/// Staged pieces that nothing has asked for since so long are thrown away.
/// A month and a little: what a spent budget cut off is continued in the next month.
const STAGED_LIFE: std::time::Duration = std::time::Duration::from_secs(35 * 24 * 3600);

impl Engine {
    pub(crate) async fn settle(&self) -> Result<()> {
        let reading = self.reading().await?;
        self.seal_refused_anew(&reading).await?;
        self.release_closed(&reading).await?;
        self.sweep_staged().await?;
        self.sweep_outgoing(&reading).await?;
        Ok(())
    }

    /// The agency has another key than the one a letter was sealed to: seals it again. The contents,
    /// the conversation and the attachments stay; the identity outside is a new one.
    async fn seal_refused_anew(&self, reading: &Reading) -> Result<()> {
        let private = &reading.stores.private;
        for row in private.refused().await? {
            let Some(conversation) = private.conversation(row.conversation).await? else {
                continue;
            };
            let agency = reading.directory.agency(&conversation.place, reading.now());
            let Some(agency) = agency.filter(|agency| agency.key_id() != row.agency_key) else {
                continue;
            };
            let letter: Letter = cbor::from_slice(&row.plain, LETTER_BYTES_MAX)
                .map_err(|_| Error::Broken("a stored letter"))?;
            let keys = ConversationKeys::from_seed(&conversation.seed);
            let sealed = self.with_rng(|rng| seal(&letter, &keys, &agency.seal_key, rng));
            let (id, bytes) = sealed.map_err(|error| seal_failure(&error))?;
            private
                .seal_anew(row.id, id, &bytes, agency.key_id())
                .await?;
            self.tell_letter_saved();
        }
        Ok(())
    }

    /// Letters are kept until they are answered and the conversation is closed.
    async fn release_closed(&self, reading: &Reading) -> Result<()> {
        for row in reading.stores.private.conversations().await? {
            if row.released {
                continue;
            }
            let thread = self.thread(&reading.stores.private, row).await?;
            if thread.status() != Some(bantin_model::conversation::Status::Closed) {
                continue;
            }
            for hash in reading.stores.private.release(thread.id).await? {
                file::delete(&self.inner.folders.outgoing_file(&hash)).await?;
            }
        }
        Ok(())
    }

    async fn sweep_staged(&self) -> Result<()> {
        let mut staged = fs::read_dir(self.inner.folders.partial()).await?;
        while let Some(entry) = staged.next_entry().await? {
            if is_old(&entry).await? {
                file::delete(&entry.path()).await?;
            }
        }
        Ok(())
    }

    /// Ciphertexts of a letter that was never saved.
    async fn sweep_outgoing(&self, reading: &Reading) -> Result<()> {
        let mut files = fs::read_dir(self.inner.folders.outgoing()).await?;
        while let Some(entry) = files.next_entry().await? {
            if !is_old(&entry).await? {
                continue;
            }
            let hash = entry.file_name().to_str().and_then(Hash::from_hex);
            let needed = match hash {
                Some(hash) => reading.stores.private.is_attached(hash).await?,
                None => false,
            };
            if !needed {
                file::delete(&entry.path()).await?;
            }
        }
        Ok(())
    }
}

async fn is_old(entry: &fs::DirEntry) -> std::io::Result<bool> {
    let age = entry.metadata().await?.modified()?.elapsed();
    Ok(age.is_ok_and(|age| age > STAGED_LIFE))
}

//! Forgetting this phone's person.

use tokio::fs;

use crate::{Engine, Result};

impl Engine {
    /// Deletes everything of this person (letters, keys, drafts, photos, settings) and all news. Cannot
    /// be undone. A sync or an import that runs ends first: what it holds would be written again.
    ///
    /// # Errors
    /// What could not be deleted.
    pub async fn forget(&self) -> Result<()> {
        let _writing = self.inner.writing.lock().await;
        if self.inner.flight.is_running() {
            // How it went is of no interest any more.
            let _ = self.sync().await;
        }
        let _turn = self.inner.flight.turn.lock().await;
        let folders = self.inner.folders.clone();
        let deleted = self
            .with_stores_closed(async || {
                let shared = [folders.blobs(), folders.segments(), folders.partial()];
                for folder in shared.into_iter().chain([folders.own()]) {
                    if fs::try_exists(&folder).await? {
                        fs::remove_dir_all(&folder).await?;
                    }
                }
                for suffix in ["", "-wal", "-shm"] {
                    let mut name = folders.news().into_os_string();
                    name.push(suffix);
                    crate::file::delete(name.as_ref()).await?;
                }
                Ok(())
            })
            .await;
        self.judge_again().await?;
        self.renew_meter().await?;
        self.tell_changed();
        deleted
    }
}

//! Half-filled forms, so that nothing typed is ever lost.

use bantin_view::check_draft;

use crate::{Engine, Result};

impl Engine {
    /// Keeps a half-filled form; an empty text removes it, with the photos only it had.
    ///
    /// # Errors
    /// [`bantin_wire::Code::TooLong`] at `text`, [`bantin_wire::Code::NotAllowed`] at `key`; no room.
    pub async fn set_draft(&self, key: &str, text: &str) -> Result<()> {
        check_draft(key, text)?;
        self.stores().await.private.set_draft(key, text).await?;
        if text.is_empty() {
            self.drop_loose_photos().await?;
        }
        Ok(())
    }

    /// The half-filled form, if there is one.
    ///
    /// # Errors
    /// The store.
    pub async fn draft(&self, key: &str) -> Result<Option<String>> {
        Ok(self.stores().await.private.draft(key).await?)
    }
}

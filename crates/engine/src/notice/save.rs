//! Keeping a notice.

use bantin_model::id::RecordId;
use bantin_wire::Code;

use crate::{Engine, Result};

impl Engine {
    /// Keeps a notice or lets it go.
    ///
    /// # Errors
    /// [`Code::NotFound`] if there is none to keep.
    pub async fn save_notice(&self, id: RecordId, saved: bool) -> Result<()> {
        let stores = self.stores().await;
        if saved && stores.news.record(id).await?.is_none() && stores.news.gone(id).await?.is_none()
        {
            return Err(Code::NotFound.into());
        }
        stores
            .private
            .set_saved(id, saved.then(|| self.now()))
            .await?;
        self.tell_changed();
        Ok(())
    }
}

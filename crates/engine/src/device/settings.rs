//! How the person wants it.

use bantin_view::check_settings;
use bantin_wire::ipc::device::Settings;

use crate::{Engine, Error, Result};

impl Engine {
    /// Replaces the settings.
    ///
    /// # Errors
    /// [`bantin_wire::Code::NotAllowed`] at a field.
    pub async fn set_settings(&self, settings: &Settings) -> Result<()> {
        check_settings(settings)?;
        let json = serde_json::to_string(settings).map_err(|_| Error::Broken("settings"))?;
        self.stores().await.private.set_settings(&json).await?;
        self.tell_changed();
        Ok(())
    }
}

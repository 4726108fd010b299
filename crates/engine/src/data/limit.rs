//! What the person allows, and what a window knows.

use std::collections::BTreeSet;

use bantin_model::budget::{Limits, Surroundings};
use bantin_wire::ipc::device::SyncOutcome;
use bantin_wire::{Code, Failure};

use crate::{Engine, Error, Result};

impl Engine {
    /// Replaces what the person allows; pictures and sound that no longer have room leave at once.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] at the field that is too small or too large, with the bound it passes.
    pub async fn set_limits(&self, limits: &Limits) -> Result<()> {
        if let Some((field, bound)) = limits.wrong() {
            return Err(Failure::at(Code::NotAllowed, field).with(bound).into());
        }
        let json = serde_json::to_string(limits).map_err(|_| Error::Broken("limits"))?;
        self.stores().await.news.set_data_limits(&json).await?;
        self.renew_meter().await?;
        self.make_room(&BTreeSet::new()).await?;
        self.tell_changed();
        Ok(())
    }

    /// A sync that fetches everything that waits, this once, whatever it takes.
    ///
    /// # Errors
    /// As [`Self::sync`].
    pub async fn fetch_waiting(&self) -> Result<SyncOutcome> {
        let _everything = self.inner.wire.meter.everything();
        // One that runs may have left things for later already.
        if self.inner.flight.is_running() {
            let _ = self.sync().await;
        }
        self.sync().await
    }

    /// A window says what it knows of network and battery.
    ///
    /// # Errors
    /// The store.
    pub async fn tell_surroundings(&self, around: Surroundings) -> Result<()> {
        self.inner.wire.meter.tell(around);
        self.renew_meter().await?;
        Ok(())
    }
}

//! The line of truth.

use bantin_model::time::Seconds;
use bantin_wire::Code;
use bantin_wire::ipc::device::DeviceStatus;

use crate::{Engine, Result};

impl Engine {
    /// What the device knows.
    ///
    /// # Errors
    /// The store.
    pub async fn status(&self) -> Result<DeviceStatus> {
        // A new day may have begun.
        self.renew_meter().await?;
        let reading = self.reading().await?;
        let (news, private) = (&reading.stores.news, &reading.stores.private);
        let freshness = news.freshness().await?;
        let follow = news.follow().await?;
        let looked_at = private.settings().await?.looked_at;
        let feed = follow.as_ref().map(|follow| reading.feed(&follow.place));
        let known = feed.filter(|feed| feed.signed_at > Seconds(0));
        Ok(DeviceStatus {
            place: follow.map(|f| reading.directory.place_view(&f.place, &reading.reader)),
            updated_at: Some(freshness.checked_at).filter(|at| *at > Seconds(0)),
            signed_at: known.map(|feed| feed.signed_at),
            stale: known.is_some_and(|feed| feed.is_old(reading.now())),
            letters_waiting: private.waiting().await?,
            answers_unread: private.unread().await?,
            notices_new: news.notices_since(looked_at).await?,
            last_failure: code(&freshness.last_failure),
            clock_wrong: freshness.clock_wrong,
            trusts_origin: false,
            syncing: self.inner.flight.is_running(),
            holds: self.inner.wire.meter.used_up(),
        })
    }
}

fn code(text: &str) -> Option<Code> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

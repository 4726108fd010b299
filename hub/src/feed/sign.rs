//! Signing heads again, as is done daily: the same version with a newer time, so that phones can tell a
//! quiet feed from a hub that is gone.

use bantin_hub_store::FeedRow;
use bantin_model::time::Seconds;

use crate::Hub;
use crate::failure::Result;

impl Hub {
    /// Signs every head that is a day old; how many. Heads of places whose keys are not here stay.
    pub async fn sign_heads(&self) -> Result<usize> {
        let now = self.clock.now();
        let mut signed = 0;
        for feed in self.store.feeds().await? {
            let due = feed.version > 0 && now.since(feed.issued_at) >= Seconds::DAY;
            let Some(keys) = self.keys.of(&feed.place).filter(|_| due) else {
                continue;
            };
            let (feed, author) = self.author(&feed.place).await?;
            let (head, envelope) = author.sign(now, &keys.feed);
            let again = FeedRow {
                head: envelope,
                issued_at: head.issued_at,
                ..feed
            };
            // If it moved meanwhile, somebody has just signed it.
            self.store.resign(&again).await?;
            signed += 1;
        }
        Ok(signed)
    }
}

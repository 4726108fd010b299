//! Signing heads again, as is done daily: the same version with a newer time, so that phones can tell a
//! quiet feed from a hub that is gone.

use bantin_hub_store::FeedRow;
use bantin_model::feed::HEADS_BYTES_MAX;
use bantin_model::sign::{Envelope, PayloadType, PublicKey};
use bantin_model::time::Seconds;

use crate::Hub;
use crate::failure::Result;

impl Hub {
    /// Signs every head that is a day old, or signed with a key that is no longer in use; how many.
    /// Heads of places whose keys are not here stay.
    pub async fn sign_heads(&self) -> Result<usize> {
        let now = self.clock.now();
        let mut signed = 0;
        for feed in self.store.feeds().await? {
            let Some(keys) = self.keys.of(&feed.place).filter(|_| feed.version > 0) else {
                continue;
            };
            let aged = now.since(feed.issued_at) >= Seconds::DAY;
            if aged || !is_signed_by(&feed, keys.feed.public()) {
                self.sign_head(&feed).await?;
                signed += 1;
            }
        }
        Ok(signed)
    }

    /// Signs a head again with the present key.
    pub(crate) async fn sign_head(&self, feed: &FeedRow) -> Result<()> {
        let keys = self.keys_of(&feed.place)?;
        let (feed, author) = self.author(&feed.place).await?;
        let (head, envelope) = author.sign(self.clock.now(), &keys.feed);
        let again = FeedRow {
            head: envelope,
            issued_at: head.issued_at,
            ..feed
        };
        // If it moved meanwhile, somebody has just signed it.
        self.store.resign(&again).await?;
        Ok(())
    }
}

/// Whether a head carries this key's signature.
pub(super) fn is_signed_by(feed: &FeedRow, key: PublicKey) -> bool {
    let envelope = Envelope::from_bytes(&feed.head, HEADS_BYTES_MAX);
    envelope.is_ok_and(|head| head.verified(PayloadType::Head, &[key], 1).is_ok())
}

//! Taking over what the place above has decided about a place served here: other keys, a new life.

use bantin_hub_store::FeedRow;
use bantin_model::id::PlaceId;
use bantin_model::record::Delegation;
use bantin_wire::{Code, Failure};

use super::epoch::NewLife;
use super::sign::is_signed_by;
use crate::Hub;
use crate::keys::Keys;

/// What a delegation from above came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It names the keys and the life of the feed that are in use.
    AsBefore,
    /// The prepared keys are in use now.
    OtherKeys,
    /// The feed, and all below it that are served here, began a new life; the hub no longer rests.
    NewLife,
    /// It names keys that are not here, or nobody's: what this hub signs does not count.
    Silent,
}

impl Hub {
    /// Follows a delegation that was proven under the head of the place above. The same one again
    /// changes nothing, so whatever brings it may call this each time.
    pub async fn settle(&self, grant: &Delegation) -> anyhow::Result<Settled> {
        let place = &grant.place;
        let held = self.keys_of(place)?;
        if grant.is_revoked() {
            return Ok(Settled::Silent);
        }
        let unknown = || Failure::at(Code::PlaceUnknown, "place");
        let feed = self.store.feed(place).await?.ok_or_else(unknown)?;
        let named_next = held.next.as_ref().map(|next| next.node()) == Some(grant.keys);
        if !named_next && held.node() != grant.keys {
            return Ok(Settled::Silent);
        }
        let anew = grant.epoch > feed.epoch;
        let begun = is_signed_by(&feed, grant.keys.feed);
        if self.store.resting().await? && !(named_next && (anew || begun)) {
            // From before the restore: the request made since names new keys and asks for a new life.
            return Ok(Settled::AsBefore);
        }
        if named_next {
            Keys::promote_feed(self.keys.dir(), place)?;
        }
        if anew {
            self.begin_life(grant, &feed).await?;
        } else if named_next {
            self.sign_head(&feed).await?;
        }
        if named_next {
            self.end_begun_lives().await?;
            self.store.set_resting(false).await?;
            // Last: until here, a cut leaves keys that wait, and the same delegation begins again.
            Keys::promote_receipt(self.keys.dir(), place)?;
        }
        Ok(match (anew, named_next) {
            (true, _) => Settled::NewLife,
            (false, true) => Settled::OtherKeys,
            (false, false) => Settled::AsBefore,
        })
    }

    async fn begin_life(&self, grant: &Delegation, feed: &FeedRow) -> anyhow::Result<()> {
        let _turn = self.publishing.lock().await;
        let life = NewLife {
            place: feed.place.clone(),
            epoch: grant.epoch,
            after_version: grant.after_version,
        };
        let feeds = self.own_feeds().await?;
        self.renew_below(life, &feeds, self.clock.now()).await?;
        Ok(())
    }

    /// Begins the lives that places here were given by places here and that a cut kept them from.
    async fn end_begun_lives(&self) -> anyhow::Result<()> {
        let _turn = self.publishing.lock().await;
        let feeds = self.own_feeds().await?;
        for feed in &feeds {
            let given = self.delegation_of(&feed.place).await?;
            let Some((_, grant)) = given.filter(|(_, grant)| grant.epoch > feed.epoch) else {
                continue;
            };
            let life = NewLife {
                place: feed.place.clone(),
                epoch: grant.epoch,
                after_version: grant.after_version,
            };
            self.renew_below(life, &feeds, self.clock.now()).await?;
        }
        Ok(())
    }

    /// Own places whose delegation comes from another hub.
    pub async fn delegated_from_elsewhere(&self) -> anyhow::Result<Vec<(PlaceId, PlaceId)>> {
        let keys = self.keys.now();
        let feeds = self.own_feeds().await?;
        let outside = feeds.into_iter().filter_map(|feed| {
            let parent = feed.parent?;
            keys.of(&parent).is_none().then_some((feed.place, parent))
        });
        Ok(outside.collect())
    }
}

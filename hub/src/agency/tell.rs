//! What hubs tell each other about agencies.

use bantin_hub_store::{AgencyRow, Side};
use bantin_model::feed::Parcel;
use bantin_model::id::{Hash, PlaceId};
use bantin_model::letter::AGENCIES_MAX;

use crate::Hub;
use crate::failure::Result;

impl Hub {
    /// What the node of `child` may know: our own agencies, those of our other nodes below, and what we
    /// know from above.
    pub(crate) async fn told_to(&self, child: &PlaceId) -> Result<Vec<AgencyRow>> {
        let mut rows = self.own_agencies().await?;
        rows.extend(self.agencies_below(Some(child)).await?);
        for row in self.store.agencies(&Side::Above).await? {
            let known = rows.iter().any(|known| known.place == row.place);
            if !known && row.place != *child {
                rows.push(row);
            }
        }
        if rows.len() > AGENCIES_MAX {
            tracing::warn!(agencies = rows.len(), "too many to tell about all");
            rows.truncate(AGENCIES_MAX);
        }
        Ok(rows)
    }

    /// Agencies that nodes below told about and that our feeds let speak now.
    pub(crate) async fn agencies_below(&self, but: Option<&PlaceId>) -> Result<Vec<AgencyRow>> {
        let mut rows = Vec::new();
        for node in self.store.agency_nodes().await? {
            if but == Some(&node) {
                continue;
            }
            let Some((_, grant)) = self.delegation_of(&node).await? else {
                continue;
            };
            if !grant.valid.covers(self.clock.now()) {
                continue;
            }
            let mut told = self.store.agencies(&Side::Below(node.clone())).await?;
            // A parcel under a key or a life of the feed that is over proves nothing any more.
            told.retain(|row| {
                let parcel = Parcel::from_bytes(&row.parcel).ok();
                let at = parcel.and_then(|parcel| parcel.grant_of(&node));
                at.is_some_and(|at| at.keys == grant.keys && at.epoch == grant.epoch)
            });
            rows.extend(told);
        }
        Ok(rows)
    }

    /// Takes in parcels of one side; how many hold.
    pub(crate) async fn learn_agencies<'a>(
        &self,
        side: &Side,
        parcels: impl Iterator<Item = &'a [u8]> + Send,
    ) -> Result<usize> {
        let mut learned = 0;
        for bytes in parcels {
            match self.check_parcel(bytes, side.clone()).await? {
                Some(row) if self.keys.of(&row.place).is_none() => {
                    self.store.keep_agency(&row).await?;
                    learned += 1;
                }
                _ => tracing::info!(?side, "a parcel of an agency does not hold"),
            }
        }
        if learned > 0 {
            // A letter may have come from an agency that was not known yet.
            self.arrived.notify_one();
        }
        Ok(learned)
    }
}

/// Those of `listed` that are not among `rows`.
pub(crate) fn missing(listed: &[Hash], rows: &[AgencyRow]) -> Vec<Hash> {
    let unknown = |hash: &&Hash| !rows.iter().any(|row| row.hash == **hash);
    listed.iter().filter(unknown).copied().collect()
}

//! Parcels of this hub's own agencies: made anew when something in them changes, and weekly, so that those
//! who hold them need not fetch them again each day.

use bantin_hub_store::{AgencyRow, FeedRow, Side};
use bantin_model::feed::{HeadsDocument, PARCEL_BYTES_MAX, Parcel, Pin};
use bantin_model::id::Hash;
use bantin_model::time::Seconds;

use crate::Hub;
use crate::failure::{HubError, Result};
use crate::feed::agency_id;

/// A parcel older than this is made anew.
const LIFE_S: u64 = 7 * Seconds::DAY;
/// How often it is tried again when a publication came in between.
const TRIES: usize = 8;

impl Hub {
    /// Parcels of this hub's own agencies, by place. A place that may not speak yet has none.
    pub(crate) async fn own_agencies(&self) -> Result<Vec<AgencyRow>> {
        let roots = self.root_documents().await?;
        let held = self.store.agencies(&Side::Home).await?;
        let mut rows = Vec::new();
        for feed in self.store.feeds().await? {
            let known = held.iter().find(|row| row.place == feed.place);
            let fresh = match known {
                Some(row) => self.is_fresh(row, &feed, roots).await?,
                None => false,
            };
            let row = match (known, fresh) {
                (Some(row), true) => Some(row.clone()),
                _ => self.make_parcel(&feed).await?,
            };
            rows.extend(row);
        }
        let hashes: Vec<Hash> = rows.iter().map(|row| row.hash).collect();
        if held.len() != rows.len() {
            self.store.keep_only(&Side::Home, &hashes).await?;
        }
        Ok(rows)
    }

    /// How many root documents there are by now.
    async fn root_documents(&self) -> Result<usize> {
        Ok(match self.above().await? {
            Some(above) => above.document.roots.len(),
            None => self.store.roots().await?.len(),
        })
    }

    async fn is_fresh(&self, row: &AgencyRow, feed: &FeedRow, roots: usize) -> Result<bool> {
        let record = self.store.record(&agency_id(&feed.place)).await?;
        let Ok(parcel) = Parcel::from_bytes(&row.parcel) else {
            return Ok(false);
        };
        let pin = self.pin().await?;
        let opened = parcel.open(pin).ok();
        let key = self.keys_of(&feed.place)?.feed.public();
        Ok(
            record.is_some_and(|record| record.bytes == *parcel.record.leaf)
                && opened.is_some_and(|opened| opened.head.keys.feed == key)
                && parcel.heads.roots.len() == roots
                && row.order.0 == feed.epoch
                && self.clock.now().since(row.issued_at) < LIFE_S,
        )
    }

    async fn make_parcel(&self, feed: &FeedRow) -> Result<Option<AgencyRow>> {
        if self.store.record(&agency_id(&feed.place)).await?.is_none() {
            return Ok(None);
        }
        for _ in 0..TRIES {
            let heads = match self.heads(&feed.place, |_| false).await {
                Ok((_, Some(heads))) => heads,
                // The place above does not let it speak yet.
                Ok(_) | Err(HubError::Refused(_)) => return Ok(None),
                Err(error) => return Err(error),
            };
            let broken = |_| HubError::Broken("heads of our own are damaged".into());
            let heads = HeadsDocument::from_bytes(&heads.bytes).map_err(broken)?;
            let row = self.store.feed(&feed.place).await?;
            let Some(row) = row else { return Ok(None) };
            let Some(record) = self.proof(&row, agency_id(&feed.place)).await? else {
                continue;
            };
            let bytes = Parcel::new(heads, record).to_bytes();
            if let Some(row) = self.check_parcel(&bytes, Side::Home).await? {
                self.store.keep_agency(&row).await?;
                return Ok(Some(row));
            }
        }
        tracing::warn!(place = %feed.place, "its agency cannot be told to others");
        Ok(None)
    }

    /// A parcel as it is kept, if it proves an agency under our root.
    pub(super) async fn check_parcel(&self, bytes: &[u8], side: Side) -> Result<Option<AgencyRow>> {
        if bytes.len() > PARCEL_BYTES_MAX {
            return Ok(None);
        }
        let pin = self.pin().await?;
        let Some(opened) = Parcel::from_bytes(bytes).and_then(|p| p.open(pin)).ok() else {
            return Ok(None);
        };
        let Some(agency) = opened.agency() else {
            return Ok(None);
        };
        // A node tells only about agencies at or below its own place.
        if let Side::Below(node) = &side
            && !opened.path.contains(node)
        {
            return Ok(None);
        }
        Ok(Some(AgencyRow {
            place: opened.record.place,
            side,
            hash: Hash::of(bytes),
            parcel: bytes.to_vec(),
            key: agency.key_id(),
            order: opened.head.head.order(),
            issued_at: opened.head.head.issued_at,
        }))
    }

    async fn pin(&self) -> Result<Pin> {
        let root = self.fingerprint().await?;
        let root_version = match self.config.upstream {
            Some(_) => self.store.mirror_state().await?.root_version,
            None => 0,
        };
        Ok(Pin { root, root_version })
    }
}

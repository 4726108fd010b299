//! Asking the place above to let this hub's keys speak.

use bantin_model::feed::KeyRequest;
use bantin_model::id::PlaceId;
use bantin_model::record::{Body, PlaceInfo, Record};
use bantin_wire::{Code, Failure};

use super::place_id;
use crate::Hub;
use crate::failure::{HubError, Result};
use crate::keys::Keys;

impl Hub {
    /// A signed request for a place whose parent another hub serves. With `rotate` it names new keys,
    /// for which the present feed key vouches, else the present ones or those that wait already.
    ///
    /// A hub that rests after a restore asks for a new life, always with new keys: a delegation that
    /// names them cannot be one from before the restore.
    pub async fn key_request(&self, place: &PlaceId, rotate: bool) -> anyhow::Result<Vec<u8>> {
        let unknown = || Failure::at(Code::PlaceUnknown, "place");
        let feed = self.store.feed(place).await?.ok_or_else(unknown)?;
        let resting = self.store.resting().await?;
        if rotate || resting {
            Keys::prepare_next(self.keys.dir(), place, &*self.keys_of(place)?)?;
        }
        let held = self.keys_of(place)?;
        let info = self.place_info(place).await?;
        let now = self.clock.now();
        let (keys, from) = match &held.next {
            Some(next) => (next.node(), now),
            // The head that is signed already is to count as well.
            None => (held.node(), now.min(feed.issued_at)),
        };
        let request = KeyRequest {
            format: KeyRequest::FORMAT,
            info,
            keys,
            epoch: feed.epoch,
            version: feed.version,
            from,
            at: now,
            anew: resting,
        };
        Ok(match &held.next {
            Some(next) => request.sign(&next.feed, &next.receipt, Some(&held.feed)),
            None => request.sign(&held.feed, &held.receipt, None),
        })
    }

    /// What a place says of itself.
    pub(crate) async fn place_info(&self, place: &PlaceId) -> Result<PlaceInfo> {
        let row = self.store.record(&place_id(place)).await?;
        let body = row.and_then(|row| Record::from_bytes(&row.bytes).ok()?.body().ok());
        match body {
            Some(Body::Place(info)) => Ok(info),
            _ => Err(HubError::Broken(format!("{place} says nothing of itself"))),
        }
    }
}

//! New keys for an agency, without losing what was sealed to the old ones.

use anyhow::{Context, bail};
use bantin_model::cbor;
use bantin_model::id::PlaceId;
use bantin_model::record::{Agency, Body, Kind, Record};
use bantin_model::time::Validity;

use super::{Edit, Item, agency_id};
use crate::Hub;
use crate::keys::Keys;

impl Hub {
    /// Makes new seal and sign keys for a place's agency and publishes them; the version that does.
    ///
    /// The old ones stay in `keys/`: letters sealed to them are accepted, opened and answered as before.
    /// `stolen` leaves the old sign key out of the record: phones that never knew it believe nothing
    /// it signs.
    pub async fn rotate_agency(&self, place: &PlaceId, stolen: bool) -> anyhow::Result<u64> {
        if self.store.resting().await? {
            bail!("the hub rests: it must have a new epoch first");
        }
        let held = self.keys_of(place)?;
        let published = self.agency(place).await?;
        let published = published.with_context(|| format!("{place} has no agency"))?;
        if published.seal_key == held.seal_public() {
            Keys::renew_agency(self.keys.dir(), place, &held)?;
        }
        // Else an earlier try made the keys and was cut short before it published them.
        let keys = self.keys_of(place)?;
        let old = (!stolen).then_some(published.sign_key);
        let mut former: Vec<_> = old.into_iter().chain(published.former).collect();
        former.truncate(Agency::FORMER_MAX);
        let agency = Agency {
            seal_key: keys.seal_public(),
            sign_key: keys.agency.sign.public(),
            valid: Validity {
                from: self.clock.now(),
                until: None,
            },
            former,
            names: published.names,
            contact: published.contact,
        };
        let edit = Edit::Put(Item {
            id: Some(agency_id(place)),
            kind: Kind::AGENCY,
            issued_at: None,
            in_force: None,
            body: cbor::to_vec(&agency),
        });
        Ok(self.publish(place, vec![edit], None, None).await?.version)
    }

    /// What a place's feed says of its agency; none if it has none, and letters go to a place above.
    pub(crate) async fn agency(&self, place: &PlaceId) -> anyhow::Result<Option<Agency>> {
        let Some(row) = self.store.record(&agency_id(place)).await? else {
            return Ok(None);
        };
        match Record::from_bytes(&row.bytes)?.body()? {
            Body::Agency(agency) => Ok(Some(agency)),
            _ => bail!("{place}: the record of the agency is damaged"),
        }
    }
}

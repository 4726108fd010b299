//! Choosing an agency, and knowing one that passed something on to us.

use bantin_hub_store::{AgencyRow, Side};
use bantin_model::feed::Parcel;
use bantin_model::id::{Lang, PlaceId};
use bantin_model::record::{Agency, Body, Kind, Record};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;

use crate::Hub;
use crate::failure::Result;

/// What was told longer ago counts no more: whoever told it would have told it again.
const TOLD_LIFE_S: u64 = 30 * Seconds::DAY;

/// An agency with a key that is valid now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAgency {
    /// Whose.
    pub place: PlaceId,
    /// Where.
    pub side: Side,
    /// Its names and keys.
    pub agency: Agency,
    /// Proves them.
    pub parcel: Vec<u8>,
}

impl KnownAgency {
    /// Its Vietnamese name; the place's id if it has none.
    pub fn name(&self) -> String {
        let name = self.agency.names.get(&Lang::vietnamese());
        name.map_or_else(|| self.place.to_string(), Clone::clone)
    }
}

impl Hub {
    /// What an agency is called, also one that is known no more; the place's id if it never was.
    pub async fn agency_name(&self, place: &PlaceId) -> Result<String> {
        if self.keys.of(place).is_some() {
            return self.office(place).await;
        }
        let known = self.agency_named(place).await?;
        Ok(known.map_or_else(|| place.to_string(), |known| known.name()))
    }

    /// Agencies with a key that is valid now: our own, those below, those above and beside; by place.
    pub async fn agencies(&self) -> Result<Vec<KnownAgency>> {
        let now = self.clock.now();
        let mut rows = self.own_agencies().await?;
        rows.extend(self.agencies_below(None).await?);
        rows.extend(self.store.agencies(&Side::Above).await?);
        let mut known: Vec<KnownAgency> = Vec::new();
        for row in rows {
            let told_lately = row.side == Side::Home || now.since(row.issued_at) < TOLD_LIFE_S;
            let found = known.iter().any(|known| known.place == row.place);
            if told_lately && !found {
                known.extend(read(row).filter(|known| known.agency.valid.covers(now)));
            }
        }
        known.sort_by(|a, b| a.place.cmp(&b.place));
        Ok(known)
    }

    /// The agency of a place, if it has a key that is valid now.
    pub(crate) async fn agency_named(&self, place: &PlaceId) -> Result<Option<KnownAgency>> {
        let all = self.agencies().await?;
        Ok(all.into_iter().find(|known| known.place == *place))
    }

    /// Keys with which the agency of `place` signs or signed; empty if it is not known here.
    pub(crate) async fn signers_of(&self, place: &PlaceId) -> Result<Vec<PublicKey>> {
        if let Some(keys) = self.keys.of(place) {
            return Ok(keys.signers());
        }
        let known = self.agency_named(place).await?;
        let mut keys: Vec<PublicKey> = known
            .map(|known| known.agency.reply_keys().collect())
            .unwrap_or_default();
        for record in self.store.mirror_records(Kind::AGENCY).await? {
            let body = Record::from_bytes(&record.bytes).ok();
            if let Some(Body::Agency(agency)) = body.and_then(|record| record.body().ok())
                && record.place == *place
            {
                keys.extend(agency.reply_keys());
            }
        }
        Ok(keys)
    }
}

fn read(row: AgencyRow) -> Option<KnownAgency> {
    let agency = Parcel::from_bytes(&row.parcel).ok()?.claimed_agency()?;
    Some(KnownAgency {
        place: row.place,
        side: row.side,
        agency,
        parcel: row.parcel,
    })
}

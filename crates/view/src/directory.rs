//! Places and agencies that the held feeds tell about.

use std::collections::BTreeMap;

use bantin_model::id::{PlaceId, RecordId};
use bantin_model::letter::{ReceiptKey, Signer};
use bantin_model::place::PlaceTree;
use bantin_model::record::{Agency, Body, PlaceInfo, Record};
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use bantin_wire::ipc::place::PlaceView;
use bantin_wire::{Code, Failure};

use crate::Reader;

/// Everything the records [`Body::Place`] and [`Body::Agency`] say.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    places: BTreeMap<RecordId, PlaceInfo>,
    agencies: BTreeMap<RecordId, (PlaceId, Agency)>,
}

impl Directory {
    /// Takes a record in; false if it says nothing about places or agencies. An agency speaks only for
    /// the place in whose feed it stands.
    pub fn insert(&mut self, record: &Record, body: &Body) -> bool {
        self.remove(&record.id);
        match body {
            Body::Place(info) => {
                self.places.insert(record.id, info.clone());
            }
            Body::Agency(agency) => {
                let entry = (record.place.clone(), agency.clone());
                self.agencies.insert(record.id, entry);
            }
            _ => return false,
        }
        true
    }

    /// Lets a record go.
    pub fn remove(&mut self, id: &RecordId) {
        self.places.remove(id);
        self.agencies.remove(id);
    }

    fn tree(&self) -> PlaceTree {
        let mut tree = PlaceTree::default();
        self.places
            .values()
            .for_each(|info| tree.insert(info.clone()));
        tree
    }

    /// The place's name; its id while its feed is not here.
    pub fn place_name(&self, place: &PlaceId, reader: &Reader) -> String {
        // As the tree of places would answer, which need not be built for one name.
        let known = self.places.values().filter(|info| info.id == *place);
        let valid = known.filter(|info| info.valid.covers(reader.now));
        match valid.max_by_key(|info| info.valid.from) {
            Some(info) => reader.name(&info.names),
            None => place.to_string(),
        }
    }

    /// The places above, nearest first.
    pub fn above(&self, place: &PlaceId, now: Seconds) -> Vec<PlaceId> {
        self.tree().path(place, now).into_iter().skip(1).collect()
    }

    /// The agency that answers for the place now; of several the one whose validity began last.
    pub fn agency(&self, place: &PlaceId, now: Seconds) -> Option<&Agency> {
        self.agencies
            .values()
            .filter(|(of, agency)| of == place && agency.valid.covers(now))
            .map(|(_, agency)| agency)
            .max_by_key(|agency| (agency.valid.from, agency.seal_key))
    }

    /// Whether a feed held here tells of an agency of the place.
    pub fn knows_agency(&self, place: &PlaceId) -> bool {
        self.agencies.values().any(|(of, _)| of == place)
    }

    /// The agency's name; the place's if the agency is not known.
    pub fn agency_name(&self, place: &PlaceId, reader: &Reader) -> String {
        let past = || {
            let of_place = self.agencies.values().filter(|(of, _)| of == place);
            of_place
                .map(|(_, agency)| agency)
                .max_by_key(|agency| (agency.valid.from, agency.seal_key))
        };
        match self.agency(place, reader.now).or_else(past) {
            Some(agency) => reader.name(&agency.names),
            None => self.place_name(place, reader),
        }
    }

    /// Where a letter of someone who follows `place` goes: the nearest agency, upwards, with a key that
    /// is valid now.
    pub fn addressee(&self, place: &PlaceId, now: Seconds) -> Result<(PlaceId, &Agency), Failure> {
        let path = self.tree().path(place, now);
        std::iter::once(place.clone())
            .chain(path)
            .find_map(|place| self.agency(&place, now).map(|agency| (place, agency)))
            .ok_or_else(|| Failure::new(Code::NoAgencyKey))
    }

    /// Keys that may sign replies: of all agencies of the followed feeds, since any of them may be the
    /// one a letter is passed on to. Keep them with a conversation: an agency may leave its feed.
    pub fn reply_keys(&self) -> Vec<PublicKey> {
        let mut keys: Vec<PublicKey> = self
            .agencies
            .values()
            .flat_map(|(_, agency)| agency.reply_keys())
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The place of the agency that signs with `key`, or did before.
    pub fn place_of(&self, key: &PublicKey) -> Option<&PlaceId> {
        let signs = |agency: &Agency| agency.reply_keys().any(|own| own == *key);
        let mut of_key = self.agencies.values().filter(|(_, agency)| signs(agency));
        of_key.next().map(|(place, _)| place)
    }

    /// Keys by which agencies sign receipts.
    pub fn receipt_keys(&self) -> Vec<ReceiptKey> {
        let receipt_key = |place: &PlaceId, key: PublicKey| ReceiptKey {
            key,
            place: place.clone(),
            signer: Signer::Agency,
        };
        let keys = self.agencies.values().flat_map(|(place, agency)| {
            agency.reply_keys().map(move |key| receipt_key(place, key))
        });
        keys.collect()
    }

    /// The place as the line of truth shows it.
    pub fn place_view(&self, place: &PlaceId, reader: &Reader) -> PlaceView {
        let above = self.above(place, reader.now);
        PlaceView {
            id: place.clone(),
            name: self.place_name(place, reader),
            above: above.iter().map(|p| self.place_name(p, reader)).collect(),
            agency: self
                .agency(place, reader.now)
                .map(|agency| reader.name(&agency.names)),
        }
    }
}

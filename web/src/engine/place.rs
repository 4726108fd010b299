//! Places to follow. In a browser the hub is the page's own origin, and trust in its root comes with it:
//! the first offer pins the root, and from then on no other passes.

use bantin_model::id::{Hash, PlaceId};
use bantin_view::Pairing;
use bantin_wire::http::{OFFER, Offer};
use bantin_wire::{Code, Failure};

use super::save::state;
use super::{Engine, key, store_failure};
use crate::host::{Ask, Change, Host, Lock, Table};
use crate::news::{Follow, News};

impl<H: Host> Engine<H> {
    pub(crate) async fn places_offered(&self, link: String) -> Result<Offer, Failure> {
        let asked = self.ask(Ask::get(OFFER.to_owned())).await;
        let reply = asked.map_err(|_| Failure::new(Code::Offline))?;
        if reply.status != 200 {
            let failure: Option<Failure> = serde_json::from_slice(&reply.body).ok();
            return Err(failure.unwrap_or_else(|| Failure::new(Code::NotAHub)));
        }
        // A sign-in page of the network also says 200, but it is no offer.
        let offer: Option<Offer> = serde_json::from_slice(&reply.body).ok();
        let offer = offer.filter(|offer| Hash::from_hex(&offer.root).is_some());
        let offer = offer.ok_or_else(|| Failure::new(Code::NotAHub))?;
        let root = linked_root(&link)?;
        if root.is_some_and(|root| root.to_string() != offer.root) {
            return Err(Failure::new(Code::RootMismatch));
        }
        Ok(offer)
    }

    pub(crate) async fn place_follow(&self, link: String, place: PlaceId) -> Result<(), Failure> {
        let trusts_origin = linked_root(&link)?.is_none();
        let offer = self.places_offered(link).await?;
        if !offer.places.iter().any(|offered| offered.id == place) {
            return Err(Failure::at(Code::PlaceUnknown, "place"));
        }
        let root = Hash::from_hex(&offer.root).ok_or_else(|| Failure::new(Code::NotAHub))?;
        let _only = self.host.lock(Lock::Write).await;
        self.fresh().await?;
        let pinned = self.news.borrow().follow.clone();
        let follow = match pinned {
            Some(known) if known.root != root => {
                return Err(Failure::new(Code::RootMismatch));
            }
            Some(known) if known.place == place => return Ok(()),
            Some(known) => Follow {
                place,
                etag: None,
                checked_at: None,
                ..known
            },
            None => Follow::new(place, root, trusts_origin),
        };
        self.turn_to(follow).await
    }

    /// Follows another place: its feeds are fetched anew. How far every feed came is kept, so that the
    /// move cannot be used to roll one back.
    async fn turn_to(&self, follow: Follow) -> Result<(), Failure> {
        let mut feeds = self.news.borrow().feeds.clone();
        feeds.values_mut().for_each(|row| row.segments.clear());
        let changes = vec![
            state(key::FOLLOW, &follow),
            state(key::FEEDS, &feeds),
            Change::Delete(Table::State, key::HEADS.to_owned()),
            Change::Clear(Table::Segments),
        ];
        self.save_news(changes).await.map_err(store_failure)?;
        *self.news.borrow_mut() = News::begin(Some(follow), feeds);
        self.host.changed();
        Ok(())
    }
}

/// The root a link demands; none for the empty link of a browser.
fn linked_root(link: &str) -> Result<Option<Hash>, Failure> {
    match link.trim() {
        "" => Ok(None),
        link => Pairing::parse(link).map(|pairing| Some(pairing.root)),
    }
}

//! A tree of hubs: founding one below another, and letting it speak.

use std::path::Path;

use bantin_hub::Hub;
use bantin_hub::config::Config;
use bantin_hub::feed::{Above, Edit, Item, NewPlace};
use bantin_model::cbor;
use bantin_model::id::{PlaceId, RecordId};
use bantin_model::record::{Delegation, Kind, NodeKeys};
use bantin_model::sign::PublicKey;
use bantin_model::time::{Seconds, Validity};

use crate::{TestClock, TestHub};

/// Founds a hub that is home to `place` alone; no root of trust.
pub(crate) async fn found_below(path: &Path, place: &NewPlace, config: Config, clock: &TestClock) {
    let places = std::slice::from_ref(place);
    Hub::found_under(path, places, Above::Parent, config, clock.clock())
        .await
        .expect("founded");
}

impl TestHub {
    /// Lets the hub `below` speak for `place`: the delegation goes into the feed of the place above.
    pub async fn let_speak(&self, below: &TestHub, place: &str) {
        let id = PlaceId::new(place).expect("a place");
        let row = below.hub.store.feed(&id).await.expect("a store");
        let row = row.expect("a feed");
        let grant = Delegation {
            place: id.clone(),
            keys: below.hub.keys.of(&id).expect("keys").node(),
            epoch: row.epoch,
            after_version: 0,
            legal_basis: "Quyết định mẫu".into(),
            valid: from(row.issued_at),
        };
        self.delegate(&row.parent.expect("a place above"), &grant)
            .await;
    }

    /// Publishes a delegation.
    pub async fn delegate(&self, place: &PlaceId, grant: &Delegation) {
        let id = named("delegation", &grant.place);
        let edit = put(id, Kind::DELEGATION, cbor::to_vec(grant));
        let done = self.hub.publish(place, vec![edit], None, None).await;
        done.expect("published");
    }

    /// The public keys of a place's node.
    pub fn node(&self, place: &str) -> NodeKeys {
        let id = PlaceId::new(place).expect("a place");
        self.hub.keys.of(&id).expect("keys").node()
    }

    /// The key that signs receipts for a place.
    pub fn receipt_key(&self, place: &str) -> PublicKey {
        self.node(place).receipt
    }
}

fn named(what: &str, place: &PlaceId) -> RecordId {
    RecordId::derived(Seconds(0), format!("{what} {place}").as_bytes())
}

fn put(id: RecordId, kind: Kind, body: Vec<u8>) -> Edit {
    Edit::Put(Item {
        id: Some(id),
        kind,
        issued_at: None,
        in_force: None,
        body,
    })
}

fn from(now: Seconds) -> Validity {
    Validity {
        from: now,
        until: None,
    }
}

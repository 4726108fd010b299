//! Places to follow.

use bantin_model::id::PlaceId;
use serde::{Deserialize, Serialize};

use crate::{commands, http::Offer};

/// A place as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceView {
    /// Its id.
    pub id: PlaceId,
    /// Its name in the person's language, else Vietnamese.
    pub name: String,
    /// The places above, nearest first, by name.
    pub above: Vec<String>,
    /// The agency that owns its feed.
    pub agency: Option<String>,
}

commands! {
    /// The pairing link this build or machine comes with, `URL#root=HEX`, if any.
    PairingDefault "pairing_default" {} -> Option<String>;
    /// Asks a hub which places it carries.
    PlacesOffered "places_offered" {
        /// `URL#root=HEX`; in a browser empty: the page's own hub.
        link: String,
    } -> Offer;
    /// Follows a place: pins the root and remembers the hub. A first sync is the caller's next step.
    PlaceFollow "place_follow" {
        /// `URL#root=HEX`; in a browser empty.
        link: String,
        /// The place to follow.
        place: PlaceId,
    } -> ();
}

//! Places to follow.

use bantin_wire::ipc::place as wire;

super::json_commands! {
    pairing_default: wire::PairingDefault;
    places_offered: wire::PlacesOffered;
    place_follow: wire::PlaceFollow;
}

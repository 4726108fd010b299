//! The protocol between nodes: addresses under the citizen origin, media type, headers, limits.
//! Written out in `docs/formats/http.md`.

use bantin_model::id::PlaceId;
use bantin_model::letter::SealPublic;
use bantin_model::sign::PublicKey;
use bantin_model::time::Seconds;
use serde::{Deserialize, Serialize};

/// `GET …/{place}` → a heads document; `ETag` and `If-None-Match` → 304.
pub const HEADS: &str = "/v1/heads";
/// `GET …/{hash}` → the bytes of a segment; immutable.
pub const SEGMENTS: &str = "/v1/segments";
/// `GET …/{hash}` → a blob, whole or by `Range`; immutable.
pub const BLOBS: &str = "/v1/blobs";
/// `PUT …/{hash}` ← the ciphertext of one attachment of a letter that follows; 204.
pub const ATTACHMENTS: &str = "/v1/attachments";
/// `POST` ← a sealed letter → the hub's receipt, once all of it is durable.
pub const LETTERS: &str = "/v1/letters";
/// `POST` ← a poll of mailboxes → their new entries.
pub const MAILBOX: &str = "/v1/mailbox";
/// `POST` ← a node's signed question for the mail of letters it carried up → the signed answer.
pub const CARRIED_MAIL: &str = "/v1/carried";
/// `POST` ← a node's signed question for what is to come down to it → the signed answer.
pub const BELOW: &str = "/v1/below";
/// `GET` → [`Offer`] as JSON: the places this hub carries, not yet verified.
pub const OFFER: &str = "/v1/offer";
/// `GET` → 200 once the hub answers.
pub const HEALTH: &str = "/v1/health";

/// Header by which a device says that changes of the document it holds are enough (RFC 3229), …
pub const ACCEPT_CHANGES: &str = "a-im";
/// … and its value. They come with status 226 and [`CHANGES_COME`].
pub const CHANGES: &str = "bantin";
/// Header that says what a 226 is.
pub const CHANGES_COME: &str = "im";

/// `GET` → [`RelayCard`] as JSON, from a device that passes on what it holds; a hub has no such address.
pub const RELAY: &str = "/v1/relay";
/// `POST` ← a poll sealed to the relay's key → as [`MAILBOX`]; at relays only.
pub const SEALED_MAILBOX: &str = "/v1/mailbox/sealed";

/// Header of a letter's `POST`: the sender knows what a receipt by a relay means. Without it a relay
/// that keeps a letter answers `busy`, which every version understands.
pub const CARRIED: &str = "bantin-carried";

/// Media type of every CBOR body.
pub const CBOR: &str = "application/cbor";

/// One place a hub carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedPlace {
    /// Its id.
    pub id: PlaceId,
    /// Its name by language tag; `vi` is always there.
    pub names: std::collections::BTreeMap<String, String>,
    /// The place above.
    pub parent: Option<PlaceId>,
}

/// What a newcomer can follow at a hub. Unverified: following checks the root of trust.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Fingerprint of the root, 64 hex digits; a web visitor trusts the origin for it.
    pub root: String,
    /// Sorted by id.
    pub places: Vec<OfferedPlace>,
}

/// What a relay says of itself. Nothing of it is proven; news that come from there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayCard {
    /// Of this protocol: 1.
    pub version: u32,
    /// Fingerprint of the root that its news stand under, 64 hex digits.
    pub root: String,
    /// The place it follows.
    pub place: PlaceId,
    /// Address of the hub to which it carries letters and whose cursors its mailboxes have; no slash at
    /// the end.
    pub hub: String,
    /// Signs the receipts of letters it carries.
    pub key: PublicKey,
    /// Polls are sealed to this key; a new one at each start.
    pub seal: SealPublic,
    /// When it last heard from its hub, by its own clock; 0 = never.
    pub checked_at: Seconds,
}

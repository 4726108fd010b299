//! The protocol between nodes: addresses under the citizen origin, media type, headers, limits.
//! Written out in `docs/formats/http.md`.

use bantin_model::id::PlaceId;
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
